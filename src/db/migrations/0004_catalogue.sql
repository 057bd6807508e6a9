-- Times are milliseconds since 1970 (UTC). definition: the Catalogue as JSON; mapping: the TOML that it was imported with.
-- Only items of a catalogue's `version` are ever read: an import writes the next one beside it and then changes this number.
CREATE TABLE catalogues (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  definition TEXT NOT NULL,
  mapping TEXT NOT NULL
);

-- day: YYYY-MM-DD in the catalogue's time zone. content: the fields as a JSON object.
CREATE TABLE catalogue_items (
  number INTEGER PRIMARY KEY,
  catalogue_number BIGINT NOT NULL REFERENCES catalogues (number) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  item_key TEXT NOT NULL,
  title TEXT NOT NULL,
  day TEXT,
  starts_at TEXT,
  price DOUBLE PRECISION,
  content TEXT NOT NULL,
  UNIQUE (catalogue_number, version, item_key)
);
CREATE INDEX catalogue_items_by_day ON catalogue_items (catalogue_number, version, day);

CREATE TABLE catalogue_facets (
  item_number BIGINT NOT NULL REFERENCES catalogue_items (number) ON DELETE CASCADE,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (item_number, field, value)
) WITHOUT ROWID;
CREATE INDEX catalogue_facets_by_value ON catalogue_facets (field, value, item_number);

-- terms: the stems of title and texts (search/analysis.h); scope: "c", the catalogue's number, "v" and the version, as one word.
CREATE VIRTUAL TABLE catalogue_terms USING fts5 (scope, terms, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
CREATE TRIGGER catalogue_terms_remove AFTER DELETE ON catalogue_items BEGIN
  DELETE FROM catalogue_terms WHERE rowid = old.number;
END;
