-- Times are milliseconds since 1970 (UTC). Large texts come last in a row, so that walking the tree does not read them.
-- search_owner is the owner as one word of the text indexes: every search is for this word and what was asked for, so that it only
-- ever walks its owner's postings.
CREATE TABLE conversations (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  search_owner TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT,
  pinned BIGINT NOT NULL DEFAULT 0,
  archived BIGINT NOT NULL DEFAULT 0,
  folder TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]',
  titled_by TEXT NOT NULL DEFAULT 'nobody',
  title TEXT NOT NULL DEFAULT '',
  model TEXT NOT NULL DEFAULT '',
  mode TEXT NOT NULL DEFAULT 'conversation',
  current_message_id TEXT,
  parameters TEXT NOT NULL DEFAULT '{}',
  system TEXT NOT NULL DEFAULT ''
);
CREATE INDEX conversations_listed ON conversations (user_id, archived, pinned DESC, updated_at DESC, number DESC) WHERE deleted_at IS NULL;
CREATE INDEX conversations_in_bin ON conversations (deleted_at) WHERE deleted_at IS NOT NULL;

-- parent_id is '' at a root. It is no foreign key: cascading down a long branch would exceed the database's depth of triggers.
CREATE TABLE messages (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  parent_id TEXT NOT NULL DEFAULT '',
  search_owner TEXT NOT NULL,
  role TEXT NOT NULL,
  model TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL,
  error TEXT NOT NULL DEFAULT '',
  rating BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  done_reason TEXT NOT NULL DEFAULT '',
  images TEXT NOT NULL DEFAULT '[]',
  figures TEXT NOT NULL DEFAULT '',
  thinking TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT ''
);
CREATE INDEX messages_in_tree ON messages (conversation_id, parent_id, number, id);
CREATE INDEX messages_in_order ON messages (conversation_id, number);
CREATE INDEX messages_running ON messages (conversation_id, id) WHERE status = 'running';

CREATE TABLE files (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  type TEXT NOT NULL,
  bytes BLOB NOT NULL
);
CREATE INDEX files_of_conversation ON files (conversation_id);

-- The branch as it was when it was shared: leaf_id and the messages above it.
CREATE TABLE shares (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL UNIQUE REFERENCES conversations (id) ON DELETE CASCADE,
  leaf_id TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE VIRTUAL TABLE conversation_search USING fts5 (
  search_owner, title, content = 'conversations', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER conversation_search_add AFTER INSERT ON conversations BEGIN
  INSERT INTO conversation_search (rowid, search_owner, title) VALUES (new.number, new.search_owner, new.title);
END;
CREATE TRIGGER conversation_search_change AFTER UPDATE OF title ON conversations WHEN old.title <> new.title BEGIN
  INSERT INTO conversation_search (conversation_search, rowid, search_owner, title) VALUES ('delete', old.number, old.search_owner, old.title);
  INSERT INTO conversation_search (rowid, search_owner, title) VALUES (new.number, new.search_owner, new.title);
END;
CREATE TRIGGER conversation_search_remove AFTER DELETE ON conversations BEGIN
  INSERT INTO conversation_search (conversation_search, rowid, search_owner, title) VALUES ('delete', old.number, old.search_owner, old.title);
END;

-- A message is found once it is whole: while it grows, its saves stay cheap.
CREATE VIRTUAL TABLE message_search USING fts5 (
  search_owner, content, content = 'messages', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER message_search_add AFTER INSERT ON messages WHEN new.status <> 'running' BEGIN
  INSERT INTO message_search (rowid, search_owner, content) VALUES (new.number, new.search_owner, new.content);
END;
CREATE TRIGGER message_search_end AFTER UPDATE OF status ON messages WHEN old.status = 'running' AND new.status <> 'running' BEGIN
  INSERT INTO message_search (rowid, search_owner, content) VALUES (new.number, new.search_owner, new.content);
END;
CREATE TRIGGER message_search_go_on AFTER UPDATE OF status ON messages WHEN old.status <> 'running' AND new.status = 'running' BEGIN
  INSERT INTO message_search (message_search, rowid, search_owner, content) VALUES ('delete', old.number, old.search_owner, old.content);
END;
CREATE TRIGGER message_search_remove AFTER DELETE ON messages WHEN old.status <> 'running' BEGIN
  INSERT INTO message_search (message_search, rowid, search_owner, content) VALUES ('delete', old.number, old.search_owner, old.content);
END;

-- What the repositories read: columns in one order.
CREATE VIEW conversation_rows AS
  SELECT c.number, c.id, c.title, c.titled_by, c.model, c.system, c.parameters, c.mode, c.folder, c.tags, c.pinned, c.archived,
    c.created_at, c.updated_at, c.current_message_id,
    (SELECT s.id FROM shares s WHERE s.conversation_id = c.id) AS share_id,
    (SELECT max(m.id) FROM messages m WHERE m.conversation_id = c.id AND m.status = 'running') AS running_message_id,
    c.user_id, c.deleted_at
  FROM conversations c;
CREATE VIEW message_rows AS
  SELECT m.number, m.id, m.parent_id, m.role, m.content, m.thinking, m.images, m.model, m.status, m.error, m.rating, m.created_at,
    (SELECT json_group_array(s.id) FROM
      (SELECT o.id FROM messages o WHERE o.conversation_id = m.conversation_id AND o.parent_id = m.parent_id ORDER BY o.number) s) AS siblings,
    m.figures, m.done_reason, m.conversation_id
  FROM messages m;
