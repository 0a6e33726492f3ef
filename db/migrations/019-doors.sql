-- Sessions of personas say which of them they are; how fast pages are asked for; the trail of what was visited.

-- The event that kept it: whoever puts a session in its place says which one it took out.
ALTER TABLE persona_session ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

-- JSON; null: no limits. A projection.
ALTER TABLE persona ADD COLUMN pace TEXT DEFAULT '{"betweenPages":8,"pagesAnHour":120,"betweenSteps":2}';

-- When pages were asked for under a persona, or are to be: those of the last hour and those to come. Kept, not projected.
CREATE TABLE persona_turn (
  persona_id TEXT NOT NULL,
  at         TEXT NOT NULL
) STRICT;
CREATE INDEX persona_turn_by_persona ON persona_turn (persona_id, at);

-- Pages that were visited under a persona. No evidence: lines can be deleted. Only in an encrypted archive. Kept, not
-- projected.
CREATE TABLE trail (
  id         INTEGER PRIMARY KEY,
  persona_id TEXT NOT NULL,
  at         TEXT NOT NULL,
  url        TEXT NOT NULL,
  referrer   TEXT,
  sha256     TEXT,
  door       TEXT NOT NULL CHECK (door IN ('view', 'own-browser'))
) STRICT;
CREATE INDEX trail_by_persona ON trail (persona_id, id);
