#include "cli/transfer.h"

#include "base/clock.h"
#include "cli/context.h"
#include "cli/members.h"

namespace fragua::cli {

Progress make_progress(const Context& context) {
  ProgressSettings settings;
  const auto* console = &context.console;
  const auto* clock = &context.clock;
  settings.terminal = console->error_is_terminal();
  settings.columns = [console] { return console->width(); };
  settings.write = [console](std::string_view text) { console->err(text); };
  settings.now = [clock] { return clock->steady(); };
  return Progress(std::move(settings));
}

void show_event(Progress& progress, const json::object& line) {
  const auto status = string_member(line, "status");
  const auto total = integer_member(line, "total");
  if (total > 0)
    progress.bar(status, std::uint64_t(integer_member(line, "completed")), std::uint64_t(total));
  else if (!status.empty())
    progress.step(status);
}

void follow(Context& context, Progress& progress, const std::string& path, const json::object& body) {
  StreamHandlers handlers;
  handlers.on_line = [&](const json::object& line) {
    if (context.as_json())
      context.console.out_line(to_json(line));
    else
      show_event(progress, line);
  };
  if (!context.as_json()) handlers.on_tick = [&progress] { progress.tick(); };
  context.api.stream(path, body, handlers);
  progress.finish();
}

void pull_model(Context& context, const std::string& name) {
  auto progress = make_progress(context);
  follow(context, progress, "/api/pull",
         {{"model", name}, {"insecure", context.arguments.has("insecure")}, {"stream", true}});
}

int pull_models(Context& context) {
  for (const auto& name : context.arguments.list("MODEL")) pull_model(context, name);
  return 0;
}

int push_model(Context& context) {
  auto progress = make_progress(context);
  follow(
      context, progress, "/api/push",
      {{"model", context.arguments.text("MODEL")}, {"insecure", context.arguments.has("insecure")}, {"stream", true}});
  return 0;
}

}  // namespace fragua::cli
