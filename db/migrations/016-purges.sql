-- Purges: what was destroyed on purpose, and by which leaf. Legal holds, and dates until which captures are kept.

-- The document and the salt of an event that a purge destroyed are null; its leaf stays.
CREATE TABLE event_new (
  seq       INTEGER PRIMARY KEY CHECK (seq >= 0),
  id        TEXT NOT NULL UNIQUE,
  kind      TEXT NOT NULL,
  time      TEXT NOT NULL,
  document  BLOB,
  salt      BLOB CHECK (salt IS NULL OR length(salt) = 32),
  leaf      BLOB NOT NULL,
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
  CHECK ((document IS NULL) = (salt IS NULL))
) STRICT;
INSERT INTO event_new (seq, id, kind, time, document, salt, leaf, leaf_hash)
  SELECT seq, id, kind, time, document, salt, leaf, leaf_hash FROM event;
DROP TABLE event;
ALTER TABLE event_new RENAME TO event;
CREATE INDEX event_by_kind ON event (kind);
CREATE INDEX event_by_session ON event (json_extract(CAST(document AS TEXT), '$.session'));
CREATE TRIGGER event_next BEFORE INSERT ON event
  WHEN new.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM event)
  BEGIN SELECT raise(ABORT, 'append-only: event out of sequence'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'append-only: event'); END;

-- What names a capture that is gone, and stays: an address of a list is not captured again, nor a bundle taken in again.
CREATE TABLE batch_address_new (
  batch_id   TEXT NOT NULL REFERENCES batch (id),
  n          INTEGER NOT NULL CHECK (n >= 0),
  url        TEXT NOT NULL,
  outcome    TEXT CHECK (outcome IN ('complete', 'incomplete', 'failed', 'interrupted')),
  -- Of a capture, or of one that was purged.
  capture_id TEXT,
  tries      INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  PRIMARY KEY (batch_id, n),
  CHECK ((outcome IS NULL) = (capture_id IS NULL)),
  CHECK ((outcome IS NULL) = (tries = 0))
) STRICT;
INSERT INTO batch_address_new (batch_id, n, url, outcome, capture_id, tries)
  SELECT batch_id, n, url, outcome, capture_id, tries FROM batch_address;
DROP TABLE batch_address;
ALTER TABLE batch_address_new RENAME TO batch_address;
CREATE INDEX batch_address_by_outcome ON batch_address (batch_id, outcome);
CREATE TRIGGER batch_address_no_update BEFORE UPDATE OF batch_id, n, url ON batch_address
  BEGIN SELECT raise(ABORT, 'append-only: batch_address'); END;
CREATE TRIGGER batch_address_no_delete BEFORE DELETE ON batch_address
  BEGIN SELECT raise(ABORT, 'append-only: batch_address'); END;

CREATE TABLE imported_bundle_new (
  event_seq INTEGER PRIMARY KEY REFERENCES event (seq),
  id        TEXT NOT NULL,
  archive   TEXT NOT NULL,
  -- Of a capture, or of one that was purged.
  capture   TEXT NOT NULL,
  sha256    TEXT NOT NULL UNIQUE,
  signer    TEXT NOT NULL,
  verdict   TEXT NOT NULL CHECK (verdict IN ('trusted', 'consistent'))
) STRICT;
INSERT INTO imported_bundle_new (event_seq, id, archive, capture, sha256, signer, verdict)
  SELECT event_seq, id, archive, capture, sha256, signer, verdict FROM imported_bundle;
DROP TABLE imported_bundle;
ALTER TABLE imported_bundle_new RENAME TO imported_bundle;
CREATE TRIGGER imported_bundle_no_update BEFORE UPDATE ON imported_bundle BEGIN SELECT raise(ABORT, 'append-only: imported_bundle'); END;
CREATE TRIGGER imported_bundle_no_delete BEFORE DELETE ON imported_bundle BEGIN SELECT raise(ABORT, 'append-only: imported_bundle'); END;

-- One row an act; a projection. `capture_id`: the one that was asked for. `address` and `started_at`: kept on request.
CREATE TABLE purge (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  capture_id TEXT NOT NULL,
  cause      TEXT NOT NULL CHECK (cause IN ('purged', 'stopped')),
  because    TEXT NOT NULL,
  authority  TEXT,
  address    TEXT,
  started_at TEXT,
  -- JSON, as the event has it.
  destroyed  TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL,
  CHECK (cause = 'stopped' OR authority IS NOT NULL)
) STRICT;

