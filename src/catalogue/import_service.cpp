#include "catalogue/import_service.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/redirect_error.hpp>

#include "base/error.h"
#include "base/ids.h"
#include "catalogue/catalogue_builder.h"
#include "runtime/pool.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kBatch = 500;
constexpr std::int64_t kItemsOfAPiece = 200;
constexpr std::chrono::seconds kRefreshLook{15};
constexpr std::chrono::milliseconds kQuiet{300};    // after a change was told: one often brings more

std::int64_t milliseconds_of(SystemTime time) { return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count(); }

std::string message_of(std::exception_ptr failed) {
  try {
    std::rethrow_exception(failed);
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace

struct ImportService::Job {
  ImportRequest request;
  std::string mapping_text;
  Mapping mapping;
  StoredCatalogue before;
  ProgressListener listener;
  std::int64_t number() const { return before.number; }
  std::int64_t version() const { return before.version + 1; }
  std::int64_t expected = 0;              // items
  std::int64_t written = 0;
  CataloguePointer made{};
};

void require_catalogue_name(const std::string& name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  if (name.empty() || name.size() > 60 || name[0] == '-' || !std::ranges::all_of(name, fits))
    throw Error(ErrorCode::invalid_argument, "a catalogue's name must be of small letters, digits and -, at most 60: \"" + name + "\" is not");
}

ImportService::ImportService(ImportParts parts, ImportOptions options) : parts_(std::move(parts)), options_(std::move(options)), bell_(parts_.executor) {}

void ImportService::recover() {
  std::error_code ignored;
  fs::remove_all(options_.folder, ignored);
  parts_.store.database().write([](db::Connection& connection) { WriteRepository(connection).remove_all_rests(); });
  parts_.catalogues.load();
}

std::shared_ptr<void> ImportService::claim(const std::string& name) {
  if (!busy_.insert(name).second) throw Error(ErrorCode::conflict, "the catalogue '" + name + "' is being imported: wait until that is done");
  return std::shared_ptr<void>(nullptr, [this, name](void*) { busy_.erase(name); });
}

std::unique_ptr<documents::ScratchFolder> ImportService::incoming() {
  fs::create_directories(options_.folder);
  return std::make_unique<documents::ScratchFolder>(options_.folder / id_text(parts_.random(), 12));
}

Secret ImportService::connection_named(const std::string& name) const {
  const auto found = options_.connections.find(name);
  if (found != options_.connections.end()) return found->second;
  throw Error(ErrorCode::invalid_argument, "the mapping's connection \"" + name + "\" is not among the server's: set catalogue_connections to " + name + "=postgres://…");
}

Task<std::optional<StoredCatalogue>> ImportService::stored(std::string name) {
  const auto look = [name](db::Connection& connection) { return WriteRepository(connection).find(name); };
  co_return co_await parts_.store.read(look);
}

Task<ImportReport> ImportService::import(ImportRequest request, ProgressListener listener) {
  require_catalogue_name(request.name);
  const auto claimed = claim(request.name);
  auto job = std::make_shared<Job>();
  job->request = std::move(request);
  job->listener = std::move(listener);
  const auto name = job->request.name;
  auto trying = attempt(job);
  const auto [failed, report] = co_await asio::co_spawn(parts_.executor, std::move(trying), asio::as_tuple(asio::use_awaitable));
  if (failed) {
    const auto tidy = [name](db::Connection& connection) { WriteRepository(connection).remove_rests(name); };
    co_await parts_.store.write(tidy);
    std::rethrow_exception(failed);
  }
  bell_.cancel();                         // what is live now, and on which channel, may be another
  parts_.log.info("catalogue.imported", {{"catalogue", name}, {"version", report.version}, {"items", report.items}});
  co_return report;
}

Task<ImportReport> ImportService::attempt(std::shared_ptr<Job> job) {
  auto& request = job->request;
  const auto known = co_await stored(request.name);
  if (!request.mapping && (!known || known->version == 0)) throw Error(ErrorCode::invalid_argument, "a first import needs a mapping: `fragua catalogue suggest` proposes one");
  job->mapping_text = request.mapping ? *request.mapping : known->mapping;
  job->mapping = parse_mapping(job->mapping_text);
  if (request.source.empty() && job->mapping.source.connection.empty())
    throw Error(ErrorCode::invalid_argument, "there is nothing to import: hand in a source, or name a \"connection\" in the mapping's [source]");
  const auto now = milliseconds_of(parts_.clock.system());
  const auto begin = [name = request.name, now](db::Connection& connection) { return WriteRepository(connection).find_or_add(name, now); };
  job->before = co_await parts_.store.write(begin);
  auto report = co_await take_items(job);
  co_await publish(job, report);
  co_await make_models(job, report);
  co_return report;
}

Task<ImportReport> ImportService::take_items(std::shared_ptr<Job> job) {
  const auto folder = incoming();
  ReadingRequest wanted{"import", job->request.name, job->request.source.string(), {}, job->mapping_text, folder->path().string()};
  if (job->request.source.empty()) wanted.connection = connection_named(job->mapping.source.connection);
  Reading reading(parts_.executor, options_.reading, wanted);
  std::vector<ImportedItem> batch;
  std::optional<ImportReport> report;
  while (auto event = co_await reading.next()) {
    if (auto* progress = std::get_if<ReadingProgress>(&*event)) {
      if (progress->what == "items") job->expected = progress->count;
      else job->listener({"reading the source: " + std::to_string(progress->count) + " rows"});
    } else if (auto* item = std::get_if<ImportedItem>(&*event)) {
      batch.push_back(std::move(*item));
      if (batch.size() >= kBatch) co_await write_items(job, std::exchange(batch, {}));
    } else if (auto* found = std::get_if<ImportReport>(&*event)) {
      report = std::move(*found);
    }
  }
  if (!batch.empty()) co_await write_items(job, std::move(batch));
  CHECK_THAT(report.has_value());
  co_return std::move(*report);
}

Task<> ImportService::write_items(std::shared_ptr<Job> job, std::vector<ImportedItem> items) {
  const auto write = [job, &items](db::Connection& connection) {
    WriteRepository repository(connection);
    for (const auto& item : items) repository.add_item(job->number(), job->version(), item);
  };
  co_await parts_.store.write(write);
  job->written += std::int64_t(items.size());
  job->listener({"writing " + job->mapping.words.many, job->written, std::max(job->expected, job->written)});
}

// Everything in one transaction: what is read before it is the old version, whole; after it, the new one.
Task<> ImportService::publish(std::shared_ptr<Job> job, ImportReport& report) {
  const auto now = milliseconds_of(parts_.clock.system());
  const auto known = parts_.catalogues.list();
  const auto old = std::ranges::find_if(known, [&](const CataloguePointer& one) { return one->name == job->request.name; });
  const CataloguePointer before = old == known.end() ? nullptr : *old;
  const auto write = [job, &report, &before, now](db::Connection& connection) {
    WriteRepository repository(connection);
    Definition definition;
    if (job->before.version > 0) definition = read_body<Definition>(parse_json(job->before.definition), Unknown::ignored);
    auto& catalogue = definition.catalogue;
    catalogue = build_catalogue(job->mapping, repository.figures(job->number(), job->version()));
    catalogue.number = job->number();
    catalogue.version = job->version();
    catalogue.name = job->request.name;
    catalogue.imported_at = now;
    // Another server that starts on this data folder takes what is being written for what was left.
    if (catalogue.items != report.items) throw Error(ErrorCode::conflict, "another server started on this data folder during the import: import again");
    report.changes = repository.changes(job->number(), job->before.version, job->version());
    compare_values(before.get(), catalogue, report.changes);
    repository.publish(definition, job->mapping_text, now);
    job->made = std::make_shared<const Catalogue>(catalogue);
  };
  job->listener({"comparing with the version before"});
  co_await parts_.store.write(write);
  parts_.catalogues.put(job->made);
  const auto& made = *job->made;
  report.catalogue = made.name;
  report.version = made.version;
  report.first_day = made.first_day;
  report.last_day = made.last_day;
  report.facets = summaries_of(made);
  for (auto& warning : names_of_nothing(job->mapping, made)) report.warnings.push_back(std::move(warning));
}

// The data are in already: what is wrong with a model is told, and undoes nothing.
Task<> ImportService::make_models(std::shared_ptr<Job> job, ImportReport& report) {
  if (job->mapping.search.model.empty() && job->mapping.assistant.model.empty()) co_return;
  job->listener({"making the models"});
  const auto name = job->request.name;
  const auto found = co_await stored(name);
  auto made = read_body<Definition>(parse_json(found->definition), Unknown::ignored).models;
  const auto known = parts_.catalogues;
  const auto work = [this, job, &known, &made] { return parts_.models.make({job->mapping, *job->made, parts_.base_model(known), job->request.replace_models}, made); };
  auto making = parts_.pool.run(work);
  const auto [failed, outcomes] = co_await asio::co_spawn(parts_.executor, std::move(making), asio::as_tuple(asio::use_awaitable));
  if (failed) report.warnings.push_back("the models could not be made: " + message_of(failed));
  report.models = outcomes;
  const auto remember = [job, &made](db::Connection& connection) {
    const Definition definition{*job->made, made};
    WriteRepository(connection).publish(definition, job->mapping_text, job->made->imported_at);
  };
  co_await parts_.store.write(remember);
}

Task<> ImportService::remove(std::string name) {
  const auto catalogue = parts_.catalogues.require(name);
  const auto claimed = claim(name);
  const auto found = co_await stored(name);
  const auto models = read_body<Definition>(parse_json(found->definition), Unknown::ignored).models;
  const auto work = [name](db::Connection& connection) { WriteRepository(connection).remove(name); };
  co_await parts_.store.write(work);
  parts_.catalogues.forget(name);
  const auto remove_models = [this, &models] { parts_.models.remove(models); };
  co_await parts_.pool.run(remove_models);
  parts_.log.info("catalogue.removed", {{"catalogue", name}});
}

Task<std::string> ImportService::mapping_of(std::string name) {
  parts_.catalogues.require(name);
  const auto found = co_await stored(name);
  co_return found ? found->mapping : "";
}

Task<ItemsPiece> ImportService::items_after(CataloguePointer catalogue, ItemsPiece before) {
  const auto look = [catalogue, before](db::Connection& connection) {
    ItemsPiece piece{"", before.place, before.sent};
    for (const auto& row : WriteRepository(connection).contents_after(catalogue->number, catalogue->version, before.place, kItemsOfAPiece)) {
      piece.text += (piece.sent == 0 ? "\n" : ",\n") + row.text(1);
      piece.place = row.integer(0);
      ++piece.sent;
    }
    return piece;
  };
  co_return co_await parts_.store.read(look);
}

Task<std::string> ImportService::suggest(fs::path source) {
  const ReadingRequest wanted{"suggest", "", source.string(), {}, "", ""};
  Reading reading(parts_.executor, options_.reading, wanted);
  while (auto event = co_await reading.next())
    if (const auto* found = std::get_if<json::object>(&*event)) co_return string_member(*found, "mapping");
  co_return "";
}

Task<std::vector<ImportService::Live>> ImportService::live() {
  std::vector<Live> result;
  for (const auto& catalogue : parts_.catalogues.list()) {
    const auto found = co_await stored(catalogue->name);
    if (!found) continue;
    auto source = parse_mapping(found->mapping).source;
    if (!source.connection.empty()) result.push_back({catalogue->name, std::move(source), found->updated_at});
  }
  co_return result;
}

bool ImportService::is_due(const Live& live) const {
  if (busy_.contains(live.name)) return false;
  if (told_.contains(live.name)) return true;
  const auto tried = tried_at_.find(live.name);
  const auto last = std::max(live.updated_at, tried == tried_at_.end() ? 0 : tried->second);
  const auto now = milliseconds_of(parts_.clock.system());
  return live.source.refresh.count() > 0 && now - last >= std::chrono::milliseconds(live.source.refresh).count();
}

Task<> ImportService::refresh_due() {
  const auto all = co_await live();
  listen_to(all);
  std::erase_if(told_, [&](const std::string& name) { return std::ranges::none_of(all, [&](const Live& one) { return one.name == name; }); });
  for (const auto& one : all) {
    if (!is_due(one)) continue;
    tried_at_[one.name] = milliseconds_of(parts_.clock.system());
    told_.erase(one.name);                // before it is read: what changes from now on is told again
    ImportRequest request{one.name, {}, std::nullopt, false};
    auto importing = import(std::move(request), [](const ImportProgress&) {});
    const auto [failed, report] = co_await asio::co_spawn(parts_.executor, std::move(importing), asio::as_tuple(asio::use_awaitable));
    if (failed) parts_.log.warn("catalogue.refresh_failed", {{"catalogue", one.name}, {"why", message_of(failed)}});
  }
}

// A listener for each that names a channel, and none for what is gone.
void ImportService::listen_to(const std::vector<Live>& all) {
  std::map<std::string, Listening> kept;
  for (const auto& one : all) {
    if (one.source.notify.empty()) continue;
    const auto known = listening_.find(one.name);
    const bool is_same = known != listening_.end() && known->second.connection == one.source.connection && known->second.channel == one.source.notify;
    if (is_same) kept.insert(listening_.extract(known));
    else if (auto listener = listener_of(one)) kept[one.name] = {one.source.connection, one.source.notify, std::move(listener)};
  }
  listening_ = std::move(kept);
}

// Nothing where the settings no longer have the connection: importing says so.
std::unique_ptr<LiveListener> ImportService::listener_of(const Live& live) {
  const auto address = options_.connections.find(live.source.connection);
  if (address == options_.connections.end()) return nullptr;
  const auto told = [this, name = live.name] {
    if (told_.insert(name).second) bell_.cancel();
  };
  return std::make_unique<LiveListener>(LiveChannel{live.name, address->second, live.source.notify}, [this, told] { asio::post(parts_.executor, told); }, parts_.log);
}

Task<> ImportService::refresh(ImportService& self) {
  while (true) {
    auto refreshing = self.refresh_due();
    const auto [failed] = co_await asio::co_spawn(self.parts_.executor, std::move(refreshing), asio::as_tuple(asio::use_awaitable));
    if (failed) self.parts_.log.warn("catalogue.refresh_waits", {{"why", message_of(failed)}});
    boost::system::error_code ignored;
    if (self.told_.empty()) {
      self.bell_.expires_after(kRefreshLook);
      co_await self.bell_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    self.bell_.expires_after(kQuiet);
    co_await self.bell_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

}  // namespace fragua::catalogue
