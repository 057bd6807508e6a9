#include "documents/ingestion.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/redirect_error.hpp>

#include "documents/collection_repository.h"
#include "documents/document_repository.h"
#include "documents/intake.h"

namespace fragua::documents {

namespace {

constexpr int kAttempts = 3;
constexpr std::chrono::seconds kPause{5};            // before another attempt

// What the house failed at may pass; what is wrong with the request will not.
bool may_pass(ErrorCode code) {
  return code == ErrorCode::unavailable || code == ErrorCode::overloaded || code == ErrorCode::deadline_exceeded || code == ErrorCode::internal;
}

struct Trouble {
  ErrorCode code = ErrorCode::internal;
  std::string message = "internal error";
};

Trouble trouble_of(std::exception_ptr failed) {
  try {
    std::rethrow_exception(failed);
  } catch (const Error& error) {
    return {error.code(), error.what()};
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace

void Ingestion::recover() {
  std::int64_t again = 0;
  std::set<std::string> known;
  parts_.store.database().write([&](db::Connection& connection) {
    DocumentRepository documents(connection);
    again = documents.recover();
    const auto ids = documents.all_ids();
    known = {ids.begin(), ids.end()};
  });
  const auto swept = parts_.files.sweep([&](const std::string& id) { return known.contains(id); });
  if (again > 0 || swept > 0) parts_.log.info("documents.recovered", {{"documents", again}, {"files_removed", swept}});
}

Task<> Ingestion::work(Ingestion& self) {
  while (true) {
    const auto wakes = self.wakes_;
    auto document = co_await self.take();
    if (document) co_await self.ingest(std::move(*document));
    if (document || wakes != self.wakes_) continue;
    boost::system::error_code ignored;
    co_await self.bell_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

Task<std::optional<Document>> Ingestion::take() {
  const auto work = [now = to_millis(parts_.clock.system())](db::Connection& connection) { return DocumentRepository(connection).take_waiting(now); };
  auto taking = parts_.store.write(work);
  auto [failed, document] = co_await asio::co_spawn(parts_.executor, std::move(taking), asio::as_tuple(asio::use_awaitable));
  if (failed) parts_.log.warn("documents.waiting", {{"why", trouble_of(failed).message}});
  if (failed) co_return std::nullopt;
  co_return document;
}

Task<> Ingestion::ingest(Document document) {
  running_[document.number] = {{}, parts_.clock.steady()};
  std::optional<ExtractionFailure> failure;
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    auto trying = attempt_once(document);
    auto [failed, found] = co_await asio::co_spawn(parts_.executor, std::move(trying), asio::as_tuple(asio::use_awaitable));
    failure = std::move(found);
    if (!failed) break;
    const auto trouble = trouble_of(failed);
    failure = ExtractionFailure{std::string(name_of(trouble.code)), trouble.message};
    if (!may_pass(trouble.code) || forgotten_.contains(document.number)) break;
    asio::steady_timer pause(parts_.executor, kPause);
    co_await pause.async_wait(asio::use_awaitable);
  }
  if (failure) co_await fail(document, *failure);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(parts_.clock.steady() - running_[document.number].started).count();
  parts_.log.info("document.read", {{"document", document.id}, {"outcome", failure ? failure->code : "indexed"}, {"ms", took}});
  end(document.number);
}

Task<std::optional<ExtractionFailure>> Ingestion::attempt_once(Document document) {
  const auto prepare = [document](db::Connection& connection) {
    DocumentRepository(connection).clear(document.number);
    return CollectionRepository(connection).find_by_number(document.collection_number);
  };
  auto collection = co_await parts_.store.write(prepare);
  if (!collection) throw Error(ErrorCode::cancelled, "the collection was deleted");
  const auto on_progress = [this, number = document.number](std::int64_t pages, std::int64_t done) {
    note(number, pages, done);
    return !forgotten_.contains(number);
  };
  const auto password = passwords_.find(document.number);
  auto given = password == passwords_.end() ? std::string() : password->second.reveal();
  Intake intake(parts_, std::move(document), std::move(*collection), on_progress);
  co_return co_await intake.run(std::move(given));
}

void Ingestion::note(std::int64_t document, std::int64_t pages, std::int64_t done) {
  auto& running = running_[document];
  const auto seconds = std::chrono::duration<double>(parts_.clock.steady() - running.started).count();
  running.progress = {pages, done, seconds > 0 ? double(done) / seconds : 0};
}

Task<> Ingestion::fail(Document document, ExtractionFailure failure) {
  const auto work = [document, failure, now = to_millis(parts_.clock.system())](db::Connection& connection) {
    DocumentRepository(connection).fail(document.number, failure.code, failure.message, now);
  };
  auto storing = parts_.store.write(work);
  const auto [failed] = co_await asio::co_spawn(parts_.executor, std::move(storing), asio::as_tuple(asio::use_awaitable));
  if (failed) parts_.log.error("document.state_lost", {{"document", document.id}, {"why", trouble_of(failed).message}});
}

void Ingestion::end(std::int64_t document) {
  wake();                                 // an archive left others to read
  running_.erase(document);
  passwords_.erase(document);
  forgotten_.erase(document);
  for (auto* timer : waiting_) timer->cancel();
}

std::optional<Progress> Ingestion::progress(std::int64_t document) const {
  const auto found = running_.find(document);
  if (found == running_.end()) return std::nullopt;
  return found->second.progress;
}

Task<Document> Ingestion::wait_for(std::int64_t document, std::chrono::nanoseconds limit) {
  const auto until = parts_.clock.steady() + std::chrono::duration_cast<SteadyTime::duration>(limit);
  const auto look = [document](db::Connection& connection) { return DocumentRepository(connection).find_by_number(document); };
  while (true) {
    auto found = co_await parts_.store.read(look);
    if (!found) throw not_found("document");
    if (found->state == state::kIndexed || found->state == state::kFailed) co_return std::move(*found);
    if (parts_.clock.steady() >= until) throw Error(ErrorCode::deadline_exceeded, "the document is still being read");
    // Rung when a document ends; now and then without, for one that ended between the look and the wait.
    asio::steady_timer timer(parts_.executor, std::chrono::milliseconds(500));
    waiting_.insert(&timer);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    waiting_.erase(&timer);
  }
}

}  // namespace fragua::documents
