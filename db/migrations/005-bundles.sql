-- Bundles of other archives that were taken in, and what is remembered of the logs of those archives.

ALTER TABLE capture ADD COLUMN origin TEXT;
CREATE INDEX capture_by_origin ON capture (json_extract(origin, '$.capture')) WHERE origin IS NOT NULL;

CREATE TABLE imported_bundle (
  event_seq INTEGER PRIMARY KEY REFERENCES event (seq),
  id        TEXT NOT NULL,
  archive   TEXT NOT NULL,
  capture   TEXT NOT NULL REFERENCES capture (id),
  sha256    TEXT NOT NULL UNIQUE,
  signer    TEXT NOT NULL,
  verdict   TEXT NOT NULL CHECK (verdict IN ('trusted', 'consistent'))
) STRICT;

-- Every head of a foreign log that a bundle showed: a log may go on, and may never say otherwise of what it said. A log
-- is its key: whoever takes its name with another key is another, and must not be able to shut it out.
CREATE TABLE foreign_log (
  origin    TEXT NOT NULL,
  size      INTEGER NOT NULL CHECK (size >= 1),
  root      TEXT NOT NULL CHECK (length(root) = 64),
  vkey      TEXT NOT NULL,
  note      TEXT NOT NULL,
  bundle    TEXT NOT NULL,
  event_seq INTEGER NOT NULL REFERENCES event (seq),
  PRIMARY KEY (vkey, size)
) STRICT;
CREATE INDEX foreign_log_by_origin ON foreign_log (origin);

CREATE TRIGGER imported_bundle_no_update BEFORE UPDATE ON imported_bundle BEGIN SELECT raise(ABORT, 'append-only: imported_bundle'); END;
CREATE TRIGGER imported_bundle_no_delete BEFORE DELETE ON imported_bundle BEGIN SELECT raise(ABORT, 'append-only: imported_bundle'); END;
CREATE TRIGGER foreign_log_no_update BEFORE UPDATE ON foreign_log BEGIN SELECT raise(ABORT, 'append-only: foreign_log'); END;
CREATE TRIGGER foreign_log_no_delete BEFORE DELETE ON foreign_log BEGIN SELECT raise(ABORT, 'append-only: foreign_log'); END;
