#include "cli/models.h"

#include <fmt/format.h>

#include <cmath>

#include "base/clock.h"
#include "base/strings.h"
#include "cli/context.h"
#include "cli/members.h"

namespace fragua::cli {

namespace {

std::string short_digest(const json::object& model) {
  auto digest = string_member(model, "digest");
  if (digest.starts_with("sha256:")) digest.erase(0, 7);
  return digest.substr(0, 12);
}

std::string size_of(const json::object& model) {
  return human_bytes(std::uint64_t(std::max<std::int64_t>(0, integer_member(model, "size"))));
}

std::string processor_of(const json::object& model) {
  const auto size = integer_member(model, "size");
  const auto on_gpu = integer_member(model, "size_vram");
  if (on_gpu == 0) return "100% CPU";
  if (on_gpu == size) return "100% GPU";
  if (on_gpu > size) return "Unknown";
  const auto cpu_percent = int(std::round(double(size - on_gpu) * 100 / double(size)));
  return fmt::format("{}%/{}% CPU/GPU", cpu_percent, 100 - cpu_percent);
}

std::string until(const json::object& model, SystemTime now) {
  const auto expires = parse_rfc3339(string_member(model, "expires_at"));
  if (expires && *expires < now) return "Stopping...";
  return human_time(expires, now);
}

}  // namespace

std::vector<json::object> models_named(const json::object& answer, std::string_view prefix) {
  std::vector<json::object> models;
  for (const auto& model : array_member(answer, "models")) {
    if (!model.is_object()) continue;
    if (lowercase(string_member(model.get_object(), "name")).starts_with(lowercase(prefix)))
      models.push_back(model.get_object());
  }
  return models;
}

std::string models_table(const std::vector<json::object>& models, SystemTime now) {
  std::vector<Row> rows{{"NAME", "ID", "SIZE", "MODIFIED"}};
  for (const auto& model : models)
    rows.push_back({string_member(model, "name"), short_digest(model), size_of(model),
                    human_time(parse_rfc3339(string_member(model, "modified_at")), now)});
  return table(rows);
}

std::string running_table(const std::vector<json::object>& models, SystemTime now) {
  std::vector<Row> rows{{"NAME", "ID", "SIZE", "PROCESSOR", "CONTEXT", "UNTIL"}};
  for (const auto& model : models)
    rows.push_back({string_member(model, "name"), short_digest(model), size_of(model), processor_of(model),
                    std::to_string(integer_member(model, "context_length")), until(model, now)});
  return table(rows);
}

namespace {

void print_json(const Context& context, const json::value& value) { context.console.out_line(to_pretty_json(value)); }

// "copied 'a' to 'b'" for people, the same as fields for programs.
void report(const Context& context, const std::string& sentence, json::object fields) {
  if (context.as_json()) return print_json(context, fields);
  context.console.out_line(sentence);
}

json::object with_models(const std::vector<json::object>& models) {
  return {{"models", json::array(models.begin(), models.end())}};
}

}  // namespace

int list_models(Context& context) {
  const auto answer = context.api.get("/api/tags");
  const auto models = models_named(answer.as_object(), context.arguments.text("PREFIX"));
  if (context.as_json()) {
    print_json(context, with_models(models));
  } else if (context.arguments.has("names")) {
    for (const auto& model : models) context.console.out_line(string_member(model, "name"));
  } else {
    context.console.out(models_table(models, context.clock.system()));
  }
  return 0;
}

int list_running(Context& context) {
  const auto answer = context.api.get("/api/ps");
  const auto models = models_named(answer.as_object(), context.arguments.text("PREFIX"));
  if (context.as_json())
    print_json(context, with_models(models));
  else
    context.console.out(running_table(models, context.clock.system()));
  return 0;
}

int copy_model(Context& context) {
  const auto source = context.arguments.text("SOURCE");
  const auto destination = context.arguments.text("DESTINATION");
  context.api.post("/api/copy", {{"source", source}, {"destination", destination}});
  report(context, "copied '" + source + "' to '" + destination + "'",
         {{"status", "success"}, {"source", source}, {"destination", destination}});
  return 0;
}

int remove_models(Context& context) {
  for (const auto& name : context.arguments.list("MODEL")) {
    context.api.remove("/api/delete", {{"model", name}});
    report(context, "deleted '" + name + "'", {{"status", "success"}, {"model", name}});
  }
  return 0;
}

int stop_model(Context& context) {
  const auto name = context.arguments.text("MODEL");
  context.api.post("/api/generate", {{"model", name}, {"keep_alive", 0}, {"stream", false}});
  if (context.as_json()) report(context, "", {{"status", "success"}, {"model", name}});
  return 0;
}

}  // namespace fragua::cli
