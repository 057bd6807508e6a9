#include "cli/show.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/strings.h"
#include "cli/context.h"
#include "cli/format.h"
#include "cli/members.h"

namespace fragua::cli {

namespace {

constexpr std::size_t kLongListItems = 3;  // of a list in the metadata
constexpr std::size_t kLongTextLines = 2;  // of a system message or a licence

std::string section(const std::string& title, const std::vector<Row>& rows) {
  return rows.empty() ? "" : "  " + title + "\n" + table(rows, "    ") + "\n";
}

std::vector<Row> model_rows(const json::object& answer) {
  const auto info = object_member(answer, "model_info");
  const auto details = object_member(answer, "details");
  const auto architecture = string_member(info, "general.architecture", string_member(details, "family"));
  const auto parameters = integer_member(info, "general.parameter_count");
  std::vector<Row> rows{{"architecture", architecture},
                        {"parameters", parameters > 0 ? human_count(std::uint64_t(parameters))
                                                      : string_member(details, "parameter_size")}};
  for (const auto* name : {"context_length", "embedding_length"}) {
    const auto value = integer_member(info, architecture + "." + name);
    auto label = std::string(name);
    label[label.find('_')] = ' ';
    if (value > 0) rows.push_back({label, std::to_string(value)});
  }
  rows.push_back({"quantization", string_member(details, "quantization_level")});
  if (const auto version = string_member(answer, "requires"); !version.empty()) rows.push_back({"requires", version});
  return rows;
}

std::vector<Row> projector_rows(const json::object& answer) {
  const auto info = object_member(answer, "projector_info");
  if (info.empty()) return {};
  std::vector<Row> rows{{"architecture", string_member(info, "general.architecture")}};
  const auto parameters = integer_member(info, "general.parameter_count");
  if (parameters > 0) rows.push_back({"parameters", human_count(std::uint64_t(parameters))});
  for (const auto* key : {"clip.vision.embedding_length", "clip.vision.projection_dim"})
    if (const auto value = integer_member(info, key); value > 0)
      rows.push_back({std::string(key).ends_with("dim") ? "dimensions" : "embedding length", std::to_string(value)});
  return rows;
}

std::vector<Row> capability_rows(const json::object& answer) {
  std::vector<Row> rows;
  for (const auto& name : strings_member(answer, "capabilities")) rows.push_back({name});
  return rows;
}

// "stop                           \"<|im_end|>\"" -> {"stop", "\"<|im_end|>\""}
std::vector<Row> parameter_rows(const json::object& answer) {
  std::vector<Row> rows;
  for (const auto& line : split(string_member(answer, "parameters"), '\n')) {
    const auto text = trimmed(line);
    const auto space = text.find_first_of(" \t");
    if (!text.empty())
      rows.push_back({std::string(text.substr(0, space)),
                      space == std::string_view::npos ? "" : std::string(trimmed(text.substr(space)))});
  }
  return rows;
}

std::vector<Row> first_lines(const std::string& text, std::size_t count) {
  std::vector<Row> rows;
  for (const auto& line : split(text, '\n')) {
    if (trimmed(line).empty()) continue;
    if (rows.size() == count) {
      rows.push_back({"..."});
      break;
    }
    rows.push_back({std::string(trimmed(line))});
  }
  return rows;
}

std::string shortened(const json::value& value) {
  if (!value.is_array()) return plain_text(value);
  const auto& items = value.get_array();
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(items.size(), kLongListItems); ++i) shown.push_back(plain_text(items[i]));
  const auto more =
      items.size() > kLongListItems ? ", ...+" + std::to_string(items.size() - kLongListItems) + " more" : "";
  return "[" + join(shown, ", ") + more + "]";
}

std::vector<Row> metadata_rows(const json::object& answer) {
  std::vector<Row> rows;
  for (const auto& [key, value] : object_member(answer, "model_info"))
    rows.push_back({std::string(key), shortened(value)});
  std::ranges::sort(rows);
  return rows;
}

std::vector<Row> tensor_rows(const json::object& answer) {
  std::vector<Row> rows;
  for (const auto& tensor : array_member(answer, "tensors"))
    if (const auto* object = tensor.if_object())
      rows.push_back(
          {string_member(*object, "name"), string_member(*object, "type"), to_json(array_member(*object, "shape"))});
  return rows;
}

}  // namespace

std::string show_text(const json::object& answer, bool verbose) {
  auto text = section("Model", model_rows(answer)) + section("Projector", projector_rows(answer)) +
              section("Capabilities", capability_rows(answer)) + section("Parameters", parameter_rows(answer));
  if (verbose) text += section("Metadata", metadata_rows(answer)) + section("Tensors", tensor_rows(answer));
  return text + section("System", first_lines(string_member(answer, "system"), kLongTextLines)) +
         section("License", first_lines(string_member(answer, "license"), kLongTextLines));
}

int show_model(Context& context) {
  constexpr std::array<const char*, 5> kParts = {"license", "modelfile", "parameters", "system", "template"};
  const auto wanted = std::ranges::count_if(kParts, [&](const char* part) { return context.arguments.has(part); });
  if (wanted > 1)
    throw Error(ErrorCode::invalid_argument,
                "only one of --license, --modelfile, --parameters, --system and --template can be asked for at a time");
  const bool verbose = context.arguments.has("verbose");
  const auto answer = context.api.post("/api/show", {{"model", context.arguments.text("MODEL")}, {"verbose", verbose}});
  if (context.as_json()) {
    context.console.out_line(to_pretty_json(answer));
    return 0;
  }
  for (const auto* part : kParts) {
    if (!context.arguments.has(part)) continue;
    const auto text = string_member(answer.as_object(), part);
    context.console.out(text.empty() || text.ends_with('\n') ? text : text + "\n");
    return 0;
  }
  context.console.out(show_text(answer.as_object(), verbose));
  return 0;
}

}  // namespace fragua::cli
