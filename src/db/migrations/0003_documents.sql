-- Times are milliseconds since 1970 (UTC). owner_id is '' for what anonymous callers share. Large texts come last in a row.
CREATE TABLE collections (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  owner_id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  embedding_model TEXT NOT NULL,
  next_embedding_model TEXT NOT NULL DEFAULT '',
  chunk_characters BIGINT NOT NULL,
  chunk_overlap BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  prompt TEXT NOT NULL DEFAULT '',
  UNIQUE (owner_id, name_key)
);
CREATE TRIGGER collections_go_with_their_owner AFTER DELETE ON users BEGIN
  DELETE FROM collections WHERE owner_id = old.id;
END;

-- kind: user or group, with that id; everyone, with the id ''.
CREATE TABLE collection_readers (
  collection_number BIGINT NOT NULL REFERENCES collections (number) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  reader_id TEXT NOT NULL,
  PRIMARY KEY (collection_number, kind, reader_id)
);
CREATE INDEX collection_readers_by_reader ON collection_readers (kind, reader_id);

-- state: received, extracting, indexed or failed. Only what is indexed is ever searched.
CREATE TABLE documents (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  collection_number BIGINT NOT NULL REFERENCES collections (number) ON DELETE CASCADE,
  state TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  pages BIGINT NOT NULL DEFAULT 0,
  chunks BIGINT NOT NULL DEFAULT 0,
  ocr_pages BIGINT NOT NULL DEFAULT 0,
  format TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  error_code TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX documents_of_collection ON documents (collection_number, number DESC);
CREATE INDEX documents_by_content ON documents (collection_number, sha256);
CREATE INDEX documents_by_name ON documents (collection_number, name);
CREATE INDEX documents_waiting ON documents (number) WHERE state IN ('received', 'extracting');

-- words: texts and their places on the page, packed (documents/page_words.h).
CREATE TABLE document_pages (
  document_number BIGINT NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  page BIGINT NOT NULL,
  width DOUBLE PRECISION NOT NULL,
  height DOUBLE PRECISION NOT NULL,
  ocr BIGINT NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  label TEXT NOT NULL DEFAULT '',
  words BLOB NOT NULL,
  PRIMARY KEY (document_number, page)
);

-- hash: of what was embedded, so that an unchanged chunk of a new version keeps its vector.
CREATE TABLE chunks (
  number INTEGER PRIMARY KEY,
  document_number BIGINT NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  page BIGINT NOT NULL,
  page_end BIGINT NOT NULL,
  hash TEXT NOT NULL,
  heading TEXT NOT NULL,
  content TEXT NOT NULL
);
CREATE INDEX chunks_of_document ON chunks (document_number, position);
CREATE INDEX chunks_by_hash ON chunks (hash);

-- Little-endian 32-bit floats of unit length. They are the truth: indexes in memory are made from them.
CREATE TABLE chunk_vectors (
  chunk_number BIGINT NOT NULL REFERENCES chunks (number) ON DELETE CASCADE,
  model TEXT NOT NULL,
  vector BLOB NOT NULL,
  PRIMARY KEY (chunk_number, model)
) WITHOUT ROWID;

-- terms: the stems of a chunk (search/analysis.h); collection: "c" and the collection's number, as one word.
CREATE VIRTUAL TABLE chunk_terms USING fts5 (collection, terms, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
CREATE TRIGGER chunk_terms_remove AFTER DELETE ON chunks BEGIN
  DELETE FROM chunk_terms WHERE rowid = old.number;
END;

-- What the repositories read: columns in one order.
CREATE VIEW document_rows AS
  SELECT d.number, d.id, d.state, d.sha256, d.bytes, d.created_at, d.updated_at, d.pages, d.chunks, d.ocr_pages, d.format,
    d.language, d.error_code, d.name, d.title, d.source, d.error, d.collection_number, c.id AS collection_id
  FROM documents d JOIN collections c ON c.number = d.collection_number;

-- Who may read what.
CREATE VIEW collection_access AS
  SELECT c.number AS collection_number, c.owner_id AS user_id FROM collections c
  UNION ALL
  SELECT r.collection_number, r.reader_id FROM collection_readers r WHERE r.kind = 'user'
  UNION ALL
  SELECT r.collection_number, g.user_id FROM collection_readers r JOIN group_members g ON g.group_id = r.reader_id WHERE r.kind = 'group'
  UNION ALL
  SELECT r.collection_number, u.id FROM collection_readers r JOIN users u ON r.kind = 'everyone';

CREATE VIEW collection_rows AS
  SELECT c.number, c.id, c.owner_id, coalesce(u.name, '') AS owner, c.name, c.embedding_model, c.next_embedding_model, c.chunk_characters,
    c.chunk_overlap, c.created_at, c.updated_at, c.prompt,
    (SELECT count(*) FROM documents d WHERE d.collection_number = c.number) AS documents,
    (SELECT coalesce(sum(d.chunks), 0) FROM documents d WHERE d.collection_number = c.number) AS chunks
  FROM collections c LEFT JOIN users u ON u.id = c.owner_id;
