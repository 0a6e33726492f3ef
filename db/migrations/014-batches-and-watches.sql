-- Lists of addresses to capture, and what is looked at again and again. All of these are projections.

-- `ended_seq`: what is left of it is not to be captured.
CREATE TABLE batch (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  id         TEXT NOT NULL UNIQUE,
  name       TEXT,
  addresses  INTEGER NOT NULL CHECK (addresses > 0),
  ended_seq  INTEGER REFERENCES event (seq),
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL
) STRICT;

-- `outcome` and `capture_id` are of the last capture of the address; null: there is none yet.
CREATE TABLE batch_address (
  batch_id   TEXT NOT NULL REFERENCES batch (id),
  n          INTEGER NOT NULL CHECK (n >= 0),
  url        TEXT NOT NULL,
  outcome    TEXT CHECK (outcome IN ('complete', 'incomplete', 'failed', 'interrupted')),
  capture_id TEXT REFERENCES capture (id),
  tries      INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  PRIMARY KEY (batch_id, n),
  CHECK ((outcome IS NULL) = (capture_id IS NULL)),
  CHECK ((outcome IS NULL) = (tries = 0))
) STRICT;
CREATE INDEX batch_address_by_outcome ON batch_address (batch_id, outcome);

-- `next_at`: null while it is paused, and once it has ended. `outcome` is that of the last check, `since` the time of
-- the first check in a row that came to it.
CREATE TABLE watch (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  id         TEXT NOT NULL UNIQUE,
  url        TEXT NOT NULL,
  post_id    TEXT REFERENCES post (id),
  persona    TEXT,
  schedule   TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
  next_at    TEXT,
  outcome    TEXT CHECK (outcome IN ('up', 'edited', 'not-reachable', 'undetermined')),
  since      TEXT,
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL,
  CHECK ((next_at IS NULL) = (state <> 'active')),
  CHECK ((outcome IS NULL) = (since IS NULL))
) STRICT;
CREATE INDEX watch_by_next ON watch (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX watch_by_post ON watch (post_id);

CREATE TABLE watch_check (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  watch_id   TEXT NOT NULL REFERENCES watch (id),
  capture_id TEXT NOT NULL UNIQUE REFERENCES capture (id),
  kind       TEXT NOT NULL CHECK (kind IN ('up', 'edited', 'not-reachable', 'undetermined')),
  outcome    TEXT NOT NULL,
  vantage    TEXT NOT NULL,
  post_id    TEXT REFERENCES post (id),
  due_at     TEXT,
  missed     INTEGER NOT NULL CHECK (missed >= 0),
  time       TEXT NOT NULL
) STRICT;
CREATE INDEX watch_check_by_watch ON watch_check (watch_id, event_seq);
CREATE INDEX watch_check_by_post ON watch_check (post_id) WHERE post_id IS NOT NULL;

CREATE TRIGGER batch_no_update BEFORE UPDATE OF event_seq, id, name, addresses, session_id, time ON batch
  BEGIN SELECT raise(ABORT, 'append-only: batch'); END;
CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch BEGIN SELECT raise(ABORT, 'append-only: batch'); END;
CREATE TRIGGER batch_address_no_update BEFORE UPDATE OF batch_id, n, url ON batch_address
  BEGIN SELECT raise(ABORT, 'append-only: batch_address'); END;
CREATE TRIGGER batch_address_no_delete BEFORE DELETE ON batch_address
  BEGIN SELECT raise(ABORT, 'append-only: batch_address'); END;
CREATE TRIGGER watch_no_update BEFORE UPDATE OF event_seq, id, url, post_id, persona, schedule, session_id, time ON watch
  BEGIN SELECT raise(ABORT, 'append-only: watch'); END;
CREATE TRIGGER watch_ended_stays BEFORE UPDATE OF state ON watch WHEN old.state = 'ended'
  BEGIN SELECT raise(ABORT, 'append-only: watch'); END;
CREATE TRIGGER watch_no_delete BEFORE DELETE ON watch BEGIN SELECT raise(ABORT, 'append-only: watch'); END;
CREATE TRIGGER watch_check_no_update BEFORE UPDATE ON watch_check BEGIN SELECT raise(ABORT, 'append-only: watch_check'); END;
CREATE TRIGGER watch_check_no_delete BEFORE DELETE ON watch_check BEGIN SELECT raise(ABORT, 'append-only: watch_check'); END;
