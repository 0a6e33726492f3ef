-- The custody log as a Merkle tree (RFC 6962): the hashes of the leaves stand in `event`, those above them here.
-- Nodes and head follow from the leaves and are made anew by a rebuild; keys and checkpoints follow from nothing.

-- The hash over the leaves from number `n * 2 ^ level` to before `(n + 1) * 2 ^ level`: written once, when the last is there.
CREATE TABLE log_node (
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 52),
  n     INTEGER NOT NULL CHECK (n >= 0),
  hash  BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER log_node_no_update BEFORE UPDATE ON log_node BEGIN SELECT raise(ABORT, 'append-only: log_node'); END;
CREATE TRIGGER log_node_no_delete BEFORE DELETE ON log_node BEGIN SELECT raise(ABORT, 'append-only: log_node'); END;

-- Size and root of the tree; no row before the first leaf.
CREATE TABLE log_head (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  size INTEGER NOT NULL CHECK (size >= 1),
  root BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;
CREATE TRIGGER log_head_first BEFORE INSERT ON log_head WHEN new.size <> 1
  BEGIN SELECT raise(ABORT, 'append-only: log_head does not begin with one leaf'); END;
CREATE TRIGGER log_head_next BEFORE UPDATE ON log_head WHEN new.size <> old.size + 1
  BEGIN SELECT raise(ABORT, 'append-only: log_head moves by one leaf'); END;
CREATE TRIGGER log_head_no_delete BEFORE DELETE ON log_head BEGIN SELECT raise(ABORT, 'append-only: log_head'); END;

-- The log's own keys (Ed25519). Each holds from the event `log.started` that names it; the newest one signs.
CREATE TABLE log_key (
  event_seq INTEGER PRIMARY KEY REFERENCES event (seq),
  origin    TEXT NOT NULL UNIQUE,
  vkey      TEXT NOT NULL UNIQUE,
  pkcs8     BLOB NOT NULL
) STRICT;
CREATE TRIGGER log_key_no_update BEFORE UPDATE ON log_key BEGIN SELECT raise(ABORT, 'append-only: log_key'); END;
CREATE TRIGGER log_key_no_delete BEFORE DELETE ON log_key BEGIN SELECT raise(ABORT, 'append-only: log_key'); END;

-- Signed heads, as signed.
CREATE TABLE log_checkpoint (
  size    INTEGER PRIMARY KEY CHECK (size >= 1),
  origin  TEXT NOT NULL REFERENCES log_key (origin),
  root    BLOB NOT NULL CHECK (length(root) = 32),
  note    BLOB NOT NULL,
  made_at TEXT NOT NULL
) STRICT;
CREATE TRIGGER log_checkpoint_newer BEFORE INSERT ON log_checkpoint
  WHEN new.size <= (SELECT coalesce(max(size), 0) FROM log_checkpoint)
  BEGIN SELECT raise(ABORT, 'append-only: log_checkpoint is not newer than the last'); END;
CREATE TRIGGER log_checkpoint_no_update BEFORE UPDATE ON log_checkpoint BEGIN SELECT raise(ABORT, 'append-only: log_checkpoint'); END;
CREATE TRIGGER log_checkpoint_no_delete BEFORE DELETE ON log_checkpoint BEGIN SELECT raise(ABORT, 'append-only: log_checkpoint'); END;

-- The custody log by kind, and by the session in which an act was done.
CREATE INDEX event_by_kind ON event (kind);
CREATE INDEX event_by_session ON event (json_extract(CAST(document AS TEXT), '$.session'));
