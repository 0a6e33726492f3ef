-- Generated from db/migrations by `node db/dump-schema.ts`; not to be edited.

CREATE TRIGGER archive_info_no_delete BEFORE DELETE ON archive_info BEGIN SELECT raise(ABORT, 'append-only: archive_info'); END;

CREATE TRIGGER archive_info_no_update BEFORE UPDATE ON archive_info BEGIN SELECT raise(ABORT, 'append-only: archive_info'); END;

CREATE TABLE archive_info (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  archive_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  encrypted  INTEGER NOT NULL CHECK (encrypted IN (0, 1))
) STRICT;

CREATE TRIGGER artifact_no_delete BEFORE DELETE ON artifact
  WHEN EXISTS (SELECT 1 FROM capture WHERE id = old.capture_id)
  BEGIN SELECT raise(ABORT, 'append-only: artifact'); END;

CREATE TRIGGER artifact_no_update BEFORE UPDATE ON artifact BEGIN SELECT raise(ABORT, 'append-only: artifact'); END;

CREATE TABLE "artifact" (
  capture_id TEXT NOT NULL REFERENCES capture (id),
  n          INTEGER NOT NULL,
  role       TEXT NOT NULL,
  sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
  size       INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  name       TEXT,
  PRIMARY KEY (capture_id, n)
) STRICT;

CREATE INDEX artifact_by_sha256 ON artifact (sha256);

CREATE TRIGGER backup_no_delete BEFORE DELETE ON backup BEGIN SELECT raise(ABORT, 'append-only: backup'); END;

CREATE TRIGGER backup_no_update BEFORE UPDATE ON backup BEGIN SELECT raise(ABORT, 'append-only: backup'); END;

CREATE TABLE backup (
  event_seq INTEGER PRIMARY KEY REFERENCES event (seq),
  time      TEXT NOT NULL,
  sha256    TEXT NOT NULL,
  size      INTEGER NOT NULL CHECK (size >= 0),
  leaves    INTEGER NOT NULL CHECK (leaves >= 0),
  leaf_hash TEXT
) STRICT;

CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch BEGIN SELECT raise(ABORT, 'append-only: batch'); END;

CREATE TRIGGER batch_no_update BEFORE UPDATE OF event_seq, id, name, addresses, session_id, time ON batch
  BEGIN SELECT raise(ABORT, 'append-only: batch'); END;

CREATE TABLE batch (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  id         TEXT NOT NULL UNIQUE,
  name       TEXT,
  addresses  INTEGER NOT NULL CHECK (addresses > 0),
  ended_seq  INTEGER REFERENCES event (seq),
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL
) STRICT;

CREATE TRIGGER batch_address_no_delete BEFORE DELETE ON batch_address
  BEGIN SELECT raise(ABORT, 'append-only: batch_address'); END;

CREATE TRIGGER batch_address_no_update BEFORE UPDATE OF batch_id, n, url ON batch_address
  BEGIN SELECT raise(ABORT, 'append-only: batch_address'); END;

CREATE TABLE "batch_address" (
  batch_id   TEXT NOT NULL REFERENCES batch (id),
  n          INTEGER NOT NULL CHECK (n >= 0),
  url        TEXT NOT NULL,
  outcome    TEXT CHECK (outcome IN ('complete', 'incomplete', 'failed', 'interrupted')),
  -- Of a capture, or of one that was purged.
  capture_id TEXT,
  tries      INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  PRIMARY KEY (batch_id, n),
  CHECK ((outcome IS NULL) = (capture_id IS NULL)),
  CHECK ((outcome IS NULL) = (tries = 0))
) STRICT;

CREATE INDEX batch_address_by_outcome ON batch_address (batch_id, outcome);

CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob
  WHEN old.sha256 IS NOT NULL AND old.id NOT IN (SELECT blob_id FROM purging_blob)
  BEGIN SELECT raise(ABORT, 'append-only: blob'); END;

CREATE TRIGGER blob_no_update BEFORE UPDATE ON blob WHEN old.sha256 IS NOT NULL BEGIN SELECT raise(ABORT, 'append-only: blob'); END;

CREATE TABLE blob (
  id         INTEGER PRIMARY KEY,
  sha256     BLOB UNIQUE CHECK (sha256 IS NULL OR length(sha256) = 32),
  size       INTEGER CHECK (size IS NULL OR size >= 0),
  media_type TEXT,
  holder     TEXT,
  CHECK ((sha256 IS NULL) = (size IS NULL)),
  CHECK ((sha256 IS NULL) = (media_type IS NULL)),
  CHECK ((sha256 IS NULL) = (holder IS NOT NULL))
) STRICT;

CREATE TRIGGER blob_chunk_no_delete BEFORE DELETE ON blob_chunk
  WHEN (SELECT sha256 FROM blob WHERE id = old.blob_id) IS NOT NULL
    AND old.blob_id NOT IN (SELECT blob_id FROM purging_blob)
  BEGIN SELECT raise(ABORT, 'append-only: blob_chunk'); END;

CREATE TRIGGER blob_chunk_no_insert BEFORE INSERT ON blob_chunk
  WHEN (SELECT sha256 FROM blob WHERE id = new.blob_id) IS NOT NULL
  BEGIN SELECT raise(ABORT, 'append-only: blob_chunk'); END;

CREATE TRIGGER blob_chunk_no_update BEFORE UPDATE ON blob_chunk BEGIN SELECT raise(ABORT, 'append-only: blob_chunk'); END;

CREATE TABLE blob_chunk (
  blob_id INTEGER NOT NULL REFERENCES blob (id),
  n       INTEGER NOT NULL CHECK (n >= 0),
  bytes   BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
  PRIMARY KEY (blob_id, n)
) STRICT;

CREATE TRIGGER blob_part_no_delete BEFORE DELETE ON blob_part WHEN old.blob_id NOT IN (SELECT blob_id FROM purging_blob)
  BEGIN SELECT raise(ABORT, 'append-only: blob_part'); END;

CREATE TRIGGER blob_part_no_update BEFORE UPDATE ON blob_part BEGIN SELECT raise(ABORT, 'append-only: blob_part'); END;

