-- Recordings: what a recorder hands over is kept piece by piece until the capture is sealed, and survives a kill.

CREATE TABLE recording (
  capture_id TEXT PRIMARY KEY,
  begin      TEXT NOT NULL,
  session_id TEXT NOT NULL,
  holder     TEXT NOT NULL
) STRICT;

-- `finish` is null until the body has ended; size and hash are null until its last byte is here.
CREATE TABLE recorded_exchange (
  capture_id TEXT NOT NULL REFERENCES recording (capture_id),
  n          INTEGER NOT NULL CHECK (n >= 0),
  start      TEXT NOT NULL,
  finish     TEXT,
  blob_id    INTEGER NOT NULL REFERENCES blob (id),
  size       INTEGER,
  sha256     BLOB CHECK (sha256 IS NULL OR length(sha256) = 32),
  PRIMARY KEY (capture_id, n)
) STRICT;
CREATE INDEX recorded_exchange_by_blob ON recorded_exchange (blob_id);

-- Complete from the beginning: a row is written when the last byte is here.
CREATE TABLE recorded_artifact (
  capture_id TEXT NOT NULL REFERENCES recording (capture_id),
  n          INTEGER NOT NULL,
  role       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  name       TEXT,
  blob_id    INTEGER NOT NULL REFERENCES blob (id),
  size       INTEGER NOT NULL,
  sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
  PRIMARY KEY (capture_id, n)
) STRICT;
CREATE INDEX recorded_artifact_by_blob ON recorded_artifact (blob_id);

-- Secrets that became known after a body that may hold them: replaced in it when the capture is sealed, then gone.
CREATE TABLE recorded_secret (
  capture_id TEXT NOT NULL REFERENCES recording (capture_id),
  secret     TEXT NOT NULL,
  PRIMARY KEY (capture_id, secret)
) STRICT;

-- Salts of secrets that were withheld from records: kept here, and nowhere else.
CREATE TABLE withheld_salt (
  capture_id TEXT NOT NULL,
  commitment BLOB NOT NULL CHECK (length(commitment) = 32),
  salt       BLOB NOT NULL CHECK (length(salt) = 32),
  PRIMARY KEY (capture_id, commitment)
) STRICT;
CREATE TRIGGER withheld_salt_no_update BEFORE UPDATE ON withheld_salt BEGIN SELECT raise(ABORT, 'append-only: withheld_salt'); END;
CREATE TRIGGER withheld_salt_no_delete BEFORE DELETE ON withheld_salt BEGIN SELECT raise(ABORT, 'append-only: withheld_salt'); END;

-- Bytes that lie inside a sealed blob: bodies inside the WACZ of their capture, stored once.
CREATE TABLE blob_part (
  sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
  blob_id    INTEGER NOT NULL REFERENCES blob (id),
  offset     INTEGER NOT NULL CHECK (offset >= 0),
  size       INTEGER NOT NULL CHECK (size >= 0),
  media_type TEXT NOT NULL,
  PRIMARY KEY (sha256, blob_id, offset)
) STRICT;
CREATE TRIGGER blob_part_no_update BEFORE UPDATE ON blob_part BEGIN SELECT raise(ABORT, 'append-only: blob_part'); END;
CREATE TRIGGER blob_part_no_delete BEFORE DELETE ON blob_part BEGIN SELECT raise(ABORT, 'append-only: blob_part'); END;

-- What a capture recorded, answer by answer, for showing and replaying it. Kept: the WACZ says the same, and more.
CREATE TABLE exchange (
  capture_id TEXT NOT NULL,
  n          INTEGER NOT NULL,
  url        TEXT NOT NULL,
  method     TEXT NOT NULL,
  status     INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  resource   TEXT NOT NULL,
  origin     TEXT NOT NULL,
  started_at TEXT NOT NULL,
  body       TEXT NOT NULL CHECK (body IN ('whole', 'truncated', 'failed', 'none')),
  sha256     BLOB CHECK (sha256 IS NULL OR length(sha256) = 32),
  size       INTEGER NOT NULL,
  PRIMARY KEY (capture_id, n)
) STRICT;
CREATE INDEX exchange_by_url ON exchange (capture_id, url);
CREATE TRIGGER exchange_no_update BEFORE UPDATE ON exchange BEGIN SELECT raise(ABORT, 'append-only: exchange'); END;
CREATE TRIGGER exchange_no_delete BEFORE DELETE ON exchange BEGIN SELECT raise(ABORT, 'append-only: exchange'); END;

-- Projections ---------------------------------------------------------------------------------------------------

-- An artifact's bytes are a blob of their own or a part of one: the reference to `blob` goes.
CREATE TABLE artifact_new (
  capture_id TEXT NOT NULL REFERENCES capture (id),
  n          INTEGER NOT NULL,
  role       TEXT NOT NULL,
  sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
  size       INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  name       TEXT,
  PRIMARY KEY (capture_id, n)
) STRICT;
INSERT INTO artifact_new SELECT * FROM artifact;
DROP TABLE artifact;
ALTER TABLE artifact_new RENAME TO artifact;
CREATE INDEX artifact_by_sha256 ON artifact (sha256);
CREATE TRIGGER artifact_no_update BEFORE UPDATE ON artifact BEGIN SELECT raise(ABORT, 'append-only: artifact'); END;
CREATE TRIGGER artifact_no_delete BEFORE DELETE ON artifact BEGIN SELECT raise(ABORT, 'append-only: artifact'); END;

ALTER TABLE capture ADD COLUMN verdict TEXT CHECK (verdict IS NULL OR verdict IN ('complete', 'incomplete', 'failed'));
ALTER TABLE capture ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
ALTER TABLE capture ADD COLUMN recording TEXT;
