-- Posts of earlier readings of a capture that a later one reads otherwise, or does not find. They stay; the library
-- lists them only where they are tagged. A projection.

-- `n`: of the post. `by_post`: the post that is listed in its place; null: there is none.
CREATE TABLE earlier_post (
  n          INTEGER PRIMARY KEY REFERENCES post (n),
  post_id    TEXT NOT NULL UNIQUE REFERENCES post (id),
  by_post    TEXT REFERENCES post (id),
  reading_id TEXT NOT NULL REFERENCES reading (id)
) STRICT;
CREATE INDEX earlier_post_by_post ON earlier_post (by_post) WHERE by_post IS NOT NULL;
