-- What is withheld from bundles, capture by capture: a projection.

CREATE TABLE redaction (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  id         TEXT NOT NULL UNIQUE,
  capture_id TEXT NOT NULL REFERENCES capture (id),
  -- JSON
  hides      TEXT NOT NULL,
  because    TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL,
  -- The event that lifted it.
  lifted_seq INTEGER REFERENCES event (seq)
) STRICT;
CREATE INDEX redaction_by_capture ON redaction (capture_id);
CREATE TRIGGER redaction_lifted_once BEFORE UPDATE ON redaction WHEN old.lifted_seq IS NOT NULL
  BEGIN SELECT raise(ABORT, 'append-only: redaction'); END;
CREATE TRIGGER redaction_no_delete BEFORE DELETE ON redaction
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: redaction'); END;
