-- The dated library: policies and norms, their versions with the parts of each text, and what people say of clauses.
-- The texts themselves are blobs. All of these are projections.

CREATE TABLE policy (
  id           TEXT PRIMARY KEY,
  platform     TEXT NOT NULL,
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('rules', 'norm')),
  jurisdiction TEXT,
  event_seq    INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  UNIQUE (platform, name, kind),
  CHECK ((kind = 'norm') = (jurisdiction IS NOT NULL))
) STRICT;

-- `seen_at`: the instant, or the beginning of the day, on which the text was seen; never when it took effect.
CREATE TABLE policy_version (
  event_seq     INTEGER PRIMARY KEY REFERENCES event (seq),
  id            TEXT NOT NULL UNIQUE,
  policy_id     TEXT NOT NULL REFERENCES policy (id),
  sha256        BLOB NOT NULL CHECK (length(sha256) = 32),
  size          INTEGER NOT NULL CHECK (size > 0),
  title         TEXT NOT NULL,
  seen_at       TEXT NOT NULL,
  precision     TEXT NOT NULL CHECK (precision IN ('day', 'second')),
  in_force_from TEXT,
  cause         TEXT,
  source        TEXT NOT NULL,
  splitter      TEXT NOT NULL,
  UNIQUE (policy_id, seen_at, precision)
) STRICT;

-- In order they are the whole text: `start_byte` and `start_point` count what comes before, in bytes and code points.
CREATE TABLE policy_part (
  version_seq INTEGER NOT NULL REFERENCES policy_version (event_seq),
  n           INTEGER NOT NULL CHECK (n >= 0),
  kind        TEXT NOT NULL CHECK (kind IN ('heading', 'clause')),
  title       TEXT NOT NULL,
  level       INTEGER,
  key         TEXT,
  role        TEXT CHECK (role IS NULL OR role IN ('prohibition', 'definition', 'exception', 'sanction')),
  match       TEXT,
  likeness    REAL,
  words       TEXT,
  start_byte  INTEGER NOT NULL,
  bytes       INTEGER NOT NULL CHECK (bytes > 0),
  start_point INTEGER NOT NULL,
  points      INTEGER NOT NULL CHECK (points > 0),
  PRIMARY KEY (version_seq, n),
  CHECK ((kind = 'clause') = (key IS NOT NULL)),
  CHECK ((kind = 'clause') = (words IS NOT NULL)),
  CHECK ((kind = 'heading') = (level IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX policy_part_by_key ON policy_part (key, version_seq) WHERE key IS NOT NULL;

CREATE TABLE clause_correction (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  id         TEXT NOT NULL UNIQUE,
  policy_id  TEXT NOT NULL REFERENCES policy (id),
  version_id TEXT NOT NULL REFERENCES policy_version (id),
  key        TEXT NOT NULL,
  change     TEXT NOT NULL,
  because    TEXT NOT NULL
) STRICT;
CREATE INDEX clause_correction_by_policy ON clause_correction (policy_id);

CREATE TABLE clause_link (
  event_seq INTEGER PRIMARY KEY REFERENCES event (seq),
  id        TEXT NOT NULL UNIQUE,
  from_key  TEXT NOT NULL,
  to_key    TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('limits', 'follows', 'defines', 'same-rule')),
  because   TEXT,
  UNIQUE (from_key, to_key, kind)
) STRICT;
CREATE INDEX clause_link_by_to ON clause_link (to_key);

CREATE TABLE statement (
  event_seq   INTEGER PRIMARY KEY REFERENCES event (seq),
  id          TEXT NOT NULL UNIQUE,
  key         TEXT NOT NULL,
  speaker     TEXT NOT NULL,
  said_on     TEXT NOT NULL,
  text        TEXT NOT NULL,
  reported_in TEXT,
  address     TEXT,
  capture_id  TEXT REFERENCES capture (id),
  effect      TEXT NOT NULL CHECK (effect IN ('applies', 'ends', 'explains'))
) STRICT;
CREATE INDEX statement_by_key ON statement (key);

CREATE TRIGGER policy_no_update BEFORE UPDATE ON policy BEGIN SELECT raise(ABORT, 'append-only: policy'); END;
CREATE TRIGGER policy_no_delete BEFORE DELETE ON policy BEGIN SELECT raise(ABORT, 'append-only: policy'); END;
CREATE TRIGGER policy_version_no_update BEFORE UPDATE ON policy_version BEGIN SELECT raise(ABORT, 'append-only: policy_version'); END;
CREATE TRIGGER policy_version_no_delete BEFORE DELETE ON policy_version BEGIN SELECT raise(ABORT, 'append-only: policy_version'); END;
CREATE TRIGGER policy_part_no_update BEFORE UPDATE ON policy_part BEGIN SELECT raise(ABORT, 'append-only: policy_part'); END;
CREATE TRIGGER policy_part_no_delete BEFORE DELETE ON policy_part BEGIN SELECT raise(ABORT, 'append-only: policy_part'); END;
CREATE TRIGGER clause_correction_no_update BEFORE UPDATE ON clause_correction BEGIN SELECT raise(ABORT, 'append-only: clause_correction'); END;
CREATE TRIGGER clause_correction_no_delete BEFORE DELETE ON clause_correction BEGIN SELECT raise(ABORT, 'append-only: clause_correction'); END;
CREATE TRIGGER clause_link_no_update BEFORE UPDATE ON clause_link BEGIN SELECT raise(ABORT, 'append-only: clause_link'); END;
CREATE TRIGGER clause_link_no_delete BEFORE DELETE ON clause_link BEGIN SELECT raise(ABORT, 'append-only: clause_link'); END;
CREATE TRIGGER statement_no_update BEFORE UPDATE ON statement BEGIN SELECT raise(ABORT, 'append-only: statement'); END;
CREATE TRIGGER statement_no_delete BEFORE DELETE ON statement BEGIN SELECT raise(ABORT, 'append-only: statement'); END;
