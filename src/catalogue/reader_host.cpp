#include "catalogue/reader_host.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <new>

#include "base/error.h"
#include "catalogue/importer.h"
#include "catalogue/sources/open.h"
#include "catalogue/sources/postgres.h"
#include "catalogue/suggestion.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kRequestMaxBytes = 4 << 20;
constexpr std::size_t kBufferBytes = 256 << 10;
constexpr rlim_t kFileMaxBytes = 16ull << 30;        // of the staging

std::string read_line(int channel) {
  std::string line;
  char c = 0;
  while (line.size() < kRequestMaxBytes) {
    const auto count = ::read(channel, &c, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || c == '\n') return line;
    line += c;
  }
  throw Error(ErrorCode::too_large, "the request is too long");
}

// Lines of JSON, many in one write.
class Output final : public ImportListener {
 public:
  explicit Output(int channel) : channel_(channel) {}

  void rows_read(std::int64_t rows) override { tell("rows", rows); }
  void items_found(std::int64_t items) override { tell("items", items); }
  void item(ImportedItem item) override { add({{"type", "item"}, {"item", write_body(item)}}); }
  void add(const json::object& line) {
    buffer_ += to_json(line);
    buffer_ += '\n';
    if (buffer_.size() >= kBufferBytes) flush();
  }
  void flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
      const auto count = ::write(channel_, rest.data(), rest.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) throw Error(ErrorCode::cancelled, "nobody listens");
      rest.remove_prefix(std::size_t(count));
    }
    buffer_.clear();
  }

 private:
  void tell(std::string_view what, std::int64_t count) {
    add({{"type", what}, {"count", count}});
    flush();
  }

  int channel_;
  std::string buffer_;
};

void limit(int resource, rlim_t most) {
  const rlimit limits{most, most};
  ::setrlimit(resource, &limits);
}

std::unique_ptr<RowSource> source_of(const json::object& request, std::vector<std::string>& notes) {
  if (const auto file = string_member(request, "source"); !file.empty()) {
    SourceOptions options;
    options.noted = [&notes](std::string note) { notes.push_back(std::move(note)); };
    return open_source(file, options);
  }
  db::PostgresOptions options;
  options.address = Secret(string_member(request, "connection"));
  return open_postgres_source(std::move(options));
}

void import(const json::object& request, Output& output) {
  const auto mapping = parse_mapping(string_member(request, "mapping"));
  std::vector<std::string> notes;
  const auto source = source_of(request, notes);
  auto report = import_items(mapping, *source, fs::path(string_member(request, "staging")) / "staging.db", output);
  report.notes = std::move(notes);
  output.add({{"type", "report"}, {"report", write_body(report)}});
}

void suggest(const json::object& request, Output& output) {
  SourceFacts facts;
  open_source(string_member(request, "source"))->read(facts);
  output.add({{"type", "suggestion"}, {"mapping", suggest_mapping(facts)}});
}

void answer(const json::object& request, Output& output) {
  const auto task = string_member(request, "task");
  if (task == "import") return import(request, output);
  if (task == "suggest") return suggest(request, output);
  throw Error(ErrorCode::invalid_argument, "\"task\" must be import or suggest");
}

// Whatever goes wrong with a source is the answer.
void answer_or_tell(const std::string& line, Output& output) {
  try {
    answer(parse_json(line).as_object(), output);
  } catch (const Error& error) {
    output.add({{"type", "error"}, {"code", name_of(error.code())}, {"message", error.what()}});
  } catch (const std::bad_alloc&) {
    output.add({{"type", "error"}, {"code", name_of(ErrorCode::too_large)}, {"message", "reading the source took more memory than is allowed"}});
  }
  output.flush();
}

}  // namespace

int serve_reading(int channel) {
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);   // a write that is too long fails, and that is said
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, kFileMaxBytes);
  try {
    Output output(channel);
    answer_or_tell(read_line(channel), output);
    return 0;
  } catch (const std::exception&) {
    return 1;
  }
}

}  // namespace fragua::catalogue
