-- What this machine remembers for the comfort of whoever sits at it. Not evidence, in no bundle, of no event, and free
-- to change: which identity file was used last, never its passphrase. `machine` is a hash that names computer and user
-- to themselves alone: a path says nothing on another desk.
CREATE TABLE machine_setting (
  machine TEXT NOT NULL CHECK (length(machine) = 64),
  name    TEXT NOT NULL CHECK (name IN ('identity-path')),
  value   TEXT NOT NULL,
  PRIMARY KEY (machine, name)
) STRICT;

-- Projections ---------------------------------------------------------------------------------------------------

CREATE TABLE signer (
  id          TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE CHECK (length(fingerprint) = 64),
  certificate BLOB NOT NULL,
  chain       TEXT NOT NULL,
  label       TEXT NOT NULL,
  proven      INTEGER NOT NULL CHECK (proven IN (0, 1)),
  session_id  TEXT NOT NULL REFERENCES session (id),
  time        TEXT NOT NULL,
  event_seq   INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;

-- A signer is replaced once; the one that takes its place is another.
CREATE TABLE signer_replacement (
  old_id        TEXT PRIMARY KEY REFERENCES signer (id),
  new_id        TEXT NOT NULL REFERENCES signer (id),
  because       TEXT NOT NULL,
  without_proof TEXT CHECK (without_proof IS NULL OR without_proof IN ('key-lost', 'certificate-expired')),
  time          TEXT NOT NULL,
  event_seq     INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  CHECK (old_id <> new_id)
) STRICT;

CREATE TRIGGER signer_no_update BEFORE UPDATE ON signer BEGIN SELECT raise(ABORT, 'append-only: signer'); END;
CREATE TRIGGER signer_no_delete BEFORE DELETE ON signer BEGIN SELECT raise(ABORT, 'append-only: signer'); END;
CREATE TRIGGER signer_replacement_no_update BEFORE UPDATE ON signer_replacement BEGIN SELECT raise(ABORT, 'append-only: signer_replacement'); END;
CREATE TRIGGER signer_replacement_no_delete BEFORE DELETE ON signer_replacement BEGIN SELECT raise(ABORT, 'append-only: signer_replacement'); END;
