// DocumentsBench: a documents service on a database and folder of its own, with an extractor that reads plain lines and an embedder that
// counts words. Callers: tests of documents/. Threads: the test's; pools of one.
#pragma once
#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <cmath>
#include <set>

#include "base/files.h"
#include "base/strings.h"
#include "db/migrations.h"
#include "db/sqlite/database.h"
#include "documents/service.h"
#include "support/temporary_folder.h"

namespace fragua::documents::tests {

inline const std::string kAna = "ana", kBlas = "blas";

// Different at each call, and the same in each run.
inline Entropy counting_entropy() {
  return [number = std::make_shared<std::uint32_t>(0)](std::size_t bytes) {
    auto text = std::to_string(++*number);
    text.resize(bytes, '-');
    return text;
  };
}

// A name that ends in .docx: a document whose drawn pages have the words of its lines. "!file NAME TEXT": a file of an archive, unpacked into the scratch folder. "!password X": needs it, and is opened by it. "# x": a heading. "--- n words": page n begins. "!code message": a failure. Everything else: a paragraph.
class LineExtraction final : public Extraction {
 public:
  LineExtraction(const ExtractionRequest& request, std::function<void()> on_line)
      : format_(request.name.ends_with(".docx") ? "docx" : "txt"), lines_(split(read_file(request.path), '\n')), password_(request.password), scratch_(request.scratch), on_line_(std::move(on_line)) {}

  Task<std::optional<ExtractionEvent>> next() override {
    if (!std::exchange(is_begun_, true)) co_return DocumentFacts{format_, "text/plain", "", "es", 0};
    while (at_ < lines_.size()) {
      const auto line = lines_[at_++];
      on_line_();
      if (line.starts_with("!password ") && password_ != line.substr(10)) co_return ExtractionFailure{"password_needed", "it has a password"};
      if (line.starts_with("!password ")) write_file_atomically(scratch_ / kOpenedFile, line.substr(10));
      if (line.starts_with("!file ")) co_return packed(line.substr(6));
      if (line.starts_with("!damaged")) co_return ExtractionFailure{"damaged", line.substr(1)};
      if (line.starts_with("!") || line.empty()) continue;
      if (line.starts_with("--- ")) {
        std::size_t after = 0;
        page_ = std::stoll(line.substr(4), &after);
        Page page;
        page.number = page_;
        page.width = 595;
        auto words = after + 5 < line.size() ? split(line.substr(after + 5), ' ') : std::vector<std::string>{"Palabra"};
        for (auto& word : words) page.words.push_back({std::move(word), {0.1F, 0.1F, 0.2F, 0.12F}});
        co_return page;
      }
      if (line.starts_with("# ")) co_return Block{Block::Kind::heading, 1, page_, line.substr(2)};
      co_return Block{Block::Kind::paragraph, 0, page_, line};
    }
    co_return std::nullopt;
  }

 private:
  PackedFile packed(const std::string& line) {
    const auto space = line.find(' ');
    const auto path = scratch_ / ("file-" + std::to_string(at_));
    write_file_atomically(path, line.substr(space + 1));
    return {path, line.substr(0, space)};
  }

