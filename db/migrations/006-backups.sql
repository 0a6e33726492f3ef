-- Copies of the whole archive that the log knows of: what is taken out of the archive later is still in them.

-- Projections ---------------------------------------------------------------------------------------------------

CREATE TABLE backup (
  event_seq INTEGER PRIMARY KEY REFERENCES event (seq),
  time      TEXT NOT NULL,
  sha256    TEXT NOT NULL,
  size      INTEGER NOT NULL CHECK (size >= 0),
  leaves    INTEGER NOT NULL CHECK (leaves >= 0),
  leaf_hash TEXT
) STRICT;
CREATE TRIGGER backup_no_update BEFORE UPDATE ON backup BEGIN SELECT raise(ABORT, 'append-only: backup'); END;
CREATE TRIGGER backup_no_delete BEFORE DELETE ON backup BEGIN SELECT raise(ABORT, 'append-only: backup'); END;
