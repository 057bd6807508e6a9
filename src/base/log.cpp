#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/strings.h"

namespace fragua {

namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return spdlog::level::debug;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warn: return spdlog::level::warn;
    case LogLevel::error: return spdlog::level::err;
  }
  return spdlog::level::info;
}

const char* name_of_level(LogLevel level) {
  static constexpr const char* kNames[] = {"debug", "info", "warn", "error"};
  return kNames[int(level)];
}

std::string as_json(LogLevel level, std::string_view event, LogFields fields) {
  json::object line{{"time", rfc3339(std::chrono::system_clock::now())}, {"level", name_of_level(level)}, {"event", event}};
  for (const auto& [key, value] : fields) line[key] = value;
  return json::serialize(line);
}

std::string as_text(LogLevel level, std::string_view event, LogFields fields) {
  std::string line = rfc3339(std::chrono::system_clock::now()).substr(11, 12) + " " + name_of_level(level) + " " + std::string(event);
  for (const auto& [key, value] : fields)
    line += " " + std::string(key) + "=" + (value.is_string() ? std::string(value.get_string()) : json::serialize(value));
  for (auto& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return line;
}

}  // namespace

struct Log::Sink {
  LogFormat format;
  spdlog::logger logger{"fragua", std::make_shared<spdlog::sinks::stderr_sink_mt>()};
};

Log::Log(LogFormat format, LogLevel least) : sink_(std::make_unique<Sink>()) {
  sink_->format = format;
  sink_->logger.set_pattern("%v");
  sink_->logger.set_level(format == LogFormat::silent ? spdlog::level::off : spdlog_level(least));
  sink_->logger.flush_on(spdlog::level::debug);
}

Log::~Log() = default;

void Log::write(LogLevel level, std::string_view event, LogFields fields) {
  if (!sink_->logger.should_log(spdlog_level(level))) return;
  const bool text = sink_->format == LogFormat::text;
  sink_->logger.log(spdlog_level(level), "{}", text ? as_text(level, event, fields) : as_json(level, event, fields));
}

}  // namespace fragua
