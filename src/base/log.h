// Log: events with fields, one line each, JSON for machines or text for people, to standard error.
// Callers: everyone; app/ makes the one Log and hands it down. Threads: any.
// Never logs prompts, answers, secrets or request bodies.
#pragma once
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.h"

namespace fragua {

enum class LogFormat { json, text, silent };
enum class LogLevel { debug, info, warn, error };

struct LogField {
  template <class T>
  LogField(std::string_view field_name, T&& field_value)
      : name(field_name), value(json::value(std::forward<T>(field_value))) {}
  std::string_view name;
  json::value value;
};
using LogFields = std::initializer_list<LogField>;

class Log {
 public:
  explicit Log(LogFormat format, LogLevel least = LogLevel::info);
  ~Log();
  void debug(std::string_view event, LogFields fields = {}) { write(LogLevel::debug, event, fields); }
  void info(std::string_view event, LogFields fields = {}) { write(LogLevel::info, event, fields); }
  void warn(std::string_view event, LogFields fields = {}) { write(LogLevel::warn, event, fields); }
  void error(std::string_view event, LogFields fields = {}) { write(LogLevel::error, event, fields); }

 private:
  void write(LogLevel level, std::string_view event, LogFields fields);
  struct Sink;
  std::unique_ptr<Sink> sink_;
};

}  // namespace fragua
