// What a file is, by its content: magic bytes, the members of a zip, the entries of an OLE file, how its text begins. Callers: host.cpp.
// Threads: any. The name only tells apart what the content cannot: CSV, Markdown and plain text.
#pragma once
#include <string>
#include <string_view>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

enum class Format { pdf, png, jpeg, tiff, bmp, heic, docx, xlsx, pptx, odt, ods, odp, epub, doc, xls, ppt, rtf, html, markdown, csv, text, mail, zip, encrypted_office };

// Failure(empty): no bytes. Failure(unsupported): says what it looks like and which formats can be read. Failure(damaged): half of a format.
Format detect(const fs::path& file, const std::string& name);

}  // namespace fragua::documents::extractors
