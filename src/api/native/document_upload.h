// DocumentSink: the files of a form go into a collection, piece by piece as they arrive. Callers: api/native, api/openai.
// Threads: the loop's. A file that does not arrive whole leaves nothing.
#pragma once
#include "api/form.h"
#include "documents/service.h"

namespace fragua::api::native {

class DocumentSink final : public FileSink {
 public:
  DocumentSink(Call& call, std::string collection) : call_(call), collection_(std::move(collection)) {}
  Task<> begin(http::FormPart part, std::map<std::string, std::string> fields_so_far) override;
  Task<> write(std::string bytes) override;
  Task<> end() override;

  std::vector<documents::Received> received;

 private:
  Call& call_;
  std::string collection_;
  std::unique_ptr<documents::Upload> upload_;
};

// The first file of a form, read for its text.
class TextSink final : public FileSink {
 public:
  explicit TextSink(Call& call) : call_(call) {}
  Task<> begin(http::FormPart part, std::map<std::string, std::string> fields_so_far) override;
  Task<> write(std::string bytes) override;
  Task<> end() override;

  std::string name;
  std::optional<documents::FileText> read;

 private:
  Call& call_;
  std::unique_ptr<documents::PassingFile> file_;
};

// At least one, or Error(invalid_argument).
Task<std::vector<documents::Received>> receive_documents(Call& call, std::string collection);

}  // namespace fragua::api::native
