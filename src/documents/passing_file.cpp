#include "documents/passing_file.h"

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::documents {

namespace {

std::string as_markdown(const Block& block) {
  return block.kind == Block::Kind::heading ? std::string(std::size_t(std::max(1, block.level)), '#') + " " + block.text : block.text;
}

// False when there is room for no more.
bool add(FileText& read, const Block& block) {
  if (!read.text.empty()) read.text += "\n\n";
  read.text += as_markdown(block);
  if (read.text.size() <= kPassingTextMaxBytes) return true;
  read.text.resize(complete_utf8_length(std::string_view(read.text).substr(0, kPassingTextMaxBytes)));
  read.is_cut = true;
  return false;
}

class Counted {
 public:
  explicit Counted(int& count) : count_(count) {
    if (count_ >= kPassingMax) throw Error(ErrorCode::overloaded, "too many files are read at once: try again in a moment");
    ++count_;
  }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  int& count_;
};

}  // namespace

PassingFile::PassingFile(PassingParts parts, std::string id, std::string name)
    : parts_(parts), id_(std::move(id)), name_(display_name(name)), file_(parts_.files.receive(id_)) {}

PassingFile::~PassingFile() {
  file_.reset();
  parts_.files.remove(id_);
}

Task<> PassingFile::write(std::string bytes) {
  if (file_->size() + bytes.size() > kPassingFileMaxBytes)
    throw Error(ErrorCode::too_large, "a file that goes with a question may have at most " + human_bytes(kPassingFileMaxBytes) + "; put it into a collection of documents");
  const auto work = [this, &bytes] { file_->write(bytes); };
  co_await parts_.pool.run(work);
}

Task<FileText> PassingFile::read() {
  const Counted counted(parts_.reading);
  const auto keep = [this] { file_->keep(); };
  co_await parts_.pool.run(keep);
  const auto scratch = parts_.files.scratch(id_);
  ExtractionRequest request{parts_.files.path_of(id_), name_, "", scratch->path()};
  const auto extraction = parts_.extractor.start(std::move(request));
  FileText read;
  bool has_room = true;
  while (has_room) {
    auto event = co_await extraction->next();
    if (!event) break;
    if (const auto* failure = std::get_if<ExtractionFailure>(&*event)) throw Error(ErrorCode::invalid_argument, name_ + ": " + failure->message);
    if (std::holds_alternative<PackedFile>(*event)) throw Error(ErrorCode::invalid_argument, name_ + " is an archive: unpack it first, or put it into a collection of documents");
    if (const auto* facts = std::get_if<DocumentFacts>(&*event)) {
      read.format = facts->format;
      read.pages = facts->pages;
    }
    if (const auto* block = std::get_if<Block>(&*event)) has_room = add(read, *block);
  }
  if (read.text.empty()) throw Error(ErrorCode::invalid_argument, name_ + ": no text was found in it");
  co_return read;
}

}  // namespace fragua::documents
