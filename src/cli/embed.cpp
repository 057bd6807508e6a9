#include "cli/embed.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/strings.h"
#include "cli/context.h"
#include "cli/members.h"
#include "cli/session.h"

namespace fragua::cli {

namespace {

constexpr std::size_t kInputMaxBytes = 64u << 20;
constexpr std::size_t kTextsAtOnce = 64;

json::object request_of(const Arguments& arguments, const std::vector<std::string>& texts) {
  json::object body{{"model", arguments.text("MODEL")}, {"input", json::array(texts.begin(), texts.end())}};
  if (arguments.has("no-truncate")) body["truncate"] = false;
  if (const auto truncate = arguments.boolean("truncate")) body["truncate"] = *truncate;
  if (const auto dimensions = arguments.number("dimensions", 1)) body["dimensions"] = *dimensions;
  if (arguments.has("keepalive")) body["keep_alive"] = parse_keep_alive(arguments.text("keepalive"));
  return body;
}

}  // namespace

std::string vector_text(const json::array& vector) {
  std::string text = "[";
  for (const auto& value : vector) text += fmt::format("{}{}", text.size() > 1 ? "," : "", value.to_number<float>());
  return text + "]";
}

int embed_and_print(Context& context, const std::vector<std::string>& texts) {
  for (std::size_t begin = 0; begin < texts.size(); begin += kTextsAtOnce) {
    const std::vector<std::string> part(texts.begin() + std::ptrdiff_t(begin),
                                        texts.begin() + std::ptrdiff_t(std::min(texts.size(), begin + kTextsAtOnce)));
    const auto answer = context.api.post("/api/embed", request_of(context.arguments, part));
    if (context.as_json()) {
      context.console.out_line(to_json(answer));
      continue;
    }
    for (const auto& vector : array_member(answer.as_object(), "embeddings"))
      if (vector.is_array()) context.console.out_line(vector_text(vector.get_array()));
  }
  return 0;
}

int embed_texts(Context& context) {
  auto texts = context.arguments.list("TEXT");
  if (texts.empty() && !context.console.input_is_terminal())
    for (const auto& line : split(context.console.read_input(kInputMaxBytes), '\n'))
      if (!trimmed(line).empty()) texts.push_back(line);
  if (texts.empty())
    throw Error(ErrorCode::invalid_argument, "there is no text; give it as an argument or on the standard input");
  return embed_and_print(context, texts);
}

}  // namespace fragua::cli