CREATE TABLE blob_part (
  sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
  blob_id    INTEGER NOT NULL REFERENCES blob (id),
  offset     INTEGER NOT NULL CHECK (offset >= 0),
  size       INTEGER NOT NULL CHECK (size >= 0),
  media_type TEXT NOT NULL,
  PRIMARY KEY (sha256, blob_id, offset)
) STRICT;

CREATE TRIGGER bundle_no_delete BEFORE DELETE ON bundle BEGIN SELECT raise(ABORT, 'append-only: bundle'); END;

CREATE TRIGGER bundle_no_update BEFORE UPDATE ON bundle BEGIN SELECT raise(ABORT, 'append-only: bundle'); END;

CREATE TABLE bundle (
  id           TEXT PRIMARY KEY,
  sha256       TEXT NOT NULL,
  size         INTEGER NOT NULL,
  tag_manifest TEXT NOT NULL,
  signer       TEXT NOT NULL,
  captures     TEXT NOT NULL,
  event_seq    INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;

CREATE TRIGGER capture_no_delete BEFORE DELETE ON capture
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: capture'); END;

CREATE TRIGGER capture_no_update BEFORE UPDATE ON capture BEGIN SELECT raise(ABORT, 'append-only: capture'); END;

CREATE TABLE capture (
  id             TEXT PRIMARY KEY,
  method         TEXT NOT NULL,
  format         TEXT NOT NULL,
  source_name    TEXT NOT NULL,
  url            TEXT,
  saved_at       TEXT,
  received_at    TEXT NOT NULL,
  records        TEXT NOT NULL,
  exchange_count INTEGER NOT NULL,
  warnings       TEXT NOT NULL,
  session_id     TEXT NOT NULL REFERENCES session (id),
  event_seq      INTEGER NOT NULL UNIQUE REFERENCES event (seq)
, verdict TEXT CHECK (verdict IS NULL OR verdict IN ('complete', 'incomplete', 'failed')), reasons TEXT NOT NULL DEFAULT '[]', recording TEXT, origin TEXT) STRICT;

CREATE INDEX capture_by_origin ON capture (json_extract(origin, '$.capture')) WHERE origin IS NOT NULL;

CREATE TRIGGER case_file_named_later BEFORE UPDATE ON case_file
  WHEN new.named_seq IS NULL OR new.named_seq <= coalesce(old.named_seq, old.event_seq)
    OR new.id IS NOT old.id OR new.session_id IS NOT old.session_id OR new.time IS NOT old.time
    OR new.event_seq IS NOT old.event_seq
  BEGIN SELECT raise(ABORT, 'append-only: case_file'); END;

CREATE TRIGGER case_file_no_delete BEFORE DELETE ON case_file BEGIN SELECT raise(ABORT, 'append-only: case_file'); END;

CREATE TABLE case_file (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  time_zone  TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL,
  event_seq  INTEGER NOT NULL UNIQUE REFERENCES event (seq)
, named_seq INTEGER REFERENCES event (seq)) STRICT;

CREATE TRIGGER clause_no_delete BEFORE DELETE ON clause BEGIN SELECT raise(ABORT, 'append-only: clause'); END;

CREATE TRIGGER clause_no_update BEFORE UPDATE ON clause BEGIN SELECT raise(ABORT, 'append-only: clause'); END;

CREATE TABLE clause (
  id        TEXT PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE,
  platform  TEXT NOT NULL,
  policy    TEXT NOT NULL,
  title     TEXT NOT NULL,
  role      TEXT NOT NULL CHECK (role IN ('prohibition', 'definition', 'exception', 'sanction')),
  url       TEXT NOT NULL,
  summary   TEXT NOT NULL,
  pack      TEXT NOT NULL,
  event_seq INTEGER NOT NULL REFERENCES event (seq)
) STRICT;

CREATE TRIGGER clause_correction_no_delete BEFORE DELETE ON clause_correction BEGIN SELECT raise(ABORT, 'append-only: clause_correction'); END;

CREATE TRIGGER clause_correction_no_update BEFORE UPDATE ON clause_correction BEGIN SELECT raise(ABORT, 'append-only: clause_correction'); END;

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

CREATE TRIGGER clause_link_no_delete BEFORE DELETE ON clause_link BEGIN SELECT raise(ABORT, 'append-only: clause_link'); END;

CREATE TRIGGER clause_link_no_update BEFORE UPDATE ON clause_link BEGIN SELECT raise(ABORT, 'append-only: clause_link'); END;

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

CREATE TRIGGER coding_no_delete BEFORE DELETE ON coding BEGIN SELECT raise(ABORT, 'append-only: coding'); END;

CREATE TRIGGER coding_no_update BEFORE UPDATE ON coding BEGIN SELECT raise(ABORT, 'append-only: coding'); END;

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

CREATE TRIGGER coding_post_no_delete BEFORE DELETE ON coding_post WHEN EXISTS (SELECT 1 FROM post WHERE id = old.post_id)
  BEGIN SELECT raise(ABORT, 'append-only: coding_post'); END;

CREATE TRIGGER coding_post_no_update BEFORE UPDATE ON coding_post BEGIN SELECT raise(ABORT, 'append-only: coding_post'); END;

CREATE TABLE coding_post (
  coding_id TEXT NOT NULL REFERENCES coding (id),
  n         INTEGER NOT NULL CHECK (n >= 0),
  post_id   TEXT NOT NULL REFERENCES post (id),
  PRIMARY KEY (coding_id, n),
  UNIQUE (coding_id, post_id)
) STRICT;

CREATE INDEX coding_post_by_post ON coding_post (post_id);

CREATE TABLE earlier_post (
  n          INTEGER PRIMARY KEY REFERENCES post (n),
  post_id    TEXT NOT NULL UNIQUE REFERENCES post (id),
  by_post    TEXT REFERENCES post (id),
  reading_id TEXT NOT NULL REFERENCES reading (id)
) STRICT;

CREATE INDEX earlier_post_by_post ON earlier_post (by_post) WHERE by_post IS NOT NULL;

CREATE TRIGGER event_next BEFORE INSERT ON event
  WHEN new.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM event)
  BEGIN SELECT raise(ABORT, 'append-only: event out of sequence'); END;

CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'append-only: event'); END;

