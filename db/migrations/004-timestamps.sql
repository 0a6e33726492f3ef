-- Timestamps (RFC 3161): requests that were made, tokens that were accepted, and the exact bytes of both.

-- Requests (.tsq), replies (.tsr), revocation lists and OCSP answers, byte for byte. Kept: events name them by hash.
CREATE TABLE timestamp_file (
  sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  bytes  BLOB NOT NULL
) STRICT;
CREATE TRIGGER timestamp_file_no_update BEFORE UPDATE ON timestamp_file BEGIN SELECT raise(ABORT, 'append-only: timestamp_file'); END;
CREATE TRIGGER timestamp_file_no_delete BEFORE DELETE ON timestamp_file BEGIN SELECT raise(ABORT, 'append-only: timestamp_file'); END;

-- Projections ---------------------------------------------------------------------------------------------------

-- `size`: of the checkpoint that it is about; `renews`: the token that it is about. One of the two.
CREATE TABLE timestamp_request (
  id           TEXT PRIMARY KEY,
  size         INTEGER CHECK (size >= 1),
  renews       TEXT,
  digest       BLOB NOT NULL CHECK (length(digest) = 32),
  nonce        TEXT NOT NULL,
  tsq          BLOB NOT NULL REFERENCES timestamp_file (sha256),
  requested_at TEXT NOT NULL,
  event_seq    INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  CHECK ((size IS NULL) <> (renews IS NULL))
) STRICT;
CREATE INDEX timestamp_request_by_digest ON timestamp_request (digest);
CREATE TRIGGER timestamp_request_no_update BEFORE UPDATE ON timestamp_request BEGIN SELECT raise(ABORT, 'append-only: timestamp_request'); END;
CREATE TRIGGER timestamp_request_no_delete BEFORE DELETE ON timestamp_request BEGIN SELECT raise(ABORT, 'append-only: timestamp_request'); END;

-- One request, one token: a second reply to it is refused.
CREATE TABLE timestamp_token (
  id          TEXT PRIMARY KEY,
  request_id  TEXT NOT NULL UNIQUE REFERENCES timestamp_request (id),
  tsr         BLOB NOT NULL REFERENCES timestamp_file (sha256),
  attached_at TEXT NOT NULL,
  gen_time    TEXT NOT NULL,
  accuracy    INTEGER,
  authority   TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  not_after   TEXT NOT NULL,
  policy      TEXT NOT NULL,
  serial      TEXT NOT NULL,
  trusted     INTEGER NOT NULL CHECK (trusted IN (0, 1)),
  qualified   INTEGER NOT NULL CHECK (qualified IN (0, 1)),
  revocation  TEXT NOT NULL CHECK (revocation IN ('good', 'revoked', 'not-known')),
  answers     TEXT NOT NULL,
  event_seq   INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;
CREATE TRIGGER timestamp_token_no_update BEFORE UPDATE ON timestamp_token BEGIN SELECT raise(ABORT, 'append-only: timestamp_token'); END;
CREATE TRIGGER timestamp_token_no_delete BEFORE DELETE ON timestamp_token BEGIN SELECT raise(ABORT, 'append-only: timestamp_token'); END;
