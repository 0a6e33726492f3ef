-- Tags on dated clauses: a judgement by a clause of a pack or of one version of the library, or by none, with several
-- quotes, answers to exceptions, and what the library said of three times. And posts that were reported to somebody.
-- All of these are projections.

CREATE TABLE tag_new (
  id         TEXT PRIMARY KEY,
  post_id    TEXT NOT NULL REFERENCES post (id),
  finding    TEXT NOT NULL CHECK (finding IN ('breach', 'no-violation', 'unclear')),
  -- One of the two, or neither: then it is by no clause in particular.
  clause_id  TEXT REFERENCES clause (id),
  dated_key  TEXT,
  version_id TEXT REFERENCES policy_version (id),
  part       INTEGER CHECK (part IS NULL OR part >= 0),
  because    TEXT NOT NULL,
  sure       TEXT CHECK (sure IS NULL OR sure IN ('certain', 'likely', 'possible')),
  -- JSON, as the event has it.
  account    TEXT,
  considered TEXT NOT NULL,
  dates      TEXT NOT NULL,
  batch      TEXT,
  coding     TEXT,
  phrase     TEXT,
  origin     TEXT,
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL,
  event_seq  INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  CHECK ((dated_key IS NULL) = (version_id IS NULL)),
  CHECK ((dated_key IS NULL) = (part IS NULL)),
  CHECK (clause_id IS NULL OR dated_key IS NULL),
  CHECK (finding <> 'breach' OR clause_id IS NOT NULL OR dated_key IS NOT NULL)
) STRICT;

-- Offsets in code points of the post's text, end exclusive; `n` in the order of the text.
CREATE TABLE tag_quote (
  tag_id      TEXT NOT NULL REFERENCES tag (id),
  n           INTEGER NOT NULL CHECK (n >= 0),
  text        TEXT NOT NULL,
  start_point INTEGER NOT NULL CHECK (start_point >= 0),
  end_point   INTEGER NOT NULL CHECK (end_point > start_point),
  PRIMARY KEY (tag_id, n)
) STRICT;

INSERT INTO tag_new (id, post_id, finding, clause_id, because, considered, dates, session_id, time, event_seq)
  SELECT id, post_id, 'breach', clause_id, because, '[]', '[]', session_id, time, event_seq FROM tag;
INSERT INTO tag_quote (tag_id, n, text, start_point, end_point)
  SELECT id, 0, quote_text, quote_start, quote_end FROM tag WHERE quote_text IS NOT NULL;
DROP TABLE tag;
ALTER TABLE tag_new RENAME TO tag;
CREATE INDEX tag_by_post ON tag (post_id);
CREATE INDEX tag_by_version ON tag (version_id, part) WHERE version_id IS NOT NULL;

CREATE TABLE report_filed (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  id         TEXT NOT NULL UNIQUE,
  to_whom    TEXT NOT NULL,
  at         TEXT NOT NULL,
  bundle_id  TEXT REFERENCES bundle (id),
  note       TEXT,
  session_id TEXT NOT NULL REFERENCES session (id)
) STRICT;
CREATE TABLE report_post (
  report_seq INTEGER NOT NULL REFERENCES report_filed (event_seq),
  n          INTEGER NOT NULL CHECK (n >= 0),
  post_id    TEXT NOT NULL REFERENCES post (id),
  PRIMARY KEY (report_seq, n)
) STRICT;
CREATE INDEX report_post_by_post ON report_post (post_id);

-- The same post, read out of several captures.
CREATE INDEX post_by_platform_id ON post (platform, platform_id) WHERE platform_id IS NOT NULL;

CREATE TRIGGER tag_no_update BEFORE UPDATE ON tag BEGIN SELECT raise(ABORT, 'append-only: tag'); END;
CREATE TRIGGER tag_no_delete BEFORE DELETE ON tag BEGIN SELECT raise(ABORT, 'append-only: tag'); END;
CREATE TRIGGER tag_quote_no_update BEFORE UPDATE ON tag_quote BEGIN SELECT raise(ABORT, 'append-only: tag_quote'); END;
CREATE TRIGGER tag_quote_no_delete BEFORE DELETE ON tag_quote BEGIN SELECT raise(ABORT, 'append-only: tag_quote'); END;
CREATE TRIGGER report_filed_no_update BEFORE UPDATE ON report_filed BEGIN SELECT raise(ABORT, 'append-only: report_filed'); END;
CREATE TRIGGER report_filed_no_delete BEFORE DELETE ON report_filed BEGIN SELECT raise(ABORT, 'append-only: report_filed'); END;
CREATE TRIGGER report_post_no_update BEFORE UPDATE ON report_post BEGIN SELECT raise(ABORT, 'append-only: report_post'); END;
CREATE TRIGGER report_post_no_delete BEFORE DELETE ON report_post BEGIN SELECT raise(ABORT, 'append-only: report_post'); END;
