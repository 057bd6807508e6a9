#include "models/name.h"

#include <vector>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::models {

namespace {

constexpr std::size_t kHostMaxLength = 350;
constexpr std::size_t kPartMaxLength = 80;

enum class Part { host, namespace_, model, tag };

bool is_word(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

bool is_allowed(char c, Part part) {
  if (is_word(c) || c == '-') return true;
  if (c == '.') return part != Part::namespace_;
  return c == ':' && part == Part::host;
}

bool is_valid_part(std::string_view text, Part part) {
  if (text.empty() || text.size() > (part == Part::host ? kHostMaxLength : kPartMaxLength) || !is_word(text[0]))
    return false;
  for (const char c : text)
    if (!is_allowed(c, part)) return false;
  return true;
}

// Cuts the last "/part" off; nothing when there is no separator. What a separator promises must be there: an empty part
// stays empty and makes the name invalid.
std::optional<std::string_view> cut_last(std::string_view& text, char separator) {
  const auto at = text.rfind(separator);
  if (at == std::string_view::npos) return std::nullopt;
  const auto last = text.substr(at + 1);
  text = text.substr(0, at);
  return last;
}

// What is before the model: "namespace", "host/namespace" or "scheme://host/namespace".
bool read_prefix(std::string_view rest, ModelName& name) {
  const auto namespace_ = cut_last(rest, '/');
  if (!namespace_) {
    name.namespace_ = rest;
    return true;
  }
  name.namespace_ = *namespace_;
  const auto scheme_end = rest.find("://");
  if (scheme_end != std::string_view::npos) {
    name.scheme = lowercase(rest.substr(0, scheme_end));
    rest.remove_prefix(scheme_end + 3);
  }
  name.host = rest;
  return name.scheme == "https" || name.scheme == "http";
}

}  // namespace

bool is_valid(const ModelName& name) {
  return is_valid_part(name.host, Part::host) && is_valid_part(name.namespace_, Part::namespace_) &&
         is_valid_part(name.model, Part::model) && is_valid_part(name.tag, Part::tag);
}

bool same_name(const ModelName& a, const ModelName& b) {
  return equal_ignoring_case(a.host, b.host) && equal_ignoring_case(a.namespace_, b.namespace_) &&
         equal_ignoring_case(a.model, b.model) && equal_ignoring_case(a.tag, b.tag);
}

std::optional<ModelName> ModelName::parse(std::string_view text) {
  ModelName name;
  name.host = kDefaultHost;
  name.namespace_ = kDefaultNamespace;
  name.tag = kDefaultTag;
  const auto colon = text.rfind(':');
  const auto slash = text.rfind('/');
  // A colon before the last slash belongs to the host's port or the scheme.
  if (colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash))
    name.tag = *cut_last(text, ':');
  const auto model = cut_last(text, '/');
  name.model = model ? *model : text;
  if (model && !read_prefix(text, name)) return std::nullopt;
  if (!is_valid(name)) return std::nullopt;
  return name;
}

ModelName ModelName::require(std::string_view text) {
  auto name = parse(text);
  if (!name) throw Error(ErrorCode::invalid_argument, "invalid model name");
  return *std::move(name);
}

std::optional<ModelName> ModelName::from_filepath(std::string_view relative) {
  const auto parts = split(relative, '/');
  if (parts.size() != 4) return std::nullopt;
  ModelName name{.host = parts[0], .namespace_ = parts[1], .model = parts[2], .tag = parts[3]};
  if (!is_valid(name)) return std::nullopt;
  return name;
}

std::string ModelName::display() const {
  std::string prefix;
  if (!equal_ignoring_case(host, kDefaultHost)) {
    prefix = host + "/" + namespace_ + "/";
  } else if (!equal_ignoring_case(namespace_, kDefaultNamespace)) {
    prefix = namespace_ + "/";
  }
  return prefix + model + ":" + tag;
}

std::string ModelName::full() const { return host + "/" + namespace_ + "/" + model + ":" + tag; }

std::string ModelName::filepath() const {
  CHECK_THAT(is_valid(*this));
  return host + "/" + namespace_ + "/" + model + "/" + tag;
}

bool ModelName::is_hub() const {
  return equal_ignoring_case(host, "hf.co") || equal_ignoring_case(host, "huggingface.co");
}

}  // namespace fragua::models
