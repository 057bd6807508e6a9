// The XML of office documents: Word's paragraphs, tables and numbering, OpenDocument's text. The first byte says which.
#include "base/strings.h"
#include "documents/extractors/office/docx_numbering.h"
#include "documents/extractors/office/docx_styles.h"
#include "documents/extractors/office/docx_text.h"
#include "documents/extractors/office/odf_text.h"
#include "documents/extractors/office/xml.h"
#include "fuzz/fuzz.h"

using namespace fragua;
using namespace fragua::documents::extractors;

namespace {

class Ignoring : public Output {
 public:
  void document(const DocumentInfo&) override {}
  void page(const Page&) override {}
  void block(const Block&) override {}
  void file(const PackedFile&) override {}
};

void read_word(const std::string& xml) {
  const XmlDocument document(xml);
  for (const auto node : document.root().children()) {
    if (is(node, "tbl")) docx_table_rows(node);
    looks_like_heading(node, docx_paragraph_text(node));
    docx_text_boxes(node);
  }
}

void read_open_document(const std::string& xml) {
  const XmlDocument document(xml);
  Ignoring output;
  BlockJoiner joiner(output);
  tell_odf(document.root(), joiner);
  joiner.flush();
}

void read_lists(const std::string& xml) {
  DocxNumbering numbering(xml);
  for (int level = 0; level < DocxNumbering::kLevels; ++level) numbering.next("1", level);
  const DocxStyles styles(xml);
  styles.find("T1");
}

}  // namespace

void fuzz(std::string_view input) {
  if (input.empty()) return;
  const std::string xml(input.substr(1));
  try {
    switch (input.front() % 4) {
      case 0: return read_word(xml);
      case 1: return read_open_document(xml);
      case 2: return read_lists(xml);
      default: relationships(xml, "word/document.xml");
    }
  } catch (const Failure&) {              // the right answer to what is no XML
  }
}
