-- What a question and its answer have to do with documents. collections: whose documents the question is put to (ids, JSON).
-- sufficient: 0 where it was not in them. sources: the passages that the answer stands on, as they were then (JSON).
-- A table of its own: messages that have nothing to do with documents, nearly all, cost nothing.
CREATE TABLE message_sources (
  message_id TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  sufficient BIGINT,
  collections TEXT NOT NULL DEFAULT '[]',
  sources TEXT NOT NULL DEFAULT '[]'
);

DROP VIEW message_rows;
CREATE VIEW message_rows AS
  SELECT m.number, m.id, m.parent_id, m.role, m.content, m.thinking, m.images, m.model, m.status, m.error, m.rating, m.created_at,
    (SELECT json_group_array(s.id) FROM
      (SELECT o.id FROM messages o WHERE o.conversation_id = m.conversation_id AND o.parent_id = m.parent_id ORDER BY o.number) s) AS siblings,
    m.figures, m.done_reason, m.conversation_id, d.sufficient, coalesce(d.collections, '[]') AS collections, coalesce(d.sources, '[]') AS sources
  FROM messages m LEFT JOIN message_sources d ON d.message_id = m.id;
