-- What follows on tags: reviews, the inbox that lists tags by them, samples that people judge without seeing each
-- other's judgements, and what helps in choosing a clause. All of these are projections.

-- `person`: the fingerprint of the signer who proved to be there, or 'name:' and the name that was claimed.
-- `said_at`: when it was said, in the archive in which it was said.
CREATE TABLE review (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  id         TEXT NOT NULL UNIQUE,
  tag_id     TEXT NOT NULL REFERENCES tag (id),
  act        TEXT NOT NULL CHECK (act IN ('agree', 'dispute', 'withdraw')),
  because    TEXT NOT NULL,
  person     TEXT NOT NULL,
  said_at    TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL,
  origin     TEXT
) STRICT;
CREATE INDEX review_by_tag ON review (tag_id);

-- One narrow row a tag: what the inbox and the samples ask of very many tags at once. `state` follows the reviews;
-- `version_id` and `part` are the words that the tag cites.
CREATE TABLE judgement (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  tag_id     TEXT NOT NULL UNIQUE REFERENCES tag (id),
  post_id    TEXT NOT NULL REFERENCES post (id),
  person     TEXT NOT NULL,
  coding_id  TEXT,
  version_id TEXT,
  part       INTEGER,
  state      TEXT NOT NULL CHECK (state IN ('unreviewed', 'agreed', 'disputed', 'withdrawn')),
  CHECK ((version_id IS NULL) = (part IS NULL))
) STRICT;
CREATE INDEX judgement_by_post ON judgement (post_id);
CREATE INDEX judgement_by_state ON judgement (state, event_seq);
CREATE INDEX judgement_in_coding ON judgement (coding_id, person, post_id) WHERE coding_id IS NOT NULL;
CREATE INDEX judgement_by_version ON judgement (version_id, part) WHERE version_id IS NOT NULL;

CREATE TABLE coding (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  id         TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  seed       TEXT NOT NULL CHECK (length(seed) = 64),
  population INTEGER NOT NULL CHECK (population > 0),
  untagged   INTEGER NOT NULL CHECK (untagged >= 0),
  posts      INTEGER NOT NULL CHECK (posts > 0 AND posts <= population),
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL
) STRICT;

-- `n`: the order of the draw, in which the posts are judged.
CREATE TABLE coding_post (
  coding_id TEXT NOT NULL REFERENCES coding (id),
  n         INTEGER NOT NULL CHECK (n >= 0),
  post_id   TEXT NOT NULL REFERENCES post (id),
  PRIMARY KEY (coding_id, n),
  UNIQUE (coding_id, post_id)
) STRICT;
CREATE INDEX coding_post_by_post ON coding_post (post_id);

-- Removed phrases stay: tags name the phrase that suggested them.
CREATE TABLE phrase (
  event_seq   INTEGER PRIMARY KEY REFERENCES event (seq),
  id          TEXT NOT NULL UNIQUE,
  text        TEXT NOT NULL,
  clause_key  TEXT NOT NULL,
  removed_seq INTEGER REFERENCES event (seq)
) STRICT;

-- As the last arrangement has it.
CREATE TABLE palette_slot (
  slot       TEXT PRIMARY KEY,
  clause_key TEXT NOT NULL,
  event_seq  INTEGER NOT NULL REFERENCES event (seq)
) STRICT;

-- Tags from before: all by clauses of packs, none from elsewhere.
INSERT INTO judgement (event_seq, tag_id, post_id, person, state)
  SELECT t.event_seq, t.id, t.post_id, coalesce(s.signer, 'name:' || s.actor), 'unreviewed'
  FROM tag AS t JOIN session AS s ON s.id = t.session_id;

CREATE TRIGGER review_no_update BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'append-only: review'); END;
CREATE TRIGGER review_no_delete BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'append-only: review'); END;
CREATE TRIGGER judgement_no_update BEFORE UPDATE OF event_seq, tag_id, post_id, person, coding_id, version_id, part
  ON judgement BEGIN SELECT raise(ABORT, 'append-only: judgement'); END;
CREATE TRIGGER judgement_no_delete BEFORE DELETE ON judgement BEGIN SELECT raise(ABORT, 'append-only: judgement'); END;
CREATE TRIGGER coding_no_update BEFORE UPDATE ON coding BEGIN SELECT raise(ABORT, 'append-only: coding'); END;
CREATE TRIGGER coding_no_delete BEFORE DELETE ON coding BEGIN SELECT raise(ABORT, 'append-only: coding'); END;
CREATE TRIGGER coding_post_no_update BEFORE UPDATE ON coding_post BEGIN SELECT raise(ABORT, 'append-only: coding_post'); END;
CREATE TRIGGER coding_post_no_delete BEFORE DELETE ON coding_post BEGIN SELECT raise(ABORT, 'append-only: coding_post'); END;
CREATE TRIGGER phrase_no_update BEFORE UPDATE OF event_seq, id, text, clause_key ON phrase
  BEGIN SELECT raise(ABORT, 'append-only: phrase'); END;
CREATE TRIGGER phrase_removed_once BEFORE UPDATE OF removed_seq ON phrase WHEN old.removed_seq IS NOT NULL
  BEGIN SELECT raise(ABORT, 'append-only: phrase'); END;
CREATE TRIGGER phrase_no_delete BEFORE DELETE ON phrase BEGIN SELECT raise(ABORT, 'append-only: phrase'); END;
