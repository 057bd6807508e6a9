#include "conversations/service.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>

#include "conversations/import_writer.h"
#include "conversations/search.h"
#include "conversations/titles.h"
#include "base/strings.h"

namespace fragua::conversations {

namespace {

constexpr std::chrono::hours kBinTime{24 * 30};
constexpr std::chrono::hours kBinInterval{24};
constexpr std::int64_t kPurgedAtOnce = 20;            // so that no write waits long for the bin
constexpr std::int64_t kListMax = 200;
constexpr std::int64_t kPageMessagesMax = 500;
constexpr std::int64_t kConversationsMax = 100'000;   // of one user
constexpr std::size_t kSystemMaxBytes = 256 << 10;
constexpr std::size_t kNameMaxBytes = 200;            // of folders, tags, models
constexpr std::size_t kTagsMax = 32;
constexpr std::size_t kParametersMaxBytes = 16 << 10;
constexpr BranchLimits kSharedLimits{5000, 32 << 20};

void fail(const std::string& text) { throw Error(ErrorCode::invalid_argument, text); }

void check_length(const std::string& name, const std::string& text, std::size_t max_bytes) {
  if (text.size() > max_bytes) throw Error(ErrorCode::too_large, "\"" + name + "\" must be at most " + std::to_string(max_bytes) + " bytes");
}

void check_mode(const std::string& mode) {
  if (mode != "conversation" && mode != "command") fail("\"mode\" must be \"conversation\" or \"command\"");
}

void check_parameters(const json::object& parameters) {
  check_length("parameters", to_json(parameters), kParametersMaxBytes);
  settings_of(parameters);
}

std::vector<std::string> clean_tags(const std::vector<std::string>& tags) {
  if (tags.size() > kTagsMax) fail("\"tags\" must have at most 32 entries");
  std::vector<std::string> clean;
  for (const auto& tag : tags) {
    check_length("tags", tag, kNameMaxBytes);
    auto text = clean_title(tag);
    if (!text.empty() && std::find(clean.begin(), clean.end(), text) == clean.end()) clean.push_back(std::move(text));
  }
  return clean;
}

void check(const ConversationChange& change) {
  if (change.system) check_length("system", *change.system, kSystemMaxBytes);
  if (change.model) check_length("model", *change.model, kNameMaxBytes);
  if (change.mode) check_mode(*change.mode);
  if (change.parameters) check_parameters(*change.parameters);
}

void check_limit(std::int64_t limit, std::int64_t most) {
  if (limit < 1 || limit > most) fail("\"limit\" must be between 1 and " + std::to_string(most));
}

}  // namespace

Service::Service(DialogueParts parts, AnswerLimits limits) : parts_(std::move(parts)), dialogue_(parts_, limits) {}

void Service::recover() {
  std::int64_t stopped = 0;
  parts_.store.database().write([&](db::Connection& connection) { stopped = MessageRepository(connection).stop_all_running(); });
  if (stopped > 0) parts_.log.warn("answers.stopped_by_crash", {{"answers", stopped}});
}

Task<> Service::keep_house(Service& self) {
  asio::steady_timer timer(self.parts_.executor);
  while (true) {
    const auto before = to_millis(self.parts_.clock.system() - kBinTime);
    const auto work = [before](db::Connection& connection) { return ConversationRepository(connection).purge(before, kPurgedAtOnce); };
    auto purging = self.parts_.store.write(work);
    const auto [failed, purged] = co_await asio::co_spawn(self.parts_.executor, std::move(purging), asio::as_tuple(asio::use_awaitable));
    if (failed) self.parts_.log.warn("bin.stays", {{"why", "the database did not take it; it is tried again tomorrow"}});
    if (!failed && purged == kPurgedAtOnce) continue;
    timer.expires_after(kBinInterval);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

Task<ConversationPage> Service::list(std::string user, ListQuery query) {
  check_limit(query.limit, kListMax);
  if (query.search.size() > kSearchMaxBytes) fail("\"search\" must be at most 1000 bytes");
  const auto work = [user, query](db::Connection& connection) {
    return ConversationRepository(connection).list(user, query, match_expression(search_owner(user), query.search));
  };
  co_return co_await parts_.store.read(work);
}

Task<Facets> Service::facets(std::string user) {
  const auto work = [user](db::Connection& connection) { return ConversationRepository(connection).facets(user); };
  co_return co_await parts_.store.read(work);
}

Task<Conversation> Service::create(std::string user, NewConversation wanted) {
  check_length("system", wanted.system, kSystemMaxBytes);
  check_length("model", wanted.model, kNameMaxBytes);
  check_mode(wanted.mode);
  check_parameters(wanted.parameters);
  Conversation conversation;
  conversation.id = new_id(parts_.entropy);
  conversation.title = clean_title(wanted.title);
  if (!conversation.title.empty()) conversation.titled_by = titled_by::kPerson;
  conversation.model = wanted.model;
  conversation.system = wanted.system;
  conversation.parameters = wanted.parameters;
  conversation.mode = wanted.mode;
  conversation.folder = clean_title(wanted.folder);
  conversation.created_at = conversation.updated_at = to_millis(parts_.clock.system());
  const auto work = [user, conversation](db::Connection& connection) {
    ConversationRepository repository(connection);
    if (repository.count(user) >= kConversationsMax) throw Error(ErrorCode::too_large, "you have 100,000 conversations: delete some first");
    repository.add(user, conversation);
    return repository.require(user, conversation.id);
  };
  co_return co_await parts_.store.write(work);
}

Task<Conversation> Service::require(std::string user, std::string id) {
  const auto work = [user, id](db::Connection& connection) { return ConversationRepository(connection).require(user, id); };
  co_return co_await parts_.store.read(work);
}

Task<Conversation> Service::change(std::string user, std::string id, ConversationChange change) {
  check(change);
  if (change.title) change.title = clean_title(*change.title);
  if (change.folder) change.folder = clean_title(*change.folder);
  if (change.tags) change.tags = clean_tags(*change.tags);
  const auto work = [user, id, change](db::Connection& connection) mutable {
    ConversationRepository repository(connection);
    repository.require(user, id);
    if (change.current_message_id) {
      MessageRepository messages(connection);
      messages.require(id, *change.current_message_id);
      change.current_message_id = messages.deepest(id, *change.current_message_id);
    }
    repository.change(user, id, change);
    return repository.require(user, id);
  };
  co_return co_await parts_.store.write(work);
}

Task<> Service::remove(std::string user, std::string id) {
  const auto work = [user, id, now = to_millis(parts_.clock.system())](db::Connection& connection) {
    if (!ConversationRepository(connection).move_to_bin(user, id, now)) throw not_found("conversation");
  };
  co_await parts_.store.write(work);
  dialogue_.running().stop_conversation(id);
}

Task<Conversation> Service::restore(std::string user, std::string id) {
  const auto work = [user, id](db::Connection& connection) {
    ConversationRepository repository(connection);
    repository.restore(user, id);
    return repository.require(user, id);
  };
  co_return co_await parts_.store.write(work);
}

Task<Branch> Service::messages(std::string user, std::string id, MessageQuery query) {
  check_limit(query.limit, kPageMessagesMax);
  const auto work = [user, id, query](db::Connection& connection) {
    const auto conversation = ConversationRepository(connection).require(user, id);
    MessageRepository messages(connection);
    auto leaf = query.leaf.empty() ? conversation.current_message_id : messages.require(id, query.leaf).id;
    if (!query.before.empty()) leaf = messages.require(id, query.before).parent_id;
    if (leaf.empty()) return Branch{};
    return messages.branch(id, leaf, {.messages = query.limit});
  };
  co_return co_await parts_.store.read(work);
}

Task<Message> Service::rate(std::string user, std::string id, std::string message_id, int rating) {
  if (rating < -1 || rating > 1) fail("\"rating\" must be -1, 0 or 1");
  const auto work = [user, id, message_id, rating](db::Connection& connection) {
    ConversationRepository(connection).require(user, id);
    MessageRepository messages(connection);
    messages.rate(id, message_id, rating);
    return messages.require(id, message_id);
  };
  co_return co_await parts_.store.write(work);
}

Task<std::string> Service::share(std::string user, std::string id) {
  const auto work = [user, id, share_id = new_id(parts_.entropy), now = to_millis(parts_.clock.system())](db::Connection& connection) {
    ConversationRepository repository(connection);
    const auto conversation = repository.require(user, id);
    if (conversation.current_message_id.empty()) throw Error(ErrorCode::conflict, "there is nothing to share yet");
    return repository.share(id, share_id, conversation.current_message_id, now);
  };
  co_return co_await parts_.store.write(work);
}

Task<> Service::unshare(std::string user, std::string id) {
  const auto work = [user, id](db::Connection& connection) {
    ConversationRepository repository(connection);
    repository.require(user, id);
    repository.unshare(id);
  };
  co_await parts_.store.write(work);
}

Task<SharedConversation> Service::shared(std::string share_id) {
  const auto work = [share_id](db::Connection& connection) {
    const auto share = ConversationRepository(connection).find_share(share_id);
    if (!share) throw not_found("shared conversation");
    auto messages = MessageRepository(connection).branch(share->conversation_id, share->leaf_id, kSharedLimits).messages;
    // The answers were shared; the documents were not.
    for (auto& message : messages) {
      message.sources.clear();
      message.collections.clear();
    }
    return SharedConversation{share->title, share->owner, std::move(messages)};
  };
  co_return co_await parts_.store.read(work);
}

Task<StoredFile> Service::file(std::string user, std::string id) {
  const auto work = [user, id](db::Connection& connection) {
    auto file = MessageRepository(connection).find_visible_file(user, id);
    if (!file) throw not_found("file");
    return std::move(*file);
  };
  co_return co_await parts_.store.read(work);
}

Task<std::shared_ptr<Export>> Service::export_one(std::string user, std::string id, ExportFormat format) {
  co_await require(user, id);
  std::vector<std::string> ids{id};
  co_return std::make_shared<Export>(parts_.store, user, std::move(ids), format);
}

Task<std::shared_ptr<Export>> Service::export_all(std::string user) {
  const auto work = [user](db::Connection& connection) { return ConversationRepository(connection).ids(user); };
  auto ids = co_await parts_.store.read(work);
  co_return std::make_shared<Export>(parts_.store, user, std::move(ids), ExportFormat::json);
}

Task<ImportReport> Service::import(std::string user, std::string text) {
  if (*importing_) throw Error(ErrorCode::overloaded, "another import is at work: try again when it is done");
  *importing_ = true;
  const std::shared_ptr<void> at_end(nullptr, [importing = importing_](void*) { *importing = false; });
  const auto parse = [text = std::move(text)] { return parse_import(text); };
  auto parsed = co_await parts_.pool.run(parse);
  ImportWriter writer(std::move(parsed), std::move(user), parts_.entropy, to_millis(parts_.clock.system()));
  const auto write_some = [&writer](db::Connection& connection) { writer.write_some(connection); };
  while (!writer.is_done()) co_await parts_.store.write(write_some);
  co_return writer.report();
}

}  // namespace fragua::conversations