CREATE TRIGGER event_no_update BEFORE UPDATE ON event
  WHEN new.document IS NOT NULL
    OR (new.seq, new.id, new.kind, new.time, new.leaf, new.leaf_hash)
      IS NOT (old.seq, old.id, old.kind, old.time, old.leaf, old.leaf_hash)
    OR NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.seq)
  BEGIN SELECT raise(ABORT, 'append-only: event'); END;

CREATE TABLE "event" (
  seq       INTEGER PRIMARY KEY CHECK (seq >= 0),
  id        TEXT NOT NULL UNIQUE,
  kind      TEXT NOT NULL,
  time      TEXT NOT NULL,
  document  BLOB,
  salt      BLOB CHECK (salt IS NULL OR length(salt) = 32),
  leaf      BLOB NOT NULL,
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
  CHECK ((document IS NULL) = (salt IS NULL))
) STRICT;

CREATE INDEX event_by_kind ON event (kind);

CREATE INDEX event_by_session ON event (json_extract(CAST(document AS TEXT), '$.session'));

CREATE TRIGGER exchange_no_delete BEFORE DELETE ON exchange
  WHEN NOT EXISTS (SELECT 1 FROM purged_capture AS c JOIN purging AS p ON p.by_seq = c.by_seq WHERE c.capture_id = old.capture_id)
  BEGIN SELECT raise(ABORT, 'append-only: exchange'); END;

CREATE TRIGGER exchange_no_update BEFORE UPDATE ON exchange BEGIN SELECT raise(ABORT, 'append-only: exchange'); END;

CREATE TABLE exchange (
  capture_id TEXT NOT NULL,
  n          INTEGER NOT NULL,
  url        TEXT NOT NULL,
  method     TEXT NOT NULL,
  status     INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  resource   TEXT NOT NULL,
  origin     TEXT NOT NULL,
  started_at TEXT NOT NULL,
  body       TEXT NOT NULL CHECK (body IN ('whole', 'truncated', 'failed', 'none')),
  sha256     BLOB CHECK (sha256 IS NULL OR length(sha256) = 32),
  size       INTEGER NOT NULL,
  PRIMARY KEY (capture_id, n)
) STRICT;

CREATE INDEX exchange_by_url ON exchange (capture_id, url);

CREATE TRIGGER exhibit_no_delete BEFORE DELETE ON exhibit BEGIN SELECT raise(ABORT, 'append-only: exhibit'); END;

CREATE TRIGGER exhibit_number_stays BEFORE UPDATE ON exhibit
  WHEN (old.removed_seq IS NOT NULL AND (
      new.removed_seq IS NOT old.removed_seq OR new.note IS NOT NULL OR NOT EXISTS (SELECT 1 FROM purging)))
    OR new.id IS NOT old.id OR new.case_id IS NOT old.case_id OR new.number IS NOT old.number
    OR new.capture_id IS NOT old.capture_id OR new.post_id IS NOT old.post_id
    OR (new.label_seq IS old.label_seq AND new.label IS NOT old.label)
    OR (new.label_seq IS NOT old.label_seq AND (
      new.label_seq IS NULL OR new.label_seq <= coalesce(old.label_seq, old.event_seq)))
  BEGIN SELECT raise(ABORT, 'append-only: exhibit'); END;

CREATE TABLE "exhibit" (
  id          TEXT PRIMARY KEY,
  case_id     TEXT NOT NULL REFERENCES case_file (id),
  number      INTEGER NOT NULL CHECK (number >= 1),
  -- Its place in the order of the case, from 0, without gaps; null: it was removed.
  place       INTEGER,
  -- Of a capture, or of one that was purged.
  capture_id  TEXT NOT NULL,
  -- Null: the capture as a whole.
  post_id     TEXT,
  label       TEXT,
  note        TEXT,
  session_id  TEXT NOT NULL REFERENCES session (id),
  time        TEXT NOT NULL,
  event_seq   INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  -- The events that noted and that removed it last.
  note_seq    INTEGER REFERENCES event (seq),
  removed_seq INTEGER REFERENCES event (seq),
  because     TEXT, label_seq INTEGER REFERENCES event (seq),
  UNIQUE (case_id, number),
  CHECK ((place IS NULL) = (removed_seq IS NOT NULL))
) STRICT;

CREATE INDEX exhibit_by_capture ON exhibit (capture_id);

CREATE INDEX exhibit_by_place ON exhibit (case_id, place);

CREATE UNIQUE INDEX exhibit_once ON exhibit (case_id, coalesce(post_id, capture_id)) WHERE removed_seq IS NULL;

CREATE TRIGGER foreign_log_no_delete BEFORE DELETE ON foreign_log BEGIN SELECT raise(ABORT, 'append-only: foreign_log'); END;

CREATE TRIGGER foreign_log_no_update BEFORE UPDATE ON foreign_log BEGIN SELECT raise(ABORT, 'append-only: foreign_log'); END;

CREATE TABLE foreign_log (
  origin    TEXT NOT NULL,
  size      INTEGER NOT NULL CHECK (size >= 1),
  root      TEXT NOT NULL CHECK (length(root) = 64),
  vkey      TEXT NOT NULL,
  note      TEXT NOT NULL,
  bundle    TEXT NOT NULL,
  event_seq INTEGER NOT NULL REFERENCES event (seq),
  PRIMARY KEY (vkey, size)
) STRICT;

CREATE INDEX foreign_log_by_origin ON foreign_log (origin);

CREATE TRIGGER imported_bundle_no_delete BEFORE DELETE ON imported_bundle BEGIN SELECT raise(ABORT, 'append-only: imported_bundle'); END;

CREATE TRIGGER imported_bundle_no_update BEFORE UPDATE ON imported_bundle BEGIN SELECT raise(ABORT, 'append-only: imported_bundle'); END;

CREATE TABLE "imported_bundle" (
  event_seq INTEGER PRIMARY KEY REFERENCES event (seq),
  id        TEXT NOT NULL,
  archive   TEXT NOT NULL,
  -- Of a capture, or of one that was purged.
  capture   TEXT NOT NULL,
  sha256    TEXT NOT NULL UNIQUE,
  signer    TEXT NOT NULL,
  verdict   TEXT NOT NULL CHECK (verdict IN ('trusted', 'consistent'))
) STRICT;

