#include "documents/extractors/host.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <new>
#include <system_error>

#include "base/error.h"
#include "base/json.h"
#include "base/strings.h"
#include "documents/extractors/detect.h"
#include "documents/extractors/draw.h"
#include "documents/extractors/json_output.h"
#include "documents/extractors/registry.h"
#include "documents/extractors/sandbox/sandbox.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kRequestMaxBytes = 64 << 10;
constexpr int kChannel = 3;

// On a line of its own, should it cut one in two. A handler may only write.
constexpr char kOutOfTime[] = "\n{\"type\":\"error\",\"code\":\"too_large\",\"message\":\"reading the document took longer than allowed\"}\n";

void out_of_time(int) {
  [[maybe_unused]] const auto written = ::write(kChannel, kOutOfTime, sizeof kOutOfTime - 1);
  ::_exit(0);
}

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

std::int64_t number_member(const json::object& object, std::string_view key, std::int64_t fallback) {
  const auto* value = find_member(object, key);
  return value && value->is_int64() && value->get_int64() > 0 ? value->get_int64() : fallback;
}

Request to_request(const json::object& object) {
  Request request;
  request.file = string_member(object, "path");
  request.name = string_member(object, "name");
  request.password = string_member(object, "password");
  request.languages = string_member(object, "languages", request.languages);
  request.scratch = string_member(object, "scratch");
  request.pages_max = int(std::min<std::int64_t>(number_member(object, "pages_max", request.pages_max), 1'000'000));
  request.text_max_bytes = std::uint64_t(number_member(object, "text_max_bytes", std::int64_t(request.text_max_bytes)));
  if (!request.file.is_absolute() || !request.scratch.is_absolute()) throw Error(ErrorCode::invalid_argument, "paths must be absolute");
  return request;
}

void answer(const json::object& object, const Request& request, const Tools& tools, JsonOutput& output) {
  const auto format = detect(request.file, request.name);
  const auto* draw = find_member(object, "draw");
  if (draw && draw->is_object()) {
    const auto& wanted = draw->get_object();
    return output.image(draw_page(request, format, {int(number_member(wanted, "page", 1)), int(number_member(wanted, "width", 1000))}, tools));
  }
  make_extractor(format, tools)->extract(request, output);
  output.finish();
}

FailureCode code_of(const Error& error) {
  if (error.code() == ErrorCode::too_large || error.code() == ErrorCode::storage_full) return FailureCode::too_large;
  return error.code() == ErrorCode::unsupported ? FailureCode::unsupported : FailureCode::damaged;
}

// Whatever goes wrong in reading a document is the answer.
void answer_or_explain(const json::object& object, const Request& request, const Tools& tools, JsonOutput& output) {
  try {
    answer(object, request, tools, output);
  } catch (const Failure& failure) {
    output.failure(failure);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::cancelled) throw;
    output.failure({code_of(error), code_of(error) == FailureCode::too_large ? "the document is larger than can be read" : "the document could not be read"});
  } catch (const std::bad_alloc&) {
    output.failure({FailureCode::too_large, "reading the document needs more memory than allowed"});
  } catch (const std::length_error&) {
    output.failure({FailureCode::too_large, "reading the document needs more memory than allowed"});
  } catch (const std::system_error&) {
    output.failure({FailureCode::damaged, "the document could not be read"});
  }
}

}  // namespace

int serve_extraction(int channel, const Variables& variables) {
  try {
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXCPU, out_of_time);
    ::signal(SIGXFSZ, SIG_IGN);
    const auto line = parse_json(read_line(channel));
    const auto& object = line.as_object();
    const auto request = to_request(object);
    const Tools tools(request.scratch, variables);
    const auto path = variables.find("PATH");
    enter_sandbox({request.file, request.scratch, path == variables.end() ? std::vector<std::string>() : split(path->second, ':')});
    JsonOutput output(channel, request.text_max_bytes);
    answer_or_explain(object, request, tools, output);
    return 0;
  } catch (const std::exception& failed) {
    ::dprintf(STDERR_FILENO, "extract: %s\n", failed.what());
    return 1;
  }
}

}  // namespace fragua::documents::extractors
