-- What cases and printed reports have of captures, and purges of it.

-- An exhibit keeps its number where its capture was purged: it is removed, and names what is gone.
CREATE TABLE exhibit_new (
  id          TEXT PRIMARY KEY,
  case_id     TEXT NOT NULL REFERENCES case_file (id),
  number      INTEGER NOT NULL CHECK (number >= 1),
  -- Its place in the order of the case, from 0, without gaps; null: it was removed.
  place       INTEGER,
  -- Of a capture, or of one that was purged.
  capture_id  TEXT NOT NULL,
  -- Null: the capture as a whole.
  post_id     TEXT,
  label       TEXT,
  note        TEXT,
  session_id  TEXT NOT NULL REFERENCES session (id),
  time        TEXT NOT NULL,
  event_seq   INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  -- The events that noted and that removed it last.
  note_seq    INTEGER REFERENCES event (seq),
  removed_seq INTEGER REFERENCES event (seq),
  because     TEXT,
  UNIQUE (case_id, number),
  CHECK ((place IS NULL) = (removed_seq IS NOT NULL))
) STRICT;
INSERT INTO exhibit_new (id, case_id, number, place, capture_id, post_id, label, note, session_id, time, event_seq,
    note_seq, removed_seq, because)
  SELECT id, case_id, number, place, capture_id, post_id, label, note, session_id, time, event_seq,
    note_seq, removed_seq, because FROM exhibit;
DROP TABLE exhibit;
ALTER TABLE exhibit_new RENAME TO exhibit;
CREATE INDEX exhibit_by_place ON exhibit (case_id, place);
CREATE INDEX exhibit_by_capture ON exhibit (capture_id);
CREATE UNIQUE INDEX exhibit_once ON exhibit (case_id, coalesce(post_id, capture_id)) WHERE removed_seq IS NULL;
-- A number and what it stands for never change, and what was removed stays so; a purge takes notes away.
CREATE TRIGGER exhibit_number_stays BEFORE UPDATE ON exhibit
  WHEN (old.removed_seq IS NOT NULL AND (
      new.removed_seq IS NOT old.removed_seq OR new.note IS NOT NULL OR NOT EXISTS (SELECT 1 FROM purging)))
    OR new.id IS NOT old.id OR new.case_id IS NOT old.case_id OR new.number IS NOT old.number
    OR new.capture_id IS NOT old.capture_id OR new.post_id IS NOT old.post_id OR new.label IS NOT old.label
  BEGIN SELECT raise(ABORT, 'append-only: exhibit'); END;
CREATE TRIGGER exhibit_no_delete BEFORE DELETE ON exhibit BEGIN SELECT raise(ABORT, 'append-only: exhibit'); END;

DROP TRIGGER printed_report_no_delete;
CREATE TRIGGER printed_report_no_delete BEFORE DELETE ON printed_report
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: printed_report'); END;

DROP TRIGGER purging_blob_unused;
CREATE TRIGGER purging_blob_unused BEFORE INSERT ON purging_blob
  WHEN NOT EXISTS (SELECT 1 FROM purging) OR EXISTS (
    SELECT 1 FROM blob AS b WHERE b.id = new.blob_id AND (
      EXISTS (SELECT 1 FROM artifact AS a WHERE a.sha256 = b.sha256)
      OR EXISTS (SELECT 1 FROM policy_version AS v WHERE v.sha256 = b.sha256)
      OR EXISTS (SELECT 1 FROM printed_report AS r WHERE r.sha256 = b.sha256)))
  BEGIN SELECT raise(ABORT, 'append-only: blob is in use'); END;
