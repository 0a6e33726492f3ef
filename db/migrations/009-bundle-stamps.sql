-- Stamps over the signatures of bundles that were compiled here: a request may be about one of these, too.

-- `bundle`: whose signature it is about; the signature's bytes stand in timestamp_file under `digest`. One of the three.
CREATE TABLE timestamp_request_of_bundles (
  id           TEXT PRIMARY KEY,
  size         INTEGER CHECK (size >= 1),
  renews       TEXT,
  bundle       TEXT,
  digest       BLOB NOT NULL CHECK (length(digest) = 32),
  nonce        TEXT NOT NULL,
  tsq          BLOB NOT NULL REFERENCES timestamp_file (sha256),
  requested_at TEXT NOT NULL,
  event_seq    INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  CHECK ((size IS NOT NULL) + (renews IS NOT NULL) + (bundle IS NOT NULL) = 1)
) STRICT;
INSERT INTO timestamp_request_of_bundles (id, size, renews, digest, nonce, tsq, requested_at, event_seq)
  SELECT id, size, renews, digest, nonce, tsq, requested_at, event_seq FROM timestamp_request;
DROP TABLE timestamp_request;
ALTER TABLE timestamp_request_of_bundles RENAME TO timestamp_request;
CREATE INDEX timestamp_request_by_digest ON timestamp_request (digest);
CREATE INDEX timestamp_request_by_bundle ON timestamp_request (bundle) WHERE bundle IS NOT NULL;
CREATE TRIGGER timestamp_request_no_update BEFORE UPDATE ON timestamp_request BEGIN SELECT raise(ABORT, 'append-only: timestamp_request'); END;
CREATE TRIGGER timestamp_request_no_delete BEFORE DELETE ON timestamp_request BEGIN SELECT raise(ABORT, 'append-only: timestamp_request'); END;
