#include "app/server.h"

#include <sys/resource.h>

#include <csignal>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <random>

#include "accounts/administration.h"
#include "api/activity.h"
#include "api/admission.h"
#include "api/guard.h"
#include "api/metrics.h"
#include "api/native/dashboard_history.h"
#include "app/access.h"
#include "app/assets.h"
#include "app/document_answerer.h"
#include "app/http_fetcher.h"
#include "app/reports.h"
#include "app/shifted_clock.h"
#include "backup/folder_lock.h"
#include "base/entropy.h"
#include "base/error.h"
#include "catalogue/assistant/assistant_answerer.h"
#include "catalogue/assistant/model_writer.h"
#include "catalogue/assistant/search_reader.h"
#include "catalogue/import_service.h"
#include "catalogue/question/search_answerer.h"
#include "conversations/model_answerer.h"
#include "conversations/service.h"
#include "db/migrations.h"
#include "db/sqlite/database.h"
#include "documents/asking.h"
#include "documents/child_extractor.h"
#include "documents/model_answer_writer.h"
#include "documents/model_embedder.h"
#include "documents/service.h"
#include "http/server.h"
#include "inference/quantizer.h"
#include "inference/service.h"
#include "inference/snapshots.h"
#include "models/creator.h"
#include "models/registry/registry.h"
#include "models/safetensors/importer.h"
#include "runtime/gpu.h"
#include "runtime/machine.h"
#include "runtime/pool.h"