  std::string format_;
  std::vector<std::string> lines_;
  std::string password_;
  fs::path scratch_;
  std::function<void()> on_line_;
  std::size_t at_ = 0;
  std::int64_t page_ = 0;
  bool is_begun_ = false;
};

class LineExtractor final : public Extractor {
 public:
  std::unique_ptr<Extraction> start(ExtractionRequest request) override {
    ++started;
    return std::make_unique<LineExtraction>(request, [this] { on_line(); });
  }
  Task<std::string> draw(ExtractionRequest request, std::int64_t page, int width) override {
    drawn = request.path;
    if (request.path.extension().empty() && request.name.ends_with(".docx")) {
      write_file_atomically(request.scratch / kDrawnFile, "--- 1 Guía de la sala\n--- 2 Las puertas abren a las siete");
      ++conversions;
    }
    co_return std::to_string(page) + "@" + std::to_string(width);
  }
  int started = 0;
  int conversions = 0;
  fs::path drawn;
  std::function<void()> on_line = [] {};
};

// A text's words, each at its place among 64.
class WordEmbedder final : public Embedder {
 public:
  Task<std::vector<std::vector<float>>> embed(std::string model, TextRole, std::vector<std::string> texts) override {
    if (model == "missing") throw Error(ErrorCode::not_found, "model 'missing' not found");
    if (failures > 0 && failures-- > 0) throw Error(ErrorCode::invalid_argument, "broken on purpose");
    std::vector<std::vector<float>> vectors;
    for (const auto& text : texts) {
      embedded.push_back(text);
      std::vector<float> vector(64, 0.01F);
      for (const auto& word : split(lowercase(text), ' ')) vector[std::hash<std::string>()(word + (model == "other" ? "!" : "")) % 64] += 1;
      double sum = 0;
      for (const auto value : vector) sum += double(value) * value;
      for (auto& value : vector) value = float(value / std::sqrt(sum));
      vectors.push_back(std::move(vector));
    }
    co_return vectors;
  }
  std::vector<std::string> embedded;
  int failures = 0;
};

// What is at the addresses of a test.
class TableFetcher final : public Fetcher {
 public:
  Task<FetchedFile> fetch(std::string url, std::shared_ptr<bool>) override {
    const auto found = pages.find(url);
    if (found == pages.end()) throw Error(ErrorCode::unavailable, "the address answered with the status 404");
    co_return FetchedFile{url, found->second};
  }
  std::map<std::string, std::string> pages;
};

template <class Ask>
ErrorCode error_of(Ask ask) {
  try {
    ask();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

struct DocumentsBench {
  fragua::tests::TemporaryFolder folder;
  asio::io_context loop;
  std::unique_ptr<db::Database> database = open();
  WorkerPool pool{"test", 1, 64};
  db::Store store{*database, pool};
  LineExtractor extractor;
  WordEmbedder embedder;
  TableFetcher fetcher;
  FileStore files{folder.path() / "documents"};
  VectorIndexes indexes{loop.get_executor(), store, pool};
  ManualClock clock;
  Log log{LogFormat::silent};
  Entropy entropy = counting_entropy();
  std::unique_ptr<Service> service = make_service();

  std::unique_ptr<db::Database> open() {
    auto opened = db::open_sqlite({folder.path() / "test.db"});
    db::migrate(*opened, db::migrations());
    return opened;
  }
  std::unique_ptr<Service> make_service() {
    return std::make_unique<Service>(ServiceParts{{loop.get_executor(), store, pool, extractor, embedder, files, indexes, clock, log, entropy}, fetcher, "words"});
  }
  DocumentsBench() {
    for (const auto& user : {kAna, kBlas})
      database->write([&](db::Connection& c) {
        c.execute("INSERT INTO users (id, name, name_key, role, password_hash, created_at) VALUES ($1, $1, $1, 'member', '', 0)", {user});
      });
  }
  void start_worker() { asio::co_spawn(loop, Service::work(*service), asio::detached); }

  // Drives the loop until the task is done; hands out what it returned or threw.
  template <class T>
  T run(Task<T> task) {
    std::exception_ptr failed;
    std::optional<T> result;
    bool is_done = false;
    asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error, T value) {
      failed = error;
      if (!error) result.emplace(std::move(value));
      is_done = true;
    });
    drive(is_done);
    if (failed) std::rethrow_exception(failed);
    return std::move(*result);
  }
  void run(Task<> task) {
    std::exception_ptr failed;
    bool is_done = false;
    asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error) {
      failed = error;
      is_done = true;
    });
    drive(is_done);
    if (failed) std::rethrow_exception(failed);
  }

  Collection collection(const std::string& name = "Manuales", const std::string& user = kAna) {
    NewCollection wanted;
    wanted.name = name;
    return run(service->create(user, wanted));
  }
  Received upload(const Collection& collection, const std::string& name, const std::string& text, const std::string& user = kAna) {
    auto upload = run(service->receive(user, collection.id, name));
    run(upload->write(text));
    return run(upload->finish());
  }
  Document read(const Document& document, const std::string& user = kAna) {
    return run(service->wait_for(user, document.id, std::chrono::seconds(20)));
  }
  // Handed in and read.
  Document ingest(const Collection& collection, const std::string& name, const std::string& text) {
    return read(upload(collection, name, text).document);
  }
  std::vector<Passage> find(const std::string& question, const std::string& user = kAna, std::vector<std::string> collections = {}) {
    RetrievalQuery query;
    query.question = question;
    query.collections = std::move(collections);
    return run(service->retrieval().find(user, query));
  }
  std::int64_t count(std::string_view sql) {
    std::int64_t counted = 0;
    database->read([&](db::Connection& connection) { counted = connection.query(sql).front().integer(0); });
    return counted;
  }
  std::size_t files_kept() const {
    std::size_t kept = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "documents")) kept += entry.is_regular_file();
    return kept;
  }

 private:
  void drive(const bool& is_done) {
    loop.restart();
    while (!is_done && loop.run_one_for(std::chrono::seconds(30)) > 0) {
    }
    REQUIRE(is_done);
  }
};

}  // namespace fragua::documents::tests
