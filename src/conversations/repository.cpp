#include "conversations/repository.h"

#include <charconv>

#include "base/strings.h"
#include "conversations/search.h"

namespace fragua::conversations {

namespace {

constexpr std::size_t kSnippetColumn = 19;   // of a list: the message that was found, after the columns of conversation_rows

Conversation read_conversation(const db::Row& row) {
  Conversation c;
  c.number = row.integer(0);
  c.id = row.text(1);
  c.title = row.text(2);
  c.titled_by = row.text(3);
  c.model = row.text(4);
  c.system = row.text(5);
  c.parameters = parse_json(row.text(6)).as_object();
  c.mode = row.text(7);
  c.folder = row.text(8);
  c.tags = texts_of(row.text(9));
  c.pinned = row.truth(10);
  c.archived = row.truth(11);
  c.created_at = row.integer(12);
  c.updated_at = row.integer(13);
  c.current_message_id = row.text(14);
  c.share_id = row.text(15);
  c.running_message_id = row.text(16);
  return c;
}

// Where a page ends: pinned, updated_at and number of its last row.
struct Place {
  std::int64_t pinned = 2, updated_at = 0, number = 0;
};

std::string cursor_of(const Conversation& last) {
  return join({std::to_string(int(last.pinned)), std::to_string(last.updated_at), std::to_string(last.number)}, "-");
}

Place place_of(const std::string& cursor) {
  Place place;
  if (cursor.empty()) return place;
  const auto parts = split(cursor, '-');
  std::int64_t* const values[] = {&place.pinned, &place.updated_at, &place.number};
  bool good = parts.size() == 3;
  for (std::size_t i = 0; good && i < 3; ++i) {
    const auto* end = parts[i].data() + parts[i].size();
    const auto [stop, error] = std::from_chars(parts[i].data(), end, *values[i]);
    good = error == std::errc() && stop == end && !parts[i].empty();
  }
  if (!good) throw Error(ErrorCode::invalid_argument, "\"cursor\" must be the next_cursor of the page before");
  return place;
}

db::Value or_null(const std::optional<std::string>& value) { return value ? db::Value(*value) : db::Value(nullptr); }
db::Value or_null(const std::optional<bool>& value) { return value ? db::Value(std::int64_t(*value)) : db::Value(nullptr); }

std::vector<Facet> read_facets(const db::Rows& rows) {
  std::vector<Facet> facets;
  for (const auto& row : rows) facets.push_back({row.text(0), row.integer(1)});
  return facets;
}

}  // namespace

std::string search_owner(const std::string& user) { return "u" + to_hex(user); }

std::vector<std::string> texts_of(const std::string& json_array) {
  std::vector<std::string> texts;
  const auto value = parse_json(json_array);
  for (const auto& item : value.as_array()) texts.emplace_back(item.as_string());
  return texts;
}

std::string json_of(const std::vector<std::string>& texts) { return to_json(json::value_from(texts)); }

void ConversationRepository::add(const std::string& user, const Conversation& c) {
  db_.execute(
      "INSERT INTO conversations (id, user_id, search_owner, created_at, updated_at, pinned, archived, folder, tags, titled_by, title, model, mode,"
      " current_message_id, parameters, system) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
      {c.id, user, search_owner(user), c.created_at, c.updated_at, std::int64_t(c.pinned), std::int64_t(c.archived), c.folder, json_of(c.tags),
       c.titled_by, c.title, c.model, c.mode, c.current_message_id, to_json(c.parameters), c.system});
}

std::optional<Conversation> ConversationRepository::find(const std::string& user, const std::string& id) {
  const auto rows = db_.query("SELECT * FROM conversation_rows WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL", {id, user});
  if (rows.empty()) return std::nullopt;
  return read_conversation(rows.front());
}

Conversation ConversationRepository::require(const std::string& user, const std::string& id) {
  auto found = find(user, id);
  if (!found) throw not_found("conversation");
  return std::move(*found);
}

void ConversationRepository::add_snippets(ConversationPage& page, const db::Rows& rows, const std::string& match) {
  std::vector<std::int64_t> messages;
  for (std::size_t i = 0; i < page.conversations.size(); ++i)
    if (const auto message = rows[i].maybe_integer(kSnippetColumn)) messages.push_back(*message);
  auto found = snippets(db_, match, messages);
  for (std::size_t i = 0; i < page.conversations.size(); ++i)
    if (const auto message = rows[i].maybe_integer(kSnippetColumn)) page.conversations[i].snippet = found[*message];
}

ConversationPage ConversationRepository::list(const std::string& user, const ListQuery& query, const std::string& match) {
  const auto place = place_of(query.cursor);
  if (!query.search.empty() && match.empty()) return {};   // signs alone: there is no word to look for
  db::Values values{user,         std::int64_t(query.archived), query.folder, query.tag, place.pinned, place.updated_at,
                    place.number, query.limit + 1};
  db::Rows rows;
  if (query.search.empty()) {
    rows = db_.query(
        "SELECT * FROM conversation_rows WHERE user_id = $1 AND deleted_at IS NULL AND archived = $2 AND ($3 = '' OR folder = $3)"
        " AND ($4 = '' OR EXISTS (SELECT 1 FROM json_each(tags) t WHERE t.value = $4)) AND (pinned, updated_at, number) < ($5, $6, $7)"
        " ORDER BY pinned DESC, updated_at DESC, number DESC LIMIT $8",
        std::move(values));
  } else {
    values.push_back(match);
    values.push_back(kSearchHitsMax);
    rows = db_.query(
        "WITH found AS (SELECT rowid AS number FROM message_search WHERE message_search MATCH $9 ORDER BY rowid DESC LIMIT $10),"
        " hits AS (SELECT m.conversation_id AS id, max(m.number) AS message FROM found f JOIN messages m ON m.number = f.number"
        "  GROUP BY m.conversation_id)"
        " SELECT r.*, hits.message FROM conversation_rows r LEFT JOIN hits ON hits.id = r.id WHERE r.user_id = $1 AND r.deleted_at IS NULL"
        " AND r.archived = $2 AND ($3 = '' OR r.folder = $3)"
        " AND ($4 = '' OR EXISTS (SELECT 1 FROM json_each(r.tags) t WHERE t.value = $4))"
        " AND (r.pinned, r.updated_at, r.number) < ($5, $6, $7)"
        " AND (hits.id IS NOT NULL OR r.number IN (SELECT rowid FROM conversation_search WHERE conversation_search MATCH $9))"
        " ORDER BY r.pinned DESC, r.updated_at DESC, r.number DESC LIMIT $8",
        std::move(values));
  }
  ConversationPage page;
  for (const auto& row : rows) {
    if (std::int64_t(page.conversations.size()) == query.limit) {
      page.next_cursor = cursor_of(page.conversations.back());
      break;
    }
    page.conversations.push_back(read_conversation(row));
  }
  if (!query.search.empty()) add_snippets(page, rows, match);
  return page;
}

Facets ConversationRepository::facets(const std::string& user) {
  Facets facets;
  facets.folders = read_facets(db_.query(
      "SELECT folder, count(*) FROM conversations WHERE user_id = $1 AND deleted_at IS NULL AND folder <> '' GROUP BY folder ORDER BY folder", {user}));
  facets.tags = read_facets(db_.query("SELECT t.value, count(*) FROM conversations c, json_each(c.tags) t WHERE c.user_id = $1"
                                      " AND c.deleted_at IS NULL GROUP BY t.value ORDER BY t.value",
                                      {user}));
  return facets;
}

std::vector<std::string> ConversationRepository::ids(const std::string& user) {
  std::vector<std::string> ids;
  for (const auto& row : db_.query("SELECT id FROM conversations WHERE user_id = $1 AND deleted_at IS NULL ORDER BY number", {user}))
    ids.push_back(row.text(0));
  return ids;
}

std::int64_t ConversationRepository::count(const std::string& user) {
  return db_.query("SELECT count(*) FROM conversations WHERE user_id = $1", {user}).front().integer(0);
}

bool ConversationRepository::change(const std::string& user, const std::string& id, const ConversationChange& change) {
  const auto parameters = change.parameters ? std::optional(to_json(*change.parameters)) : std::nullopt;
  const auto tags = change.tags ? std::optional(json_of(*change.tags)) : std::nullopt;
  const auto changed = db_.execute(
      "UPDATE conversations SET title = COALESCE($3, title), titled_by = CASE WHEN $3 IS NULL THEN titled_by ELSE 'person' END,"
      " model = COALESCE($4, model), system = COALESCE($5, system), parameters = COALESCE($6, parameters), mode = COALESCE($7, mode),"
      " folder = COALESCE($8, folder), tags = COALESCE($9, tags), pinned = COALESCE($10, pinned), archived = COALESCE($11, archived),"
      " current_message_id = COALESCE($12, current_message_id) WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL",
      {id, user, or_null(change.title), or_null(change.model), or_null(change.system), or_null(parameters), or_null(change.mode),
       or_null(change.folder), or_null(tags), or_null(change.pinned), or_null(change.archived), or_null(change.current_message_id)});
  return changed > 0;
}

void ConversationRepository::touch(const std::string& id, const std::string& current_message_id, std::int64_t now) {
  db_.execute("UPDATE conversations SET current_message_id = $2, updated_at = $3 WHERE id = $1", {id, current_message_id, now});
}

bool ConversationRepository::set_title(const std::string& id, const std::string& title, const std::string& by) {
  return db_.execute("UPDATE conversations SET title = $2, titled_by = $3 WHERE id = $1 AND titled_by <> 'person'"
                     " AND (titled_by = 'nobody' OR $3 = 'model')",
                     {id, title, by}) > 0;
}

void ConversationRepository::set_tags_if_none(const std::string& id, const std::vector<std::string>& tags) {
  db_.execute("UPDATE conversations SET tags = $2 WHERE id = $1 AND tags = '[]'", {id, json_of(tags)});
}

void ConversationRepository::set_model_if_none(const std::string& id, const std::string& model) {
  db_.execute("UPDATE conversations SET model = $2 WHERE id = $1 AND model = ''", {id, model});
}

bool ConversationRepository::move_to_bin(const std::string& user, const std::string& id, std::int64_t now) {
  return db_.execute("UPDATE conversations SET deleted_at = $3 WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL", {id, user, now}) > 0;
}

bool ConversationRepository::restore(const std::string& user, const std::string& id) {
  return db_.execute("UPDATE conversations SET deleted_at = NULL WHERE id = $1 AND user_id = $2", {id, user}) > 0;
}

std::int64_t ConversationRepository::purge(std::int64_t before, std::int64_t limit) {
  return db_.execute(
      "DELETE FROM conversations WHERE number IN (SELECT number FROM conversations WHERE deleted_at IS NOT NULL AND deleted_at < $1 LIMIT $2)",
      {before, limit});
}

std::string ConversationRepository::share(const std::string& conversation_id, const std::string& id, const std::string& leaf_id, std::int64_t now) {
  db_.execute("INSERT INTO shares (id, conversation_id, leaf_id, created_at) VALUES ($1, $2, $3, $4)"
              " ON CONFLICT (conversation_id) DO UPDATE SET leaf_id = excluded.leaf_id",
              {id, conversation_id, leaf_id, now});
  return db_.query("SELECT id FROM shares WHERE conversation_id = $1", {conversation_id}).front().text(0);
}

void ConversationRepository::unshare(const std::string& conversation_id) {
  db_.execute("DELETE FROM shares WHERE conversation_id = $1", {conversation_id});
}

std::optional<Share> ConversationRepository::find_share(const std::string& id) {
  const auto rows = db_.query("SELECT c.id, c.title, u.name, s.leaf_id FROM shares s JOIN conversations c ON c.id = s.conversation_id"
                              " JOIN users u ON u.id = c.user_id WHERE s.id = $1 AND c.deleted_at IS NULL",
                              {id});
  if (rows.empty()) return std::nullopt;
  const auto& row = rows.front();
  return Share{row.text(0), row.text(1), row.text(2), row.text(3)};
}

}  // namespace fragua::conversations