namespace fragua::app {

namespace {

constexpr std::size_t kPoolThreads = 4;
constexpr std::size_t kPoolQueue = 1024;
constexpr std::size_t kPasswordThreads = 2;
constexpr std::size_t kPasswordQueue = 64;

LogFormat log_format(const Settings& settings) {
  const auto word = text_of(settings, "log_format");
  if (word == "json") return LogFormat::json;
  if (word == "text") return LogFormat::text;
  if (word == "silent") return LogFormat::silent;
  throw Error(ErrorCode::invalid_argument, "log_format must be json, text or silent, not \"" + word + "\"");
}

LogLevel log_level(const Settings& settings) {
  const auto word = text_of(settings, "log_level");
  if (word == "debug") return LogLevel::debug;
  if (word == "info") return LogLevel::info;
  if (word == "warn") return LogLevel::warn;
  if (word == "error") return LogLevel::error;
  throw Error(ErrorCode::invalid_argument, "log_level must be debug, info, warn or error, not \"" + word + "\"");
}

std::uint64_t free_bytes_of(Gpus& gpus) {
  std::uint64_t sum = 0;
  for (const auto& card : gpus.sample()) sum += card.memory_total_bytes - card.memory_used_bytes;
  return sum;
}

inference::FleetOptions fleet_options(const Settings& settings, const fs::path& program, Gpus& gpus) {
  inference::FleetOptions options;
  options.engine_argv = {program.string(), "engine"};
  options.keep_alive = std::chrono::duration_cast<std::chrono::seconds>(duration_of(settings, "keep_alive"));
  options.load_timeout = std::chrono::duration_cast<std::chrono::seconds>(duration_of(settings, "load_timeout"));
  options.queue_max_requests = std::size_t(integer_of(settings, "queue_max_requests"));
  options.models_max = std::size_t(integer_of(settings, "models_max"));
  options.memory_bytes = std::uint64_t(integer_of(settings, "memory_bytes"));
  if (FRAGUA_CUDA && integer_of(settings, "gpu_layers") != 0) options.gpu_free_bytes = [&gpus] { return free_bytes_of(gpus); };
  return options;
}

inference::InferenceOptions inference_options(const Settings& settings) {
  inference::InferenceOptions options;
  options.cache_folder = fs::path(text_of(settings, "data_folder")) / "cache";
  options.default_num_ctx = std::uint32_t(integer_of(settings, "num_ctx"));
  options.parallel_max = int(integer_of(settings, "parallel_max"));
  options.threads = int(integer_of(settings, "threads"));
  options.gpu_layers = int(integer_of(settings, "gpu_layers"));
  options.draft_tokens_max = int(integer_of(settings, "draft_tokens_max"));
  options.isolate_users = truth_of(settings, "isolate_users");
  options.answer_timeout = std::chrono::duration_cast<std::chrono::seconds>(duration_of(settings, "answer_timeout"));
  return options;
}

documents::ChildExtractorOptions extractor_options(const Settings& settings, const fs::path& program) {
  documents::ChildExtractorOptions options;
  options.argv = {program.string(), "extract"};
  options.languages = text_of(settings, "ocr_languages");
  return options;
}

documents::AskingOptions asking_options(const Settings& settings) {
  documents::AskingOptions options;
  options.embedding_model = text_of(settings, "embedding_model");
  options.vector_score_min = real_of(settings, "answer_score_min");
  return options;
}

catalogue::ImportOptions import_options(const Settings& settings, const fs::path& program) {
  catalogue::ImportOptions options;
  options.reading.argv = {program.string(), "read-catalogue"};
  options.folder = fs::path(text_of(settings, "data_folder")) / "imports";
  for (const auto& [name, address] : pairs_of(settings, "catalogue_connections")) options.connections.emplace(name, Secret(address));
  return options;
}

models::RegistryConfig registry_config(const Settings& settings) {
  models::RegistryConfig config;
  config.plain_hosts = config.private_hosts = list_of(settings, "insecure_registries");
  config.token_realms = list_of(settings, "registry_token_hosts");
  config.mirrors = pairs_of(settings, "registry_mirrors");
  for (const auto& [host, login] : pairs_of(settings, "registry_credentials")) {
    const auto colon = login.find(':');
    auto& credential = config.credentials[host];
    if (colon == std::string::npos) credential.token = Secret(login);
    else credential = {.user = login.substr(0, colon), .password = Secret(login.substr(colon + 1)), .token = {}};
  }
  return config;
}

backup::Places places_of(const Settings& settings) { return {text_of(settings, "data_folder"), text_of(settings, "models_folder")}; }

std::unique_ptr<db::Database> open_database(const Settings& settings) {
  auto database = db::open_sqlite({fs::path(text_of(settings, "data_folder")) / "fragua.db"});
  db::migrate(*database, db::migrations());
  return database;
}

// A backup that was handed in through the app takes its place now, while nobody is at work on the folder. One that cannot is set aside, and the
// server starts with what it has.
void restore_staged(const Settings& settings) {
  const auto places = places_of(settings);
  const auto file = places.data_folder / backup::kStagedFile;
  if (!fs::exists(file)) return;
  try {
    backup::restore(file, places, Clock().system());
    fs::remove(file);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::conflict) throw;   // another server works here: this one does not start
    const auto aside = places.data_folder / "restore.failed.zip";
    fs::rename(file, aside);
    Log(log_format(settings), log_level(settings))
        .error("backup.not_restored", {{"why", error.what()}, {"file", aside.string()}, {"what", "the server starts with the data that it had; restore the file by hand or hand in another"}});
  }
}

// Seeds and ids. Not for secrets.
class Random {
 public:
  std::uint64_t operator()() {
    std::lock_guard lock(mutex_);
    return engine_();
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_{std::random_device{}()};
};

void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

constexpr std::chrono::hours kGarbageInterval{1};
constexpr std::chrono::hours kSnapshotUnused{24 * 30};

// Everything that lives as long as the server, in the order in which it is made; it ends in the other one.
class App {
 public:
  App(const Settings& settings, const fs::path& program)
      : settings_(settings),
        clock_(shift_to(text_of(settings, "clock"), Clock().system())),
        log_(log_format(settings), log_level(settings)),
        pool_("files", kPoolThreads, kPoolQueue),
        database_pool_("database", kPoolThreads, kPoolQueue),
        password_pool_("passwords", kPasswordThreads, kPasswordQueue),
        folder_lock_(text_of(settings, "data_folder"), backup::FolderLock::Kind::shared),
        database_(open_database(settings)),
        database_store_(*database_, database_pool_),
        accounts_({database_store_, password_pool_, clock_, random_bytes, log_}, sign_up_mode(settings)),
        administration_({database_store_, password_pool_, clock_, random_bytes, log_}),
        admission_(admission_options(settings), accounts_, database_store_, clock_),
        activity_(clock_),
        store_(text_of(settings, "models_folder"), log_),
        quantizer_({program.string(), "quantize"}),
        creator_(store_, importer_, quantizer_),
        registry_({store_, pool_, log_}, registry_config(settings)),
        fleet_(loop_.get_executor(), fleet_options(settings, program, gpus_), clock_, log_),
        inference_(store_, headers_, fleet_, inference_options(settings), log_),
        files_(fs::path(text_of(settings, "data_folder")) / "documents"),
        extractor_(loop_.get_executor(), extractor_options(settings, program)),
        embedder_(inference_),
        vector_indexes_(loop_.get_executor(), database_store_, pool_),
        fetcher_(loop_.get_executor(), list_of(settings, "fetch_hosts")),
        documents_({document_parts(), fetcher_, text_of(settings, "embedding_model")}),
        answer_writer_(inference_, store_, text_of(settings, "answer_model")),
        asking_(documents_.retrieval(), answer_writer_, embedder_, database_store_, asking_options(settings)),
        answerer_(inference_),
        document_answerer_(answerer_, documents_, asking_, loop_.get_executor()),
        conversations_({loop_.get_executor(), database_store_, pool_, document_answerer_, clock_, random_bytes, log_}),
        catalogues_(database_store_),
        model_maker_(store_, creator_),
        imports_(import_parts(), import_options(settings, program)),
        model_reader_(inference_, log_),
        questions_(catalogues_, model_reader_, clock_),
        search_role_(questions_),
        assistant_reader_(questions_),
        assistant_items_(catalogues_),
        assistant_writer_(inference_),
        assistant_asking_(documents_.retrieval(), assistant_writer_, embedder_, database_store_, asking_options(settings)),
        help_desk_(documents_, assistant_asking_),
        assistant_({assistant_reader_, assistant_items_, assistant_writer_, help_desk_, log_}),
        assistant_role_(assistant_),
        answering_(catalogues_, search_role_, assistant_role_),
        services_(services()),
        guard_(api::all_routes(), services_),
        server_(loop_.get_executor(), [this](http::Exchange& exchange) { return guard_.handle(exchange); }, limits(settings), log_,
                {text_of(settings, "tls_certificate"), text_of(settings, "tls_key")}),
        signals_(loop_, SIGTERM, SIGINT) {}