CREATE TRIGGER judgement_no_delete BEFORE DELETE ON judgement
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: judgement'); END;

CREATE TRIGGER judgement_no_update BEFORE UPDATE OF event_seq, tag_id, post_id, person, coding_id, version_id, part
  ON judgement BEGIN SELECT raise(ABORT, 'append-only: judgement'); END;

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

CREATE INDEX judgement_by_version ON judgement (version_id, part) WHERE version_id IS NOT NULL;

CREATE INDEX judgement_in_coding ON judgement (coding_id, person, post_id) WHERE coding_id IS NOT NULL;

CREATE TABLE lease (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  holder TEXT NOT NULL,
  pid    INTEGER NOT NULL,
  boot   TEXT NOT NULL,
  since  TEXT NOT NULL
) STRICT;

CREATE TRIGGER legal_hold_lifted_once BEFORE UPDATE ON legal_hold WHEN old.lifted_seq IS NOT NULL
  BEGIN SELECT raise(ABORT, 'append-only: legal_hold'); END;

CREATE TRIGGER legal_hold_no_delete BEFORE DELETE ON legal_hold BEGIN SELECT raise(ABORT, 'append-only: legal_hold'); END;

CREATE TRIGGER legal_hold_no_update BEFORE UPDATE OF event_seq, capture_id, because, session_id, time ON legal_hold
  BEGIN SELECT raise(ABORT, 'append-only: legal_hold'); END;

CREATE TABLE legal_hold (
  event_seq      INTEGER PRIMARY KEY REFERENCES event (seq),
  capture_id     TEXT NOT NULL,
  because        TEXT NOT NULL,
  session_id     TEXT NOT NULL REFERENCES session (id),
  time           TEXT NOT NULL,
  lifted_seq     INTEGER REFERENCES event (seq),
  lifted_because TEXT,
  CHECK ((lifted_seq IS NULL) = (lifted_because IS NULL))
) STRICT;

CREATE UNIQUE INDEX legal_hold_in_force ON legal_hold (capture_id) WHERE lifted_seq IS NULL;

CREATE TRIGGER log_checkpoint_newer BEFORE INSERT ON log_checkpoint
  WHEN new.size <= (SELECT coalesce(max(size), 0) FROM log_checkpoint)
  BEGIN SELECT raise(ABORT, 'append-only: log_checkpoint is not newer than the last'); END;

CREATE TRIGGER log_checkpoint_no_delete BEFORE DELETE ON log_checkpoint BEGIN SELECT raise(ABORT, 'append-only: log_checkpoint'); END;

CREATE TRIGGER log_checkpoint_no_update BEFORE UPDATE ON log_checkpoint BEGIN SELECT raise(ABORT, 'append-only: log_checkpoint'); END;

