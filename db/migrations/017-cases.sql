-- Cases and their exhibits: projections.

CREATE TABLE case_file (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  time_zone  TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL,
  event_seq  INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;

CREATE TABLE exhibit (
  id          TEXT PRIMARY KEY,
  case_id     TEXT NOT NULL REFERENCES case_file (id),
  number      INTEGER NOT NULL CHECK (number >= 1),
  -- Its place in the order of the case, from 0, without gaps; null: it was removed.
  place       INTEGER,
  capture_id  TEXT NOT NULL REFERENCES capture (id),
  -- Null: the capture as a whole.
  post_id     TEXT REFERENCES post (id),
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
CREATE INDEX exhibit_by_place ON exhibit (case_id, place);
CREATE INDEX exhibit_by_capture ON exhibit (capture_id);
-- The same thing twice in one case would have two numbers.
CREATE UNIQUE INDEX exhibit_once ON exhibit (case_id, coalesce(post_id, capture_id)) WHERE removed_seq IS NULL;

CREATE TRIGGER case_file_no_update BEFORE UPDATE ON case_file BEGIN SELECT raise(ABORT, 'append-only: case_file'); END;
CREATE TRIGGER case_file_no_delete BEFORE DELETE ON case_file BEGIN SELECT raise(ABORT, 'append-only: case_file'); END;
-- A number and what it stands for never change, and what was removed stays so.
CREATE TRIGGER exhibit_number_stays BEFORE UPDATE ON exhibit
  WHEN old.removed_seq IS NOT NULL OR new.id IS NOT old.id OR new.case_id IS NOT old.case_id OR new.number IS NOT old.number
    OR new.capture_id IS NOT old.capture_id OR new.post_id IS NOT old.post_id OR new.label IS NOT old.label
  BEGIN SELECT raise(ABORT, 'append-only: exhibit'); END;
CREATE TRIGGER exhibit_no_delete BEFORE DELETE ON exhibit BEGIN SELECT raise(ABORT, 'append-only: exhibit'); END;

-- Reports of bundles that were printed, by the SHA-256 of the report: the same report is printed once. A projection;
-- the bytes lie in a blob.
CREATE TABLE printed_report (
  report    TEXT PRIMARY KEY,
  sha256    BLOB NOT NULL CHECK (length(sha256) = 32),
  size      INTEGER NOT NULL,
  engine    TEXT NOT NULL,
  event_seq INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;
CREATE TRIGGER printed_report_no_update BEFORE UPDATE ON printed_report BEGIN SELECT raise(ABORT, 'append-only: printed_report'); END;
CREATE TRIGGER printed_report_no_delete BEFORE DELETE ON printed_report BEGIN SELECT raise(ABORT, 'append-only: printed_report'); END;
