#include "app/assets.h"

#include <algorithm>
#include <span>

#include "base/embedded.h"

namespace fragua::app {

// Made by cmake/embed.cmake: names end in ".gz".
std::span<const EmbeddedFile> web_files();

namespace {

std::string_view type_of(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"},  {".js", "text/javascript; charset=utf-8"}, {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},              {".png", "image/png"},                     {".ico", "image/x-icon"},
      {".json", "application/json"},          {".woff2", "font/woff2"},                  {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"},
  };
  for (const auto& [ending, type] : kTypes)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

}  // namespace

std::optional<api::Asset> find_asset(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  const auto name = std::string(path.substr(1)) + ".gz";
  const auto files = web_files();
  const auto found = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.name == name; });
  if (found == files.end()) return std::nullopt;
  return api::Asset{found->bytes, type_of(path)};
}

}  // namespace fragua::app