-- Captures that are gone, by the ids that they had here and in other archives. A projection.
CREATE TABLE purged_capture (
  capture_id TEXT PRIMARY KEY,
  by_seq     INTEGER NOT NULL REFERENCES purge (event_seq),
  place      TEXT NOT NULL CHECK (place IN ('here', 'elsewhere'))
) STRICT;

-- Events whose documents are gone, and in whose sessions they were recorded. A projection.
CREATE TABLE purged_event (
  seq        INTEGER PRIMARY KEY REFERENCES event (seq),
  by_seq     INTEGER NOT NULL REFERENCES purge (event_seq),
  session_id TEXT NOT NULL REFERENCES session (id)
) STRICT;
CREATE INDEX purged_event_by_purge ON purged_event (by_seq);

-- Numbers of posts of readings that are gone: a table that is made anew gives none of them away again. A projection.
CREATE TABLE post_gap (
  reading_seq INTEGER PRIMARY KEY REFERENCES event (seq),
  first_n     INTEGER NOT NULL CHECK (first_n >= 1),
  last_n      INTEGER NOT NULL CHECK (last_n >= first_n)
) STRICT;
CREATE INDEX post_gap_by_last ON post_gap (last_n);

-- Captures that must not be purged, until it is lifted. A projection.
CREATE TABLE legal_hold (
  event_seq      INTEGER PRIMARY KEY REFERENCES event (seq),
  capture_id     TEXT NOT NULL,
  because        TEXT NOT NULL,
  session_id     TEXT NOT NULL REFERENCES session (id),
  time           TEXT NOT NULL,
  lifted_seq     INTEGER REFERENCES event (seq),
  lifted_because TEXT,
  CHECK ((lifted_seq IS NULL) = (lifted_because IS NULL))
) STRICT;
CREATE UNIQUE INDEX legal_hold_in_force ON legal_hold (capture_id) WHERE lifted_seq IS NULL;

