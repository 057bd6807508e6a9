// DocxStyles: which paragraph styles are headings, and which carry a list.
// Callers: office/docx. Threads: any after construction.
#pragma once
#include <map>
#include <string>

namespace fragua::documents::extractors {

struct DocxStyle {
  int heading = 0;   // 1..6, 0: none
  std::string list;  // id of its numbering; "" for none
  int list_level = 0;
  bool code = false;
};

class DocxStyles {
 public:
  explicit DocxStyles(const std::string& xml);  // "" for none
  DocxStyle find(const std::string& id) const;

 private:
  std::map<std::string, DocxStyle> styles_;
};

}  // namespace fragua::documents::extractors
