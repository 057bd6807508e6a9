#include "modelfile/template/format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "modelfile/utf8.h"

namespace fragua::modelfile {

namespace {

constexpr std::size_t kMaxWidth = 1000;

std::string number_text(double number, std::chars_format format, int precision = -1) {
  std::array<char, 1500> buffer{};
  char* const end = buffer.data() + buffer.size();
  const auto result = precision < 0 ? std::to_chars(buffer.data(), end, number, format)
                                    : std::to_chars(buffer.data(), end, number, format, precision);
  return std::string(buffer.data(), result.ptr);
}

// As encoding/json writes it: plain digits unless that would be very long.
std::string real_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "+Inf" : "-Inf";
  const double size = std::abs(number);
  const bool plain = size == 0 || (size >= 1e-6 && size < 1e21);
  return number_text(number, plain ? std::chars_format::fixed : std::chars_format::scientific);
}

std::string scalar_text(const json::value& value) {
  if (value.is_bool()) return value.get_bool() ? "true" : "false";
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_uint64()) return std::to_string(value.get_uint64());
  if (value.is_double()) return real_text(value.get_double());
  return {};
}

void append_json_of(const json::value& value, BoundedText& out);

void append_json_list(std::span<const json::value> list, BoundedText& out) {
  out.append('[');
  for (const auto& item : list) {
    if (&item != list.data()) out.append(',');
    append_json_of(item, out);
  }
  out.append(']');
}

void append_json_of(const json::value& value, BoundedText& out) {
  if (value.is_null()) return out.append("null");
  if (value.is_string()) return out.append(json::serialize(value));
  if (value.is_array()) return append_json_list(std::span(value.get_array().data(), value.get_array().size()), out);
  if (!value.is_object()) return out.append(scalar_text(value));
  out.append('{');
  bool first = true;
  for (const auto& [key, item] : value.get_object()) {
    if (!std::exchange(first, false)) out.append(',');
    out.append(json::serialize(json::string(key)));
    out.append(':');
    append_json_of(item, out);
  }
  out.append('}');
}

bool is_plain(const json::value& value) { return !value.is_object() && !value.is_array(); }

std::string printed(const Value& value) {
  BoundedText out(std::size_t(-1));
  append_printed(value, out);
  return out.take();
}

struct Verb {
  bool left = false;
  bool zeros = false;
  bool plus = false;
  std::size_t width = 0;
  int precision = -1;
  char letter = '\0';
};

std::size_t take_number(std::string_view& text) {
  std::size_t number = 0;
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    number = std::min(number * 10 + std::size_t(text[0] - '0'), kMaxWidth);
    text.remove_prefix(1);
  }
  return number;
}

Verb take_verb(std::string_view& text) {
  Verb verb;
  for (; !text.empty() && std::string_view("-0+ #").find(text[0]) != std::string_view::npos; text.remove_prefix(1)) {
    verb.left |= text[0] == '-';
    verb.zeros |= text[0] == '0';
    verb.plus |= text[0] == '+';
  }
  verb.width = take_number(text);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    verb.precision = int(take_number(text));
  }
  if (!text.empty()) {
    verb.letter = text[0];
    text.remove_prefix(1);
  }
  return verb;
}

std::string mismatch(const Verb& verb, const Value& value) {
  return std::string("%!") + verb.letter + '(' + printed(value) + ')';
}

std::string integer_verb(const Verb& verb, const Value& value) {
  if (!value.is_integer()) return mismatch(verb, value);
  if (verb.letter == 'c') {
    std::string character;
    append_utf8(value.json().is_int64() ? char32_t(value.json().get_int64()) : kReplacementCharacter, character);
    return character;
  }
  const int base = verb.letter == 'd' ? 10 : verb.letter == 'b' ? 2 : verb.letter == 'o' ? 8 : 16;
  std::array<char, 80> buffer{};
  char* const end = buffer.data() + buffer.size();
  const auto result = value.json().is_int64() ? std::to_chars(buffer.data(), end, value.json().get_int64(), base)
                                              : std::to_chars(buffer.data(), end, value.json().get_uint64(), base);
  return std::string(buffer.data(), result.ptr);
}

std::string real_verb(const Verb& verb, const Value& value) {
  if (!value.is_number()) return mismatch(verb, value);
  const double number = value.json().to_number<double>();
  if (verb.letter == 'g')
    return verb.precision < 0 ? real_text(number) : number_text(number, std::chars_format::general, verb.precision);
  const auto format = verb.letter == 'f' ? std::chars_format::fixed : std::chars_format::scientific;
  return number_text(number, format, verb.precision < 0 ? 6 : verb.precision);
}