  int run() {
    tell_setup();
    conversations_.recover();
    documents_.recover();
    imports_.recover();
    questions_.prepare();
    inference_.set_answerer(answering_);
    for (const auto& address : list_of(settings_, "listen")) {
      const auto port = server_.listen(address);
      log_.info("server.listening", {{"address", address}, {"port", port}});
    }
    asio::co_spawn(loop_, wait_for_signal(*this), asio::detached);
    asio::co_spawn(loop_, conversations::Service::keep_house(conversations_), asio::detached);
    for (std::int64_t i = 0; i < integer_of(settings_, "documents_parallel"); ++i)
      asio::co_spawn(loop_, documents::Service::work(documents_), asio::detached);
    asio::co_spawn(loop_, documents::Service::change_models(documents_), asio::detached);
    asio::co_spawn(loop_, watch(*this), asio::detached);
    asio::co_spawn(loop_, catalogue::ImportService::refresh(imports_), asio::detached);
    if (truth_of(settings_, "prune"))
      asio::co_spawn(loop_, collect_garbage(*this), asio::detached);
    loop_.run();
    return 0;
  }

 private:
  documents::IngestionParts document_parts() {
    return {loop_.get_executor(), database_store_, pool_, extractor_, embedder_, files_, vector_indexes_, clock_, log_, random_bytes};
  }

  catalogue::ImportParts import_parts() {
    return {.executor = loop_.get_executor(),
            .store = database_store_,
            .pool = pool_,
            .catalogues = catalogues_,
            .models = model_maker_,
            .base_model = [this](const catalogue::Catalogues& known) { return base_model(known); },
            .clock = clock_,
            .random = [this] { return random_(); },
            .log = log_};
  }

