// Extractor: turns one kind of document into pages and blocks of text, told to an Output in reading order. Callers: host.cpp, one document a
// process. Threads: the caller's; blocks. What is wrong with the document is thrown as a Failure, whose text a person will read.
// Never opens a file but the request's and what lies in its scratch folder, and never follows what the document links to.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::documents::extractors {

namespace fs = std::filesystem;

// Where a protected document lies in the scratch folder once its password has opened it: ingestion keeps it, so that its pages can be drawn.
inline constexpr char kOpenedFile[] = "opened";

struct Request {
  fs::path file;
  std::string name;  // as its owner called it: tells CSV, Markdown and plain text apart, nothing else
  std::string password;
  std::string languages = "spa+eng";  // for OCR, as tesseract names them
  fs::path scratch;                   // an empty folder, the only place where anything may be written
  int pages_max = 10'000;
  std::uint64_t text_max_bytes = 64ull << 20;
};

// Fractions of the page; the top left corner is 0,0.
struct Box {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

struct Word {
  std::string text;
  Box box;
};

struct DocumentInfo {
  std::string format;
  std::string media_type;
  std::string title;
  int pages = 0;  // 0: this format has none
};

struct Page {
  int number = 1;
  std::string label;  // of a sheet or slide
  double width = 0;   // points, or pixels of an image; 0 where pages have no fixed form
  double height = 0;
  bool ocr = false;
  double confidence = 0;  // 0..1, of the OCR's words
  std::vector<Word> words;
};

enum class BlockKind { heading, paragraph, list, table, code };

struct Block {
  BlockKind kind = BlockKind::paragraph;
  std::string text;  // of a table: Markdown
  int page = 0;
  int level = 0;  // of a heading, 1..6
  std::optional<Box> box;
};

// One that lay in an archive: in the scratch folder, as "file-NUMBER".
struct PackedFile {
  int number = 0;
  std::string name;  // with its folders, as the archive has it
};

enum class FailureCode { password_needed, wrong_password, damaged, empty, too_large, unsupported, tool_missing };

class Failure : public std::runtime_error {
 public:
  Failure(FailureCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  FailureCode code() const { return code_; }

 private:
  FailureCode code_;
};

// The document comes first, a page before its blocks. An archive has files instead of both.
class Output {
 public:
  virtual ~Output() = default;
  virtual void document(const DocumentInfo& info) = 0;
  virtual void page(const Page& page) = 0;
  virtual void block(const Block& block) = 0;
  virtual void file(const PackedFile& file) = 0;
};

class Extractor {
 public:
  virtual ~Extractor() = default;
  virtual void extract(const Request& request, Output& output) = 0;
};

}  // namespace fragua::documents::extractors
