// HTML pages: whatever the page is, its blocks are UTF-8 and no longer than a page of that size can say.
#include "documents/extractors/web/html.h"

#include "base/strings.h"
#include "documents/extractors/text/charset.h"
#include "fuzz/fuzz.h"

using namespace fragua;
using namespace fragua::documents::extractors;

namespace {

class Checking : public Output {
 public:
  void document(const DocumentInfo&) override {}
  void page(const Page&) override {}
  void file(const PackedFile&) override {}
  void block(const Block& block) override {
    CHECK_THAT(is_valid_utf8(block.text));
    bytes += block.text.size();
  }
  std::size_t bytes = 0;
};

}  // namespace

void fuzz(std::string_view input) {
  const auto page = decode_text(input, declared_charset(input));
  CHECK_THAT(is_valid_utf8(page));
  Checking output;
  BlockJoiner joiner(output);
  try {
    CHECK_THAT(is_valid_utf8(tell_html(page, joiner)));
  } catch (const Failure&) {              // nested too deeply
  }
}
