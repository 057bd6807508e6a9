#include "catalogue/reading.h"

namespace fragua::catalogue {

namespace {

std::string request_line(const ReadingRequest& request) {
  json::object line;
  line["task"] = request.task;
  line["name"] = request.name;
  line["source"] = request.source;
  line["connection"] = request.connection.reveal();
  line["mapping"] = request.mapping;
  line["staging"] = request.staging;
  return to_json(line) + "\n";
}

ErrorCode code_named(std::string_view name) {
  for (const auto code : {ErrorCode::invalid_argument, ErrorCode::not_found, ErrorCode::too_large, ErrorCode::unsupported, ErrorCode::unavailable,
                          ErrorCode::storage_full, ErrorCode::corrupt, ErrorCode::conflict})
    if (name_of(code) == name) return code;
  return ErrorCode::internal;
}

Error why_ended(const ChildEnd& end, const ReadingOptions& options) {
  if (end.was_silent)
    return Error(ErrorCode::deadline_exceeded, "reading the source took longer than " + std::to_string(options.silence_max.count()) + " s without getting further");
  if (end.exit.signalled) return Error(ErrorCode::too_large, "reading the source took more memory, time or disk than is allowed, or its content broke the reader");
  return Error(ErrorCode::internal, "the reader ended before the source did");
}

}  // namespace

Reading::Reading(asio::any_io_executor executor, const ReadingOptions& options, const ReadingRequest& request)
    : options_(options), lines_(executor, options.argv, options.silence_max, ChildLimits{options.memory_bytes, options.cpu_seconds}), request_(request_line(request)) {}

Task<ReadingEvent> Reading::next_of_child() {
  const auto text = co_await lines_.next();
  if (!text) {
    const auto end = co_await lines_.end();
    throw why_ended(end, options_);
  }
  const auto value = parse_json(*text);
  const auto& line = value.as_object();
  const auto type = string_member(line, "type");
  if (type == "error") throw Error(code_named(string_member(line, "code")), string_member(line, "message"));
  if (type == "item") co_return read_body<ImportedItem>(line.at("item"), Unknown::refused);
  is_over_ = type == "report" || type == "suggestion";
  if (type == "report") co_return read_body<ImportReport>(line.at("report"), Unknown::refused);
  if (type == "suggestion") co_return line;
  co_return ReadingProgress{type, line.at("count").to_number<std::int64_t>()};
}

Task<std::optional<ReadingEvent>> Reading::next() {
  if (is_over_) co_return std::nullopt;
  if (!request_.empty()) co_await lines_.say(std::exchange(request_, ""));
  co_return co_await next_of_child();
}

}  // namespace fragua::catalogue