CREATE TABLE log_checkpoint (
  size    INTEGER PRIMARY KEY CHECK (size >= 1),
  origin  TEXT NOT NULL REFERENCES log_key (origin),
  root    BLOB NOT NULL CHECK (length(root) = 32),
  note    BLOB NOT NULL,
  made_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER log_head_first BEFORE INSERT ON log_head WHEN new.size <> 1
  BEGIN SELECT raise(ABORT, 'append-only: log_head does not begin with one leaf'); END;

CREATE TRIGGER log_head_next BEFORE UPDATE ON log_head WHEN new.size <> old.size + 1
  BEGIN SELECT raise(ABORT, 'append-only: log_head moves by one leaf'); END;

CREATE TRIGGER log_head_no_delete BEFORE DELETE ON log_head BEGIN SELECT raise(ABORT, 'append-only: log_head'); END;

CREATE TABLE log_head (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  size INTEGER NOT NULL CHECK (size >= 1),
  root BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;

CREATE TRIGGER log_key_no_delete BEFORE DELETE ON log_key BEGIN SELECT raise(ABORT, 'append-only: log_key'); END;

CREATE TRIGGER log_key_no_update BEFORE UPDATE ON log_key BEGIN SELECT raise(ABORT, 'append-only: log_key'); END;

CREATE TABLE log_key (
  event_seq INTEGER PRIMARY KEY REFERENCES event (seq),
  origin    TEXT NOT NULL UNIQUE,
  vkey      TEXT NOT NULL UNIQUE,
  pkcs8     BLOB NOT NULL
) STRICT;

CREATE TRIGGER log_node_no_delete BEFORE DELETE ON log_node BEGIN SELECT raise(ABORT, 'append-only: log_node'); END;

CREATE TRIGGER log_node_no_update BEFORE UPDATE ON log_node BEGIN SELECT raise(ABORT, 'append-only: log_node'); END;

CREATE TABLE log_node (
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 52),
  n     INTEGER NOT NULL CHECK (n >= 0),
  hash  BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE machine_setting (
  machine TEXT NOT NULL CHECK (length(machine) = 64),
  name    TEXT NOT NULL CHECK (name IN ('identity-path')),
  value   TEXT NOT NULL,
  PRIMARY KEY (machine, name)
) STRICT;

CREATE TABLE palette_slot (
  slot       TEXT PRIMARY KEY,
  clause_key TEXT NOT NULL,
  event_seq  INTEGER NOT NULL REFERENCES event (seq)
) STRICT;

CREATE TRIGGER persona_no_delete BEFORE DELETE ON persona BEGIN SELECT raise(ABORT, 'append-only: persona'); END;

CREATE TRIGGER persona_retired_once BEFORE UPDATE ON persona WHEN old.retired_seq IS NOT NULL
  BEGIN SELECT raise(ABORT, 'append-only: persona'); END;

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
, pace TEXT DEFAULT '{"betweenPages":8,"pagesAnHour":120,"betweenSteps":2}') STRICT;

CREATE UNIQUE INDEX persona_by_name ON persona (name) WHERE retired_seq IS NULL;

CREATE TABLE persona_session (
  persona_id TEXT PRIMARY KEY,
  kept_at    TEXT NOT NULL,
  state      BLOB NOT NULL
, version INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE persona_turn (
  persona_id TEXT NOT NULL,
  at         TEXT NOT NULL
) STRICT;

CREATE INDEX persona_turn_by_persona ON persona_turn (persona_id, at);

CREATE TRIGGER persona_use_no_delete BEFORE DELETE ON persona_use
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: persona_use'); END;

CREATE TRIGGER persona_use_no_update BEFORE UPDATE ON persona_use BEGIN SELECT raise(ABORT, 'append-only: persona_use'); END;

CREATE TABLE persona_use (
  capture_id TEXT PRIMARY KEY REFERENCES capture (id),
  persona_id TEXT NOT NULL REFERENCES persona (id),
  -- As it was then.
  name       TEXT NOT NULL,
  event_seq  INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;

CREATE INDEX persona_use_by_persona ON persona_use (persona_id);

CREATE TRIGGER phrase_no_delete BEFORE DELETE ON phrase BEGIN SELECT raise(ABORT, 'append-only: phrase'); END;

CREATE TRIGGER phrase_no_update BEFORE UPDATE OF event_seq, id, text, clause_key ON phrase
  BEGIN SELECT raise(ABORT, 'append-only: phrase'); END;

CREATE TRIGGER phrase_removed_once BEFORE UPDATE OF removed_seq ON phrase WHEN old.removed_seq IS NOT NULL
  BEGIN SELECT raise(ABORT, 'append-only: phrase'); END;

CREATE TABLE phrase (
  event_seq   INTEGER PRIMARY KEY REFERENCES event (seq),
  id          TEXT NOT NULL UNIQUE,
  text        TEXT NOT NULL,
  clause_key  TEXT NOT NULL,
  removed_seq INTEGER REFERENCES event (seq)
) STRICT;

CREATE TRIGGER policy_no_delete BEFORE DELETE ON policy BEGIN SELECT raise(ABORT, 'append-only: policy'); END;

CREATE TRIGGER policy_no_update BEFORE UPDATE ON policy BEGIN SELECT raise(ABORT, 'append-only: policy'); END;

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

CREATE TRIGGER policy_part_no_delete BEFORE DELETE ON policy_part BEGIN SELECT raise(ABORT, 'append-only: policy_part'); END;

CREATE TRIGGER policy_part_no_update BEFORE UPDATE ON policy_part BEGIN SELECT raise(ABORT, 'append-only: policy_part'); END;

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

CREATE TRIGGER policy_version_no_delete BEFORE DELETE ON policy_version BEGIN SELECT raise(ABORT, 'append-only: policy_version'); END;

CREATE TRIGGER policy_version_no_update BEFORE UPDATE ON policy_version BEGIN SELECT raise(ABORT, 'append-only: policy_version'); END;

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

CREATE TRIGGER post_no_delete BEFORE DELETE ON post WHEN EXISTS (SELECT 1 FROM reading WHERE id = old.reading_id)
  BEGIN SELECT raise(ABORT, 'append-only: post'); END;

CREATE TRIGGER post_no_update BEFORE UPDATE ON post BEGIN SELECT raise(ABORT, 'append-only: post'); END;

CREATE TABLE post (
  n                INTEGER PRIMARY KEY,
  id               TEXT NOT NULL UNIQUE REFERENCES post_record (post_id),
  reading_id       TEXT NOT NULL REFERENCES reading (id),
  capture_id       TEXT NOT NULL REFERENCES capture (id),
  platform         TEXT,
  platform_id      TEXT,
  handle           TEXT,
  author_name      TEXT,
  posted_at        TEXT,
  posted_precision TEXT,
  title            TEXT,
  preview          TEXT NOT NULL,
  language         TEXT,
  direction        TEXT,
  media_count      INTEGER NOT NULL
) STRICT;

CREATE INDEX post_by_capture ON post (capture_id);

CREATE INDEX post_by_platform_id ON post (platform, platform_id) WHERE platform_id IS NOT NULL;

CREATE TRIGGER post_check_no_delete BEFORE DELETE ON post_check
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: post_check'); END;

CREATE TRIGGER post_check_no_update BEFORE UPDATE ON post_check BEGIN SELECT raise(ABORT, 'append-only: post_check'); END;

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

CREATE INDEX post_check_by_compared ON post_check (compared_with) WHERE compared_with IS NOT NULL;

CREATE INDEX post_check_by_name ON post_check (platform_id, platform) WHERE platform_id IS NOT NULL;

CREATE INDEX post_check_by_post ON post_check (post_id) WHERE post_id IS NOT NULL;

CREATE INDEX post_check_by_read ON post_check (read_id) WHERE read_id IS NOT NULL;

CREATE INDEX post_check_by_subject ON post_check (coalesce(post_id, compared_with, url));

CREATE TRIGGER post_gap_no_delete BEFORE DELETE ON post_gap BEGIN SELECT raise(ABORT, 'append-only: post_gap'); END;

CREATE TRIGGER post_gap_no_update BEFORE UPDATE ON post_gap BEGIN SELECT raise(ABORT, 'append-only: post_gap'); END;

CREATE TABLE post_gap (
  reading_seq INTEGER PRIMARY KEY REFERENCES event (seq),
  first_n     INTEGER NOT NULL CHECK (first_n >= 1),
  last_n      INTEGER NOT NULL CHECK (last_n >= first_n)
) STRICT;

CREATE INDEX post_gap_by_last ON post_gap (last_n);

CREATE TRIGGER post_record_no_delete BEFORE DELETE ON post_record
  WHEN EXISTS (SELECT 1 FROM post WHERE id = old.post_id) OR NOT EXISTS (SELECT 1 FROM purging)
  BEGIN SELECT raise(ABORT, 'append-only: post_record'); END;

CREATE TRIGGER post_record_no_update BEFORE UPDATE ON post_record BEGIN SELECT raise(ABORT, 'append-only: post_record'); END;

CREATE TABLE post_record (
  post_id    TEXT PRIMARY KEY,
  reading_id TEXT NOT NULL,
  n          INTEGER NOT NULL CHECK (n >= 0),
  content    BLOB NOT NULL,
  salt       BLOB NOT NULL CHECK (length(salt) = 32),
  root       BLOB NOT NULL CHECK (length(root) = 32),
  UNIQUE (reading_id, n)
) STRICT;

CREATE TRIGGER printed_report_no_delete BEFORE DELETE ON printed_report
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: printed_report'); END;

CREATE TRIGGER printed_report_no_update BEFORE UPDATE ON printed_report BEGIN SELECT raise(ABORT, 'append-only: printed_report'); END;

CREATE TABLE printed_report (
  report    TEXT PRIMARY KEY,
  sha256    BLOB NOT NULL CHECK (length(sha256) = 32),
  size      INTEGER NOT NULL,
  engine    TEXT NOT NULL,
  event_seq INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;

CREATE TRIGGER purge_no_delete BEFORE DELETE ON purge BEGIN SELECT raise(ABORT, 'append-only: purge'); END;

CREATE TRIGGER purge_no_update BEFORE UPDATE ON purge BEGIN SELECT raise(ABORT, 'append-only: purge'); END;

CREATE TABLE purge (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  capture_id TEXT NOT NULL,
  cause      TEXT NOT NULL CHECK (cause IN ('purged', 'stopped')),
  because    TEXT NOT NULL,
  authority  TEXT,
  address    TEXT,
  started_at TEXT,
  -- JSON, as the event has it.
  destroyed  TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL,
  CHECK (cause = 'stopped' OR authority IS NOT NULL)
) STRICT;

CREATE TABLE purge_cleaning (by_seq INTEGER PRIMARY KEY REFERENCES event (seq)) STRICT;

CREATE TRIGGER purged_capture_named BEFORE INSERT ON purged_capture WHEN new.by_seq NOT IN (SELECT by_seq FROM purging)
  BEGIN SELECT raise(ABORT, 'append-only: purged_capture'); END;

CREATE TRIGGER purged_capture_no_delete BEFORE DELETE ON purged_capture BEGIN SELECT raise(ABORT, 'append-only: purged_capture'); END;

CREATE TRIGGER purged_capture_no_update BEFORE UPDATE ON purged_capture BEGIN SELECT raise(ABORT, 'append-only: purged_capture'); END;

CREATE TABLE purged_capture (
  capture_id TEXT PRIMARY KEY,
  by_seq     INTEGER NOT NULL REFERENCES purge (event_seq),
  place      TEXT NOT NULL CHECK (place IN ('here', 'elsewhere'))
) STRICT;

CREATE TRIGGER purged_event_named BEFORE INSERT ON purged_event WHEN new.by_seq NOT IN (SELECT by_seq FROM purging)
  BEGIN SELECT raise(ABORT, 'append-only: purged_event'); END;

CREATE TRIGGER purged_event_no_delete BEFORE DELETE ON purged_event BEGIN SELECT raise(ABORT, 'append-only: purged_event'); END;

CREATE TRIGGER purged_event_no_update BEFORE UPDATE ON purged_event BEGIN SELECT raise(ABORT, 'append-only: purged_event'); END;

CREATE TABLE purged_event (
  seq        INTEGER PRIMARY KEY REFERENCES event (seq),
  by_seq     INTEGER NOT NULL REFERENCES purge (event_seq),
  session_id TEXT NOT NULL REFERENCES session (id)
) STRICT;

CREATE INDEX purged_event_by_purge ON purged_event (by_seq);

CREATE TRIGGER purging_is_recorded BEFORE INSERT ON purging
  WHEN (SELECT kind FROM event WHERE seq = new.by_seq) IS NOT 'capture.purged'
  BEGIN SELECT raise(ABORT, 'append-only: no purge is recorded'); END;

CREATE TABLE purging (
  by_seq INTEGER PRIMARY KEY,
  never  INTEGER NOT NULL DEFAULT 0 CHECK (never = 0)
    REFERENCES archive_info (one) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER purging_blob_unused BEFORE INSERT ON purging_blob
  WHEN NOT EXISTS (SELECT 1 FROM purging) OR EXISTS (
    SELECT 1 FROM blob AS b WHERE b.id = new.blob_id AND (
      EXISTS (SELECT 1 FROM artifact AS a WHERE a.sha256 = b.sha256)
      OR EXISTS (SELECT 1 FROM policy_version AS v WHERE v.sha256 = b.sha256)
      OR EXISTS (SELECT 1 FROM printed_report AS r WHERE r.sha256 = b.sha256)))
  BEGIN SELECT raise(ABORT, 'append-only: blob is in use'); END;

CREATE TABLE purging_blob (
  blob_id INTEGER PRIMARY KEY,
  never   INTEGER NOT NULL DEFAULT 0 CHECK (never = 0)
    REFERENCES archive_info (one) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER reading_no_delete BEFORE DELETE ON reading
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: reading'); END;

CREATE TRIGGER reading_no_update BEFORE UPDATE ON reading BEGIN SELECT raise(ABORT, 'append-only: reading'); END;

CREATE TABLE reading (
  id             TEXT PRIMARY KEY,
  capture_id     TEXT NOT NULL REFERENCES capture (id),
  reader         TEXT NOT NULL,
  reader_version TEXT NOT NULL,
  posts          INTEGER NOT NULL,
  root           TEXT NOT NULL,
  notes          TEXT NOT NULL,
  session_id     TEXT NOT NULL REFERENCES session (id),
  event_seq      INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;

CREATE INDEX reading_by_capture ON reading (capture_id);

CREATE TABLE recorded_artifact (
  capture_id TEXT NOT NULL REFERENCES recording (capture_id),
  n          INTEGER NOT NULL,
  role       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  name       TEXT,
  blob_id    INTEGER NOT NULL REFERENCES blob (id),
  size       INTEGER NOT NULL,
  sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
  PRIMARY KEY (capture_id, n)
) STRICT;

CREATE INDEX recorded_artifact_by_blob ON recorded_artifact (blob_id);

CREATE TABLE recorded_exchange (
  capture_id TEXT NOT NULL REFERENCES recording (capture_id),
  n          INTEGER NOT NULL CHECK (n >= 0),
  start      TEXT NOT NULL,
  finish     TEXT,
  blob_id    INTEGER NOT NULL REFERENCES blob (id),
  size       INTEGER,
  sha256     BLOB CHECK (sha256 IS NULL OR length(sha256) = 32),
  PRIMARY KEY (capture_id, n)
) STRICT;

CREATE INDEX recorded_exchange_by_blob ON recorded_exchange (blob_id);

CREATE TABLE recorded_secret (
  capture_id TEXT NOT NULL REFERENCES recording (capture_id),
  secret     TEXT NOT NULL,
  PRIMARY KEY (capture_id, secret)
) STRICT;

CREATE TABLE recording (
  capture_id TEXT PRIMARY KEY,
  begin      TEXT NOT NULL,
  session_id TEXT NOT NULL,
  holder     TEXT NOT NULL
) STRICT;

CREATE TRIGGER redaction_lifted_once BEFORE UPDATE ON redaction WHEN old.lifted_seq IS NOT NULL
  BEGIN SELECT raise(ABORT, 'append-only: redaction'); END;

CREATE TRIGGER redaction_no_delete BEFORE DELETE ON redaction
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: redaction'); END;

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

CREATE TRIGGER report_filed_no_delete BEFORE DELETE ON report_filed
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: report_filed'); END;

CREATE TRIGGER report_filed_no_update BEFORE UPDATE ON report_filed BEGIN SELECT raise(ABORT, 'append-only: report_filed'); END;

CREATE TABLE report_filed (
  event_seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  id         TEXT NOT NULL UNIQUE,
  to_whom    TEXT NOT NULL,
  at         TEXT NOT NULL,
  bundle_id  TEXT REFERENCES bundle (id),
  note       TEXT,
  session_id TEXT NOT NULL REFERENCES session (id)
) STRICT;

CREATE TRIGGER report_post_no_delete BEFORE DELETE ON report_post
  WHEN EXISTS (SELECT 1 FROM post WHERE id = old.post_id)
    AND EXISTS (SELECT 1 FROM report_filed WHERE event_seq = old.report_seq)
  BEGIN SELECT raise(ABORT, 'append-only: report_post'); END;

CREATE TRIGGER report_post_no_update BEFORE UPDATE ON report_post BEGIN SELECT raise(ABORT, 'append-only: report_post'); END;

CREATE TABLE report_post (
  report_seq INTEGER NOT NULL REFERENCES report_filed (event_seq),
  n          INTEGER NOT NULL CHECK (n >= 0),
  post_id    TEXT NOT NULL REFERENCES post (id),
  PRIMARY KEY (report_seq, n)
) STRICT;

CREATE INDEX report_post_by_post ON report_post (post_id);

CREATE TRIGGER retention_no_delete BEFORE DELETE ON retention BEGIN SELECT raise(ABORT, 'append-only: retention'); END;

CREATE TABLE retention (
  capture_id TEXT PRIMARY KEY,
  until      TEXT,
  because    TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES session (id),
  time       TEXT NOT NULL,
  event_seq  INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;

CREATE INDEX retention_by_date ON retention (until) WHERE until IS NOT NULL;

CREATE TRIGGER review_no_delete BEFORE DELETE ON review
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: review'); END;

CREATE TRIGGER review_no_update BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'append-only: review'); END;

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

CREATE VIRTUAL TABLE search_index USING fts5 (
  text, content = 'search_text', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE 'search_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'search_index_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'search_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'search_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TRIGGER search_text_indexed AFTER INSERT ON search_text
  BEGIN INSERT INTO search_index (rowid, text) VALUES (new.n, new.text); END;

CREATE TABLE search_text (
  n    INTEGER PRIMARY KEY REFERENCES post (n),
  text TEXT NOT NULL
) STRICT;

CREATE TRIGGER session_no_delete BEFORE DELETE ON session BEGIN SELECT raise(ABORT, 'append-only: session'); END;

CREATE TRIGGER session_no_update BEFORE UPDATE ON session BEGIN SELECT raise(ABORT, 'append-only: session'); END;

CREATE TABLE session (
  id        TEXT PRIMARY KEY,
  actor     TEXT NOT NULL,
  signer    TEXT CHECK (signer IS NULL OR length(signer) = 64),
  opened_at TEXT NOT NULL,
  event_seq INTEGER NOT NULL REFERENCES event (seq)
) STRICT;

CREATE TRIGGER signer_no_delete BEFORE DELETE ON signer BEGIN SELECT raise(ABORT, 'append-only: signer'); END;

CREATE TRIGGER signer_no_update BEFORE UPDATE ON signer BEGIN SELECT raise(ABORT, 'append-only: signer'); END;

CREATE TABLE signer (
  id          TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE CHECK (length(fingerprint) = 64),
  certificate BLOB NOT NULL,
  chain       TEXT NOT NULL,
  label       TEXT NOT NULL,
  proven      INTEGER NOT NULL CHECK (proven IN (0, 1)),
  session_id  TEXT NOT NULL REFERENCES session (id),
  time        TEXT NOT NULL,
  event_seq   INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;

CREATE TRIGGER signer_replacement_no_delete BEFORE DELETE ON signer_replacement BEGIN SELECT raise(ABORT, 'append-only: signer_replacement'); END;

CREATE TRIGGER signer_replacement_no_update BEFORE UPDATE ON signer_replacement BEGIN SELECT raise(ABORT, 'append-only: signer_replacement'); END;

CREATE TABLE signer_replacement (
  old_id        TEXT PRIMARY KEY REFERENCES signer (id),
  new_id        TEXT NOT NULL REFERENCES signer (id),
  because       TEXT NOT NULL,
  without_proof TEXT CHECK (without_proof IS NULL OR without_proof IN ('key-lost', 'certificate-expired')),
  time          TEXT NOT NULL,
  event_seq     INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  CHECK (old_id <> new_id)
) STRICT;

CREATE TRIGGER statement_no_delete BEFORE DELETE ON statement
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: statement'); END;

CREATE TRIGGER statement_no_update BEFORE UPDATE ON statement BEGIN SELECT raise(ABORT, 'append-only: statement'); END;

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
, older_posts TEXT) STRICT;

CREATE INDEX statement_by_key ON statement (key);

CREATE TRIGGER tag_no_delete BEFORE DELETE ON tag
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: tag'); END;

CREATE TRIGGER tag_no_update BEFORE UPDATE ON tag BEGIN SELECT raise(ABORT, 'append-only: tag'); END;

CREATE TABLE "tag" (
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

CREATE INDEX tag_by_post ON tag (post_id);

CREATE TRIGGER tag_quote_no_delete BEFORE DELETE ON tag_quote WHEN EXISTS (SELECT 1 FROM tag WHERE id = old.tag_id)
  BEGIN SELECT raise(ABORT, 'append-only: tag_quote'); END;

CREATE TRIGGER tag_quote_no_update BEFORE UPDATE ON tag_quote BEGIN SELECT raise(ABORT, 'append-only: tag_quote'); END;

CREATE TABLE tag_quote (
  tag_id      TEXT NOT NULL REFERENCES tag (id),
  n           INTEGER NOT NULL CHECK (n >= 0),
  text        TEXT NOT NULL,
  start_point INTEGER NOT NULL CHECK (start_point >= 0),
  end_point   INTEGER NOT NULL CHECK (end_point > start_point),
  PRIMARY KEY (tag_id, n)
) STRICT;

CREATE TRIGGER timestamp_file_no_delete BEFORE DELETE ON timestamp_file BEGIN SELECT raise(ABORT, 'append-only: timestamp_file'); END;

CREATE TRIGGER timestamp_file_no_update BEFORE UPDATE ON timestamp_file BEGIN SELECT raise(ABORT, 'append-only: timestamp_file'); END;

CREATE TABLE timestamp_file (
  sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  bytes  BLOB NOT NULL
) STRICT;

CREATE TRIGGER timestamp_request_no_delete BEFORE DELETE ON timestamp_request BEGIN SELECT raise(ABORT, 'append-only: timestamp_request'); END;

CREATE TRIGGER timestamp_request_no_update BEFORE UPDATE ON timestamp_request BEGIN SELECT raise(ABORT, 'append-only: timestamp_request'); END;

CREATE TABLE "timestamp_request" (
  id           TEXT PRIMARY KEY,
  size         INTEGER CHECK (size >= 1),
  renews       TEXT,
  bundle       TEXT,
  digest       BLOB NOT NULL CHECK (length(digest) = 32),
  nonce        TEXT NOT NULL,
  tsq          BLOB NOT NULL REFERENCES timestamp_file (sha256),
  requested_at TEXT NOT NULL,
  event_seq    INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  CHECK ((size IS NOT NULL) + (renews IS NOT NULL) + (bundle IS NOT NULL) = 1)
) STRICT;

CREATE INDEX timestamp_request_by_bundle ON timestamp_request (bundle) WHERE bundle IS NOT NULL;

CREATE INDEX timestamp_request_by_digest ON timestamp_request (digest);

CREATE TRIGGER timestamp_token_no_delete BEFORE DELETE ON timestamp_token BEGIN SELECT raise(ABORT, 'append-only: timestamp_token'); END;

CREATE TRIGGER timestamp_token_no_update BEFORE UPDATE ON timestamp_token BEGIN SELECT raise(ABORT, 'append-only: timestamp_token'); END;

CREATE TABLE timestamp_token (
  id          TEXT PRIMARY KEY,
  request_id  TEXT NOT NULL UNIQUE REFERENCES timestamp_request (id),
  tsr         BLOB NOT NULL REFERENCES timestamp_file (sha256),
  attached_at TEXT NOT NULL,
  gen_time    TEXT NOT NULL,
  accuracy    INTEGER,
  authority   TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  not_after   TEXT NOT NULL,
  policy      TEXT NOT NULL,
  serial      TEXT NOT NULL,
  trusted     INTEGER NOT NULL CHECK (trusted IN (0, 1)),
  qualified   INTEGER NOT NULL CHECK (qualified IN (0, 1)),
  revocation  TEXT NOT NULL CHECK (revocation IN ('good', 'revoked', 'not-known')),
  answers     TEXT NOT NULL,
  event_seq   INTEGER NOT NULL UNIQUE REFERENCES event (seq)
) STRICT;

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

CREATE TRIGGER watch_ended_stays BEFORE UPDATE OF state ON watch WHEN old.state = 'ended'
  BEGIN SELECT raise(ABORT, 'append-only: watch'); END;

CREATE TRIGGER watch_no_delete BEFORE DELETE ON watch BEGIN SELECT raise(ABORT, 'append-only: watch'); END;

CREATE TRIGGER watch_no_update BEFORE UPDATE OF event_seq, id, url, persona, schedule, session_id, time ON watch
  BEGIN SELECT raise(ABORT, 'append-only: watch'); END;

CREATE TRIGGER watch_post_stays BEFORE UPDATE OF post_id ON watch
  WHEN new.post_id IS NOT NULL OR EXISTS (SELECT 1 FROM post WHERE id = old.post_id)
  BEGIN SELECT raise(ABORT, 'append-only: watch'); END;

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

CREATE TRIGGER watch_check_no_delete BEFORE DELETE ON watch_check
  WHEN NOT EXISTS (SELECT 1 FROM purged_event AS e JOIN purging AS p ON p.by_seq = e.by_seq WHERE e.seq = old.event_seq)
  BEGIN SELECT raise(ABORT, 'append-only: watch_check'); END;

CREATE TRIGGER watch_check_no_update BEFORE UPDATE ON watch_check BEGIN SELECT raise(ABORT, 'append-only: watch_check'); END;

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

CREATE INDEX watch_check_by_post ON watch_check (post_id) WHERE post_id IS NOT NULL;

CREATE INDEX watch_check_by_watch ON watch_check (watch_id, event_seq);

CREATE TRIGGER withheld_salt_no_delete BEFORE DELETE ON withheld_salt
  WHEN NOT EXISTS (SELECT 1 FROM purged_capture AS c JOIN purging AS p ON p.by_seq = c.by_seq WHERE c.capture_id = old.capture_id)
  BEGIN SELECT raise(ABORT, 'append-only: withheld_salt'); END;

CREATE TRIGGER withheld_salt_no_update BEFORE UPDATE ON withheld_salt BEGIN SELECT raise(ABORT, 'append-only: withheld_salt'); END;

CREATE TABLE withheld_salt (
  capture_id TEXT NOT NULL,
  commitment BLOB NOT NULL CHECK (length(commitment) = 32),
  salt       BLOB NOT NULL CHECK (length(salt) = 32),
  PRIMARY KEY (capture_id, commitment)
) STRICT;