  // What models are made from that name no base: the one that answers from documents, else the newest that generates text.
  std::string base_model(const catalogue::Catalogues& known) {
    if (auto name = text_of(settings_, "answer_model"); !name.empty()) return name;
    for (const auto& entry : store_.list()) {
      const auto model = store_.find(entry.name);
      if (!model || known.bound_to(entry.name.display())) continue;
      const auto abilities = inference_.capabilities(*model);
      if (std::find(abilities.begin(), abilities.end(), "completion") != abilities.end()) return entry.name.display();
    }
    return "";
  }

  api::Services services() {
    return {.inference = inference_,
            .store = store_,
            .headers = headers_,
            .creator = creator_,
            .registry = registry_,
            .pool = pool_,
            .conversations = conversations_,
            .documents = documents_,
            .asking = asking_,
            .catalogues = catalogues_,
            .questions = questions_,
            .imports = imports_,
            .assistant = assistant_,
            .accounts = accounts_,
            .administration = administration_,
            .admission = admission_,
            .database = database_store_,
            .metrics = metrics_,
            .activity = activity_,
            .machine = machine_,
            .gpus = gpus_,
            .dashboard_history = dashboard_history_,
            .clock = clock_,
            .log = log_,
            .random = [this] { return random_(); },
            .allowed_origins = list_of(settings_, "allowed_origins"),
            .hosts = list_of(settings_, "hosts"),
            .catalogue_source_max_bytes = std::uint64_t(integer_of(settings_, "catalogue_source_max_bytes")),
            .places = places_of(settings_),
            .settings = [this] { return settings_to_json(settings_); },
            .assets = find_asset};
  }

  // Until there is an administrator, everybody who can reach the server could become one.
  void tell_setup() {
    bool needed = false;
    database_->read([&](db::Connection& connection) { needed = !accounts::Repository(connection).has_admin(); });
    if (!needed) return;
    check_loopback_only(settings_);
    // Said in the log, which is this program's console: worth nothing as soon as there is an administrator.
    log_.warn("setup.needed", {{"what", "open the app on this machine to make the administrator; from elsewhere the one-time token is asked for"},
                               {"one_time_token", accounts_.setup_token().reveal()}});
  }

  static std::chrono::milliseconds timeout_of(const Settings& settings, std::string_view key) {
    const auto timeout = std::chrono::duration_cast<std::chrono::milliseconds>(duration_of(settings, key));
    if (timeout.count() <= 0)
      throw Error(ErrorCode::invalid_argument,
                  "setting \"" + std::string(key) + "\" must be above zero: every wait has an end");
    return timeout;
  }

  static http::ServerLimits limits(const Settings& settings) {
    http::ServerLimits limits;
    limits.connections_max = std::size_t(integer_of(settings, "connections_max"));
    limits.header_timeout = timeout_of(settings, "header_timeout");
    limits.body_timeout = timeout_of(settings, "body_timeout");
    limits.write_timeout = timeout_of(settings, "write_timeout");
    limits.idle_timeout = timeout_of(settings, "idle_timeout");
    return limits;
  }

  // What was uploaded and never named, or lost its name while somebody was adding.
  static Task<> collect_garbage(App& app) {
    asio::steady_timer timer(app.loop_);
    const auto work = [&app] {
      inference::remove_stale_snapshots(fs::path(text_of(app.settings_, "data_folder")) / "cache", kSnapshotUnused);
      try {
        app.store_.collect_garbage(app.clock_.system());
      } catch (const std::exception& error) {
        app.log_.warn("models.garbage_stays", {{"why", error.what()}});  // it is looked at again in an hour
      }
    };
    while (true) {
      co_await app.pool_.run(work);
      timer.expires_after(kGarbageInterval);
      co_await timer.async_wait(asio::use_awaitable);
    }
  }

  // For the dashboard of whoever opens it later.
  static Task<> watch(App& app) {
    asio::steady_timer timer(app.loop_);
    MachineSample last = sample_machine();
    while (true) {
      timer.expires_after(api::native::kDashboardInterval);
      co_await timer.async_wait(asio::use_awaitable);
      co_await api::native::sample_dashboard(app.services_, last);
    }
  }

