-- Personas, and under which of them a capture was made: projections.

CREATE TABLE persona (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  colour      TEXT NOT NULL,
  -- JSON
  languages   TEXT NOT NULL,
  time_zone   TEXT,
  user_agent  TEXT,
  proxy       TEXT,
  event_seq   INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  -- The last event that changed it, and the one that retired it.
  changed_seq INTEGER NOT NULL REFERENCES event (seq),
  retired_seq INTEGER REFERENCES event (seq)
) STRICT;
-- A name that two personas have is a capture under the wrong one.
CREATE UNIQUE INDEX persona_by_name ON persona (name) WHERE retired_seq IS NULL;

CREATE TABLE persona_use (
  capture_id TEXT PRIMARY KEY REFERENCES capture (id),
  persona_id TEXT NOT NULL REFERENCES persona (id),
  -- As it was then.
  name       TEXT NOT NULL,
  event_seq  INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;
CREATE INDEX persona_use_by_persona ON persona_use (persona_id);

CREATE TRIGGER persona_retired_once BEFORE UPDATE ON persona WHEN old.retired_seq IS NOT NULL
  BEGIN SELECT raise(ABORT, 'append-only: persona'); END;
CREATE TRIGGER persona_no_delete BEFORE DELETE ON persona BEGIN SELECT raise(ABORT, 'append-only: persona'); END;
CREATE TRIGGER persona_use_no_update BEFORE UPDATE ON persona_use BEGIN SELECT raise(ABORT, 'append-only: persona_use'); END;
CREATE TRIGGER persona_use_no_delete BEFORE DELETE ON persona_use BEGIN SELECT raise(ABORT, 'append-only: persona_use'); END;

-- The session of a persona, cookies and storage. No evidence: the next one takes its place, and it can be deleted.
-- Only in an encrypted archive. Kept, not projected.
CREATE TABLE persona_session (
  persona_id TEXT PRIMARY KEY,
  kept_at    TEXT NOT NULL,
  state      BLOB NOT NULL
) STRICT;
