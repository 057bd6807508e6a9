#include "api/native/document_upload.h"

namespace fragua::api::native {

Task<> DocumentSink::begin(http::FormPart part, std::map<std::string, std::string>) {
  upload_ = co_await call_.services.documents.receive(call_.user, collection_, std::move(part.file_name));
}

Task<> DocumentSink::write(std::string bytes) { co_await upload_->write(std::move(bytes)); }

Task<> DocumentSink::end() {
  auto one = co_await upload_->finish();
  received.push_back(std::move(one));
  upload_.reset();
}

Task<> TextSink::begin(http::FormPart part, std::map<std::string, std::string>) {
  if (read) throw Error(ErrorCode::invalid_argument, "the form has more than one file");
  name = part.file_name;
  file_ = call_.services.documents.pass(std::move(part.file_name));
  co_return;
}

Task<> TextSink::write(std::string bytes) { co_await file_->write(std::move(bytes)); }

Task<> TextSink::end() {
  read = co_await file_->read();
  file_.reset();
}

Task<std::vector<documents::Received>> receive_documents(Call& call, std::string collection) {
  DocumentSink sink(call, std::move(collection));
  co_await read_form(call, sink);
  if (sink.received.empty()) throw Error(ErrorCode::invalid_argument, "the form has no file: it must have a part \"file\" with a file name");
  co_return std::move(sink.received);
}

}  // namespace fragua::api::native