// As many characters, not bytes, as the precision says; a character has at most 4 bytes.
std::string text_verb(const Verb& verb, const Value& value) {
  if (verb.precision < 0 || !value.is_text()) return printed(value);
  const auto wanted = std::size_t(verb.precision);
  std::string result;
  for (const char32_t code : code_points(value.text().substr(0, 4 * wanted + 4)).substr(0, wanted))
    append_utf8(code, result);
  return result;
}

std::string verb_text(const Verb& verb, const Value& value) {
  switch (verb.letter) {
    case 'v':
    case 's':
      if (value.is_nil()) return verb.letter == 'v' ? "<nil>" : "%!s(<nil>)";
      if (verb.letter == 's' && (value.is_number() || value.json().is_bool())) return mismatch(verb, value);
      return text_verb(verb, value);
    case 'q':
      return value.is_text() ? go_quoted(value.text()) : mismatch(verb, value);
    case 't':
      return value.json().is_bool() ? printed(value) : mismatch(verb, value);
    case 'd':
    case 'b':
    case 'o':
    case 'x':
    case 'c':
      return integer_verb(verb, value);
    case 'f':
    case 'e':
    case 'g':
      return real_verb(verb, value);
    default:
      return mismatch(verb, value);
  }
}

void append_padded(const Verb& verb, const Value& value, BoundedText& out) {
  std::string text = verb_text(verb, value);
  if (verb.plus && value.is_number() && !text.starts_with('-')) text.insert(0, 1, '+');
  const bool surely_wide = text.size() >= 4 * verb.width;
  const std::size_t characters = surely_wide ? verb.width : code_points(text).size();
  if (characters >= verb.width) return out.append(text);
  const std::size_t missing = verb.width - characters;
  const bool zeros = verb.zeros && !verb.left && value.is_number();
  const bool has_sign = zeros && (text.starts_with('-') || text.starts_with('+'));
  if (verb.left)
    text.append(missing, ' ');
  else
    text.insert(has_sign ? 1 : 0, missing, zeros ? '0' : ' ');
  out.append(text);
}

}  // namespace

void append_printed(const Value& value, BoundedText& out) {
  const auto& json = value.json();
  if (json.is_string()) return out.append(value.text());
  if (!json.is_array()) return json.is_object() ? append_json(value, out) : out.append(scalar_text(json));
  const auto list = value.list();
  if (!std::all_of(list.begin(), list.end(), is_plain)) return append_json_list(list, out);
  out.append('[');
  for (const auto& item : list) {
    if (&item != list.data()) out.append(' ');
    append_printed(Value::borrow(item), out);
  }
  out.append(']');
}

void append_json(const Value& value, BoundedText& out) {
  if (value.is_list()) return append_json_list(value.list(), out);
  append_json_of(value.json(), out);
}

void append_formatted(std::string_view format, std::span<const Value> arguments, BoundedText& out) {
  std::size_t used = 0;
  while (!format.empty()) {
    const auto percent = std::min(format.find('%'), format.size());
    out.append(format.substr(0, percent));
    format.remove_prefix(percent);
    if (format.empty()) break;
    format.remove_prefix(1);
    const Verb verb = take_verb(format);
    if (verb.letter == '\0')
      out.append("%!(NOVERB)");
    else if (verb.letter == '%')
      out.append('%');
    else if (used < arguments.size())
      append_padded(verb, arguments[used++], out);
    else
      out.append(std::string("%!") + verb.letter + "(MISSING)");
  }
  for (std::size_t index = used; index < arguments.size(); ++index) {
    out.append(index == used ? "%!(EXTRA " : ", ");
    append_printed(arguments[index], out);
  }
  if (used < arguments.size()) out.append(')');
}

std::string go_quoted(std::string_view text) {
  static constexpr std::string_view kPlain = "\a\b\f\n\r\t\v\\\"";
  static constexpr std::string_view kLetters = "abfnrtv\\\"";
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string result = "\"";
  for (const char c : text) {
    const auto escape = kPlain.find(c);
    if (escape != std::string_view::npos) {
      result += '\\';
      result += kLetters[escape];
    } else if ((c >= 0 && c < ' ') || c == 127) {
      result += "\\x";
      result += kDigits[std::size_t(c) >> 4];
      result += kDigits[std::size_t(c) & 15];
    } else {
      result += c;
    }
  }
  return result + '"';
}

}  // namespace fragua::modelfile
