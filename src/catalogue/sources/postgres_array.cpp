#include "catalogue/sources/postgres_array.h"

#include <algorithm>

#include "base/json.h"
#include "base/strings.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kDepthMax = 6;  // as PostgreSQL has it
constexpr std::size_t kShownMax = 40;
constexpr std::string_view kSpaces = " \t\n\r\v\f";

bool is_number_type(std::string_view type) {
  static constexpr std::string_view kTypes[] = {"smallint", "integer", "bigint", "numeric", "decimal", "real", "double precision",
                                                "int", "int2", "int4", "int8", "float4", "float8"};
  type = trimmed(type.substr(0, type.find_first_of("([")));
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

bool is_boolean_type(std::string_view type) { return type.starts_with("bool"); }

// As JSON writes numbers: -12, 0.5, 1e9.
bool is_json_number(std::string_view text) {
  const auto digits = [&] {
    const auto count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool zero = text.starts_with('0');
  const auto whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  return text.empty();
}

std::string boolean_of(std::string text) {
  if (text == "t") return "true";
  if (text == "f") return "false";
  return text;
}

class ArrayReader {
 public:
  ArrayReader(std::string_view literal, CellForm items) : rest_(literal), items_(items) {}

  bool read() {
    skip_bounds();
    if (!read_array(1)) return false;
    skip_spaces();
    return rest_.empty();
  }
  std::string json() { return std::move(json_); }

 private:
  void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(kSpaces), rest_.size())); }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void skip_bounds() {
    skip_spaces();
    if (!rest_.starts_with('[')) return;
    const auto end = rest_.find('=');
    if (end != std::string_view::npos) rest_.remove_prefix(end + 1);
    skip_spaces();
  }

  bool read_array(std::size_t depth) {
    if (depth > kDepthMax || !take('{')) return false;
    json_ += '[';
    skip_spaces();
    if (!take('}')) {
      do {
        if (!read_item(depth)) return false;
        skip_spaces();
        if (take('}')) return json_ += ']', true;
        json_ += ',';
      } while (take(','));
      return false;
    }
    json_ += ']';
    return true;
  }

  bool read_item(std::size_t depth) {
    skip_spaces();
    if (rest_.starts_with('{')) return read_array(depth + 1);
    std::string text;
    const bool quoted = rest_.starts_with('"');
    if (quoted ? !read_quoted(text) : !read_bare(text)) return false;
    const bool bare_null = !quoted && equal_ignoring_case(text, "null");
    if (bare_null) {
      json_ += "null";
    } else if (items_ == CellForm::numbers && is_json_number(text)) {
      json_ += text;
    } else if (items_ == CellForm::booleans && (text == "t" || text == "f" || text == "true" || text == "false")) {
      json_ += boolean_of(text);
    } else {
      json_ += json::serialize(json::string_view(text));
    }
    return true;
  }

  bool read_quoted(std::string& text) {
    take('"');
    while (!rest_.empty() && !rest_.starts_with('"')) {
      take('\\');
      if (rest_.empty()) return false;
      text += rest_.front();
      rest_.remove_prefix(1);
    }
    return take('"');
  }

  // Spaces around it do not belong to it.
  bool read_bare(std::string& text) {
    std::size_t kept = 0;
    while (!rest_.empty() && std::string_view(",{}\"").find(rest_.front()) == std::string_view::npos) {
      const bool escaped = take('\\');
      if (rest_.empty()) return false;
      text += rest_.front();
      if (escaped || kSpaces.find(rest_.front()) == std::string_view::npos) kept = text.size();
      rest_.remove_prefix(1);
    }
    text.resize(kept);
    return !text.empty();
  }

  std::string_view rest_;
  CellForm items_;
  std::string json_;
};

}  // namespace

CellForm form_of(std::string_view type) {
  if (type.ends_with("[]")) return is_boolean_type(type) ? CellForm::booleans : is_number_type(type) ? CellForm::numbers : CellForm::texts;
  return is_boolean_type(type) ? CellForm::boolean : CellForm::as_it_is;
}

Result<std::string> with_form(CellForm form, std::string text) {
  if (form == CellForm::as_it_is) return text;
  if (form == CellForm::boolean) return boolean_of(std::move(text));
  return array_to_json(text, form);
}

Result<std::string> array_to_json(std::string_view literal, CellForm items) {
  ArrayReader reader(literal, items);
  if (reader.read()) return reader.json();
  const auto shown = literal.substr(0, complete_utf8_length(literal.substr(0, kShownMax)));
  return failure(ErrorCode::invalid_argument, "this is not an array as PostgreSQL writes it: " + std::string(shown));
}

std::string array_item(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace fragua::catalogue
