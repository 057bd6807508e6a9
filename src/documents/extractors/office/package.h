// What the Office formats of Microsoft share: the parts of a package and its title. Callers: office/docx, xlsx, pptx.
// Threads: one. Failures as ZipArchive's.
#pragma once
#include <map>
#include <string>

#include "documents/extractors/office/xml.h"
#include "documents/extractors/office/zip_archive.h"

namespace fragua::documents::extractors {

class Package {
 public:
  explicit Package(const fs::path& file) : archive_(file) {}
  // The part that the whole document hangs on, for example word/document.xml.
  std::string main_part();
  std::string title();
  std::string read(const std::string& part) { return archive_.read(part); }
  std::string read_if_there(const std::string& part) { return archive_.read_if_there(part); }
  bool has(const std::string& part) const { return archive_.has(part); }
  // Those whose type ends with `type`.
  std::map<std::string, std::string> relationships_of(const std::string& part, std::string_view type = "");
  // The first related part whose relationship's type ends with `type`; "" if there is none.
  std::string related(const std::string& part, std::string_view type);
  std::vector<std::string> all_related(const std::string& part, std::string_view type);

 private:
  ZipArchive archive_;
};

}  // namespace fragua::documents::extractors
