-- What checks of posts came to, as `post.checked` tells it to others; a projection.

-- Columns as the event names them. Neither the capture nor the posts need be here.
CREATE TABLE post_check (
  event_seq     INTEGER PRIMARY KEY REFERENCES event (seq),
  capture_id    TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL CHECK (kind IN ('up', 'edited', 'not-reachable', 'undetermined')),
  confirms      TEXT,
  url           TEXT NOT NULL,
  post_id       TEXT,
  read_id       TEXT,
  compared_with TEXT,
  platform      TEXT,
  platform_id   TEXT
) STRICT;
INSERT INTO post_check (event_seq, capture_id, kind, confirms, url, post_id, read_id, compared_with, platform, platform_id)
  SELECT seq, body ->> 'capture', body ->> 'kind', body ->> 'confirms', body ->> 'url', body ->> 'post', body ->> 'read',
    body ->> 'comparedWith', body ->> 'platform', body ->> 'platformId'
  FROM (SELECT seq, CAST(document AS TEXT) -> '$.body' AS body FROM event
    WHERE kind = 'post.checked' AND document IS NOT NULL);
CREATE INDEX post_check_by_post ON post_check (post_id) WHERE post_id IS NOT NULL;
CREATE INDEX post_check_by_read ON post_check (read_id) WHERE read_id IS NOT NULL;
CREATE INDEX post_check_by_compared ON post_check (compared_with) WHERE compared_with IS NOT NULL;
CREATE INDEX post_check_by_name ON post_check (platform_id, platform) WHERE platform_id IS NOT NULL;
-- What a check is of, where the platform has no name for it.
CREATE INDEX post_check_by_subject ON post_check (coalesce(post_id, compared_with, url));
CREATE TRIGGER post_check_no_update BEFORE UPDATE ON post_check BEGIN SELECT raise(ABORT, 'append-only: post_check'); END;
CREATE TRIGGER post_check_no_delete BEFORE DELETE ON post_check
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: post_check'); END;

-- Nothing asks for tags by it: judgements have an index of their own.
DROP INDEX tag_by_version;