-- The last that was said of how long a capture is kept; `until` null: no date any more. A projection.
CREATE TABLE retention (
  capture_id TEXT PRIMARY KEY,
  until      TEXT,
  because    TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL,
  event_seq  INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;
CREATE INDEX retention_by_date ON retention (until) WHERE until IS NOT NULL;

-- Purges whose traces in the slack of pages are not cleaned away yet. Kept, not projected; gone once that is done.
CREATE TABLE purge_cleaning (by_seq INTEGER PRIMARY KEY REFERENCES event (seq)) STRICT;

-- The purge under way. No archive has a row zero: a transaction that leaves a row here cannot be committed.
CREATE TABLE purging (
  by_seq INTEGER PRIMARY KEY,
  never  INTEGER NOT NULL DEFAULT 0 CHECK (never = 0)
    REFERENCES archive_info (one) DEFERRABLE INITIALLY DEFERRED
) STRICT;
-- Blobs that no capture and no version of a policy uses any more.
CREATE TABLE purging_blob (
  blob_id INTEGER PRIMARY KEY,
  never   INTEGER NOT NULL DEFAULT 0 CHECK (never = 0)
    REFERENCES archive_info (one) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER purging_is_recorded BEFORE INSERT ON purging
  WHEN (SELECT kind FROM event WHERE seq = new.by_seq) IS NOT 'capture.purged'
  BEGIN SELECT raise(ABORT, 'append-only: no purge is recorded'); END;
CREATE TRIGGER purging_blob_unused BEFORE INSERT ON purging_blob
  WHEN NOT EXISTS (SELECT 1 FROM purging)
    OR EXISTS (SELECT 1 FROM blob AS b JOIN artifact AS a ON a.sha256 = b.sha256 WHERE b.id = new.blob_id)
    OR EXISTS (SELECT 1 FROM blob AS b JOIN policy_version AS v ON v.sha256 = b.sha256 WHERE b.id = new.blob_id)
  BEGIN SELECT raise(ABORT, 'append-only: blob is in use'); END;

CREATE TRIGGER purge_no_update BEFORE UPDATE ON purge BEGIN SELECT raise(ABORT, 'append-only: purge'); END;
CREATE TRIGGER purge_no_delete BEFORE DELETE ON purge BEGIN SELECT raise(ABORT, 'append-only: purge'); END;
CREATE TRIGGER purged_capture_named BEFORE INSERT ON purged_capture WHEN new.by_seq NOT IN (SELECT by_seq FROM purging)
  BEGIN SELECT raise(ABORT, 'append-only: purged_capture'); END;
CREATE TRIGGER purged_capture_no_update BEFORE UPDATE ON purged_capture BEGIN SELECT raise(ABORT, 'append-only: purged_capture'); END;
CREATE TRIGGER purged_capture_no_delete BEFORE DELETE ON purged_capture BEGIN SELECT raise(ABORT, 'append-only: purged_capture'); END;
CREATE TRIGGER purged_event_named BEFORE INSERT ON purged_event WHEN new.by_seq NOT IN (SELECT by_seq FROM purging)
  BEGIN SELECT raise(ABORT, 'append-only: purged_event'); END;
CREATE TRIGGER purged_event_no_update BEFORE UPDATE ON purged_event BEGIN SELECT raise(ABORT, 'append-only: purged_event'); END;
CREATE TRIGGER purged_event_no_delete BEFORE DELETE ON purged_event BEGIN SELECT raise(ABORT, 'append-only: purged_event'); END;
CREATE TRIGGER post_gap_no_update BEFORE UPDATE ON post_gap BEGIN SELECT raise(ABORT, 'append-only: post_gap'); END;
CREATE TRIGGER post_gap_no_delete BEFORE DELETE ON post_gap BEGIN SELECT raise(ABORT, 'append-only: post_gap'); END;
CREATE TRIGGER legal_hold_no_update BEFORE UPDATE OF event_seq, capture_id, because, session_id, time ON legal_hold
  BEGIN SELECT raise(ABORT, 'append-only: legal_hold'); END;
CREATE TRIGGER legal_hold_lifted_once BEFORE UPDATE ON legal_hold WHEN old.lifted_seq IS NOT NULL
  BEGIN SELECT raise(ABORT, 'append-only: legal_hold'); END;
CREATE TRIGGER legal_hold_no_delete BEFORE DELETE ON legal_hold BEGIN SELECT raise(ABORT, 'append-only: legal_hold'); END;
CREATE TRIGGER retention_no_delete BEFORE DELETE ON retention BEGIN SELECT raise(ABORT, 'append-only: retention'); END;

-- From here on: what may be deleted is what the purge under way names, and nothing else.
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
  WHEN new.document IS NOT NULL
    OR (new.seq, new.id, new.kind, new.time, new.leaf, new.leaf_hash)
      IS NOT (old.seq, old.id, old.kind, old.time, old.leaf, old.leaf_hash)
    OR NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.seq)
  BEGIN SELECT raise(ABORT, 'append-only: event'); END;

DROP TRIGGER capture_no_delete;
DROP TRIGGER reading_no_delete;
DROP TRIGGER tag_no_delete;
DROP TRIGGER judgement_no_delete;
DROP TRIGGER review_no_delete;
DROP TRIGGER statement_no_delete;
DROP TRIGGER persona_use_no_delete;
DROP TRIGGER watch_check_no_delete;
DROP TRIGGER report_filed_no_delete;
CREATE TRIGGER capture_no_delete BEFORE DELETE ON capture
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: capture'); END;
CREATE TRIGGER reading_no_delete BEFORE DELETE ON reading
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: reading'); END;
CREATE TRIGGER tag_no_delete BEFORE DELETE ON tag
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: tag'); END;
CREATE TRIGGER judgement_no_delete BEFORE DELETE ON judgement
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: judgement'); END;
CREATE TRIGGER review_no_delete BEFORE DELETE ON review
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: review'); END;
CREATE TRIGGER statement_no_delete BEFORE DELETE ON statement
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: statement'); END;
CREATE TRIGGER persona_use_no_delete BEFORE DELETE ON persona_use
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: persona_use'); END;
CREATE TRIGGER watch_check_no_delete BEFORE DELETE ON watch_check
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: watch_check'); END;
CREATE TRIGGER report_filed_no_delete BEFORE DELETE ON report_filed
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: report_filed'); END;

-- What hangs on a row that only a purge takes away may go once that is gone.
DROP TRIGGER artifact_no_delete;
CREATE TRIGGER artifact_no_delete BEFORE DELETE ON artifact
  WHEN EXISTS (SELECT 1 FROM capture WHERE id = old.capture_id)
  BEGIN SELECT raise(ABORT, 'append-only: artifact'); END;
DROP TRIGGER post_no_delete;
CREATE TRIGGER post_no_delete BEFORE DELETE ON post WHEN EXISTS (SELECT 1 FROM reading WHERE id = old.reading_id)
  BEGIN SELECT raise(ABORT, 'append-only: post'); END;
DROP TRIGGER tag_quote_no_delete;
CREATE TRIGGER tag_quote_no_delete BEFORE DELETE ON tag_quote WHEN EXISTS (SELECT 1 FROM tag WHERE id = old.tag_id)
  BEGIN SELECT raise(ABORT, 'append-only: tag_quote'); END;
DROP TRIGGER coding_post_no_delete;
CREATE TRIGGER coding_post_no_delete BEFORE DELETE ON coding_post WHEN EXISTS (SELECT 1 FROM post WHERE id = old.post_id)
  BEGIN SELECT raise(ABORT, 'append-only: coding_post'); END;
DROP TRIGGER report_post_no_delete;
CREATE TRIGGER report_post_no_delete BEFORE DELETE ON report_post
  WHEN EXISTS (SELECT 1 FROM post WHERE id = old.post_id)
    AND EXISTS (SELECT 1 FROM report_filed WHERE event_seq = old.report_seq)
  BEGIN SELECT raise(ABORT, 'append-only: report_post'); END;
DROP TRIGGER post_record_no_delete;
CREATE TRIGGER post_record_no_delete BEFORE DELETE ON post_record
  WHEN EXISTS (SELECT 1 FROM post WHERE id = old.post_id) OR NOT EXISTS (SELECT 1 FROM purging)
  BEGIN SELECT raise(ABORT, 'append-only: post_record'); END;
DROP TRIGGER exchange_no_delete;
CREATE TRIGGER exchange_no_delete BEFORE DELETE ON exchange
  WHEN NOT EXISTS (SELECT 1 FROM purged_capture AS c JOIN purging AS p ON p.by_seq = c.by_seq WHERE c.capture_id = old.capture_id)
  BEGIN SELECT raise(ABORT, 'append-only: exchange'); END;
DROP TRIGGER withheld_salt_no_delete;
CREATE TRIGGER withheld_salt_no_delete BEFORE DELETE ON withheld_salt
  WHEN NOT EXISTS (SELECT 1 FROM purged_capture AS c JOIN purging AS p ON p.by_seq = c.by_seq WHERE c.capture_id = old.capture_id)
  BEGIN SELECT raise(ABORT, 'append-only: withheld_salt'); END;
DROP TRIGGER blob_no_delete;
CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob
  WHEN old.sha256 IS NOT NULL AND old.id NOT IN (SELECT blob_id FROM purging_blob)
  BEGIN SELECT raise(ABORT, 'append-only: blob'); END;
DROP TRIGGER blob_chunk_no_delete;
CREATE TRIGGER blob_chunk_no_delete BEFORE DELETE ON blob_chunk
  WHEN (SELECT sha256 FROM blob WHERE id = old.blob_id) IS NOT NULL
    AND old.blob_id NOT IN (SELECT blob_id FROM purging_blob)
  BEGIN SELECT raise(ABORT, 'append-only: blob_chunk'); END;
DROP TRIGGER blob_part_no_delete;
CREATE TRIGGER blob_part_no_delete BEFORE DELETE ON blob_part WHEN old.blob_id NOT IN (SELECT blob_id FROM purging_blob)
  BEGIN SELECT raise(ABORT, 'append-only: blob_part'); END;

-- A watch loses its post where that is gone.
DROP TRIGGER watch_no_update;
CREATE TRIGGER watch_no_update BEFORE UPDATE OF event_seq, id, url, persona, schedule, session_id, time ON watch
  BEGIN SELECT raise(ABORT, 'append-only: watch'); END;
CREATE TRIGGER watch_post_stays BEFORE UPDATE OF post_id ON watch
  WHEN new.post_id IS NOT NULL OR EXISTS (SELECT 1 FROM post WHERE id = old.post_id)
  BEGIN SELECT raise(ABORT, 'append-only: watch'); END;
