#include "documents/extractors/registry.h"

#include "documents/extractors/archive/archive.h"
#include "documents/extractors/ocr/image.h"
#include "documents/extractors/office/docx.h"
#include "documents/extractors/office/encrypted.h"
#include "documents/extractors/office/epub.h"
#include "documents/extractors/office/legacy.h"
#include "documents/extractors/office/odf.h"
#include "documents/extractors/office/pptx.h"
#include "documents/extractors/office/xlsx.h"
#include "documents/extractors/pdf/pdf.h"
#include "documents/extractors/text/csv.h"
#include "documents/extractors/text/markdown.h"
#include "documents/extractors/text/plain_text.h"
#include "documents/extractors/web/html.h"
#include "documents/extractors/web/mail.h"

namespace fragua::documents::extractors {

std::unique_ptr<Extractor> make_extractor(Format format, const Tools& tools) {
  switch (format) {
    case Format::pdf: return std::make_unique<PdfExtractor>(tools);
    case Format::png:
    case Format::jpeg:
    case Format::tiff:
    case Format::bmp:
    case Format::heic: return std::make_unique<ImageExtractor>(tools, format);
    case Format::docx: return std::make_unique<DocxExtractor>();
    case Format::xlsx: return std::make_unique<XlsxExtractor>();
    case Format::pptx: return std::make_unique<PptxExtractor>();
    case Format::odt: return std::make_unique<OdfExtractor>(OdfKind::text);
    case Format::ods: return std::make_unique<OdfExtractor>(OdfKind::spreadsheet);
    case Format::odp: return std::make_unique<OdfExtractor>(OdfKind::presentation);
    case Format::epub: return std::make_unique<EpubExtractor>();
    case Format::doc:
    case Format::xls:
    case Format::ppt:
    case Format::rtf: return std::make_unique<LegacyExtractor>(tools, format);
    case Format::encrypted_office: return std::make_unique<EncryptedExtractor>(tools);
    case Format::html: return std::make_unique<HtmlExtractor>();
    case Format::markdown: return std::make_unique<MarkdownExtractor>();
    case Format::csv: return std::make_unique<CsvExtractor>();
    case Format::mail: return std::make_unique<MailExtractor>();
    case Format::zip: return std::make_unique<ArchiveExtractor>();
    case Format::text: break;
  }
  return std::make_unique<PlainTextExtractor>();
}

}  // namespace fragua::documents::extractors
