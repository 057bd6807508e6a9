#include "documents/extractors/office/legacy.h"

#include "documents/extractors/office/converter.h"
#include "documents/extractors/office/docx.h"
#include "documents/extractors/office/ole_file.h"
#include "documents/extractors/office/pptx.h"
#include "documents/extractors/office/xlsx.h"

namespace fragua::documents::extractors {

namespace {

struct Kind {
  const char* format;
  const char* media_type;
  const char* successor;
};

Kind kind_of(Format format) {
  switch (format) {
    case Format::xls: return {"xls", "application/vnd.ms-excel", "xlsx"};
    case Format::ppt: return {"ppt", "application/vnd.ms-powerpoint", "pptx"};
    case Format::rtf: return {"rtf", "application/rtf", "docx"};
    default: return {"doc", "application/msword", "docx"};
  }
}

// The document is what its owner has, not what it was turned into.
class Renamed : public Output {
 public:
  Renamed(Output& output, const Kind& kind) : output_(output), kind_(kind) {}
  void document(const DocumentInfo& info) override { output_.document({kind_.format, kind_.media_type, info.title, info.pages}); }
  void page(const Page& page) override { output_.page(page); }
  void block(const Block& block) override { output_.block(block); }
  void file(const PackedFile& file) override { output_.file(file); }

 private:
  Output& output_;
  Kind kind_;
};

std::unique_ptr<Extractor> successor_of(Format format) {
  if (format == Format::xls) return std::make_unique<XlsxExtractor>();
  if (format == Format::ppt) return std::make_unique<PptxExtractor>();
  return std::make_unique<DocxExtractor>();
}

unsigned byte_at(const std::string& bytes, std::size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u; }

// LibreOffice would ask for the password at a window that is not there.
bool is_encrypted(const fs::path& file, Format format) {
  if (format == Format::rtf) return false;
  const OleFile ole(file);
  if (format == Format::doc) return (byte_at(ole.read("WordDocument"), 11) & 1) != 0;
  if (format == Format::ppt) return ole.has("EncryptedSummary");
  const auto workbook = ole.read(ole.has("Workbook") ? "Workbook" : "Book");
  // Records of type, length and content; the one that says so comes soon after the first.
  for (std::size_t at = 0, records = 0; at + 4 <= workbook.size() && records < 20; ++records) {
    if (byte_at(workbook, at) == 0x2F && byte_at(workbook, at + 1) == 0) return true;
    at += 4 + byte_at(workbook, at + 2) + 256 * byte_at(workbook, at + 3);
  }
  return false;
}

}  // namespace

void LegacyExtractor::extract(const Request& request, Output& output) {
  const auto kind = kind_of(format_);
  if (is_encrypted(request.file, format_)) {
    if (request.password.empty()) throw Failure(FailureCode::password_needed, "the document is protected by a password");
    throw Failure(FailureCode::unsupported, "old Office documents with a password cannot be read: save it without one, or in the new format");
  }
  auto converted = request;
  converted.file = Converter(tools_).convert(request.file, kind.format, kind.successor);
  Renamed renamed(output, kind);
  successor_of(format_)->extract(converted, renamed);
}

}  // namespace fragua::documents::extractors
