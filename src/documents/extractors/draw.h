// Draw: one page of a document as a picture (PNG, or JPEG where the document is one and not too large). Callers: host.cpp. Threads: one; blocks.
// Office documents go through LibreOffice; their PDF stays in the scratch folder and is used again. Formats without a look of their own (text,
// HTML, mail, books) are Failure(unsupported).
#pragma once
#include <string>

#include "documents/extractors/detect.h"
#include "documents/extractors/extractor.h"
#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

struct Drawing {
  int page = 1;
  int width = 1000;  // pixels
};

// The picture's bytes.
std::string draw_page(const Request& request, Format format, const Drawing& drawing, const Tools& tools);

}  // namespace fragua::documents::extractors