  static Task<> wait_for_signal(App& app) {
    co_await app.signals_.async_wait(asio::use_awaitable);
    app.log_.info("server.draining", {{"requests", app.fleet_.active_requests()}});
    app.guard_.drain();
    co_await app.server_.drain(duration_of(app.settings_, "drain_timeout"));
    co_await app.conversations_.shut_down();
    co_await app.fleet_.shut_down();
    app.log_.info("server.stopped");
    app.loop_.stop();
  }

  const Settings& settings_;
  asio::io_context loop_{1};
  ShiftedClock clock_;
  Log log_;
  Random random_;
  WorkerPool pool_;
  WorkerPool database_pool_;
  WorkerPool password_pool_;
  backup::FolderLock folder_lock_;
  std::unique_ptr<db::Database> database_;
  db::Store database_store_;
  accounts::Accounts accounts_;
  accounts::Administration administration_;
  api::Admission admission_;
  api::Activity activity_;
  MachineSample machine_;
  Gpus gpus_;
  models::ModelStore store_;
  models::HeaderCache headers_;
  models::HuggingFaceImporter importer_;
  inference::ChildQuantizer quantizer_;
  models::Creator creator_;
  models::Registry registry_;
  inference::Fleet fleet_;
  inference::Service inference_;
  documents::FileStore files_;
  documents::ChildExtractor extractor_;
  documents::ModelEmbedder embedder_;
  documents::VectorIndexes vector_indexes_;
  HttpFetcher fetcher_;
  documents::Service documents_;
  documents::ModelAnswerWriter answer_writer_;
  documents::Asking asking_;
  conversations::ModelAnswerer answerer_;
  DocumentAnswerer document_answerer_;
  conversations::Service conversations_;
  catalogue::Catalogues catalogues_;
  catalogue::ModelMaker model_maker_;
  catalogue::ImportService imports_;
  catalogue::InferenceModelReader model_reader_;
  catalogue::Questions questions_;
  catalogue::SearchAnswerer search_role_;
  catalogue::assistant::SearchReader assistant_reader_;
  catalogue::assistant::CatalogueItems assistant_items_;
  catalogue::assistant::ModelWriter assistant_writer_;
  documents::Asking assistant_asking_;
  catalogue::assistant::DocumentHelpDesk help_desk_;
  catalogue::assistant::Assistant assistant_;
  catalogue::assistant::AssistantAnswerer assistant_role_;
  catalogue::Answering answering_;
  api::Metrics metrics_;
  api::native::DashboardHistory dashboard_history_;
  api::Services services_;
  api::Guard guard_;
  http::Server server_;
  asio::signal_set signals_;
};

}  // namespace

int run_server(const Settings& settings, const fs::path& program) {
  raise_descriptor_limit();
  ::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to clients that left; the error says so
  restore_staged(settings);
  App app(settings, program);
  return app.run();
}

void back_up(const Settings& settings, const fs::path& file) {
  const auto database = open_database(settings);
  backup::make(*database, places_of(settings), file, Clock().system());
}

std::string restore(const Settings& settings, const fs::path& file) {
  return backup::restore(file, places_of(settings), Clock().system()).created_at;
}

fs::path data_folder(const Settings& settings, const Variables& variables) {
  if (const auto given = text_of(settings, "data_folder"); !given.empty()) return given;
  if (const auto xdg = variables.find("XDG_DATA_HOME"); xdg != variables.end() && !xdg->second.empty()) return fs::path(xdg->second) / "fragua";
  const auto home = variables.find("HOME");
  return fs::path(home == variables.end() ? "." : home->second) / ".local" / "share" / "fragua";
}

fs::path models_folder(const Settings& settings, const Variables& variables) {
  if (const auto given = text_of(settings, "models_folder"); !given.empty()) return given;
  const auto home = variables.find("HOME");
  const auto of_ollama = fs::path(home == variables.end() ? "." : home->second) / ".ollama" / "models";
  return fs::exists(of_ollama / "manifests") ? of_ollama : data_folder(settings, variables) / "models";
}

}  // namespace fragua::app
