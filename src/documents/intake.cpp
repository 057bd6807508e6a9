#include "documents/intake.h"

#include <iterator>

#include "base/sha256.h"
#include "documents/collection_repository.h"
#include "documents/document_repository.h"
#include "search/analysis.h"

namespace fragua::documents {

namespace {

constexpr std::size_t kPagesOfAWrite = 50;
constexpr std::size_t kChunksOfAWrite = 32;

std::vector<NewChunk> with_terms(const std::vector<Chunk>& chunks, const std::string& title) {
  std::vector<NewChunk> prepared;
  for (const auto& chunk : chunks) {
    const auto text = indexed_text(title, chunk);
    prepared.push_back({.chunk = chunk, .hash = sha256_hex(text), .terms = search::index_terms(text), .vector = {}});
  }
  return prepared;
}

// What the last write leaves for the index in memory and for the files.
struct Committed {
  std::vector<StoredVector> added;
  std::vector<std::int64_t> removed;
  std::vector<std::string> replaced;      // ids
};

Committed commit(db::Connection& connection, const Document& document, const std::string& model) {
  const auto collection = CollectionRepository(connection).find_by_number(document.collection_number);
  if (!collection || collection->embedding_model != model) throw Error(ErrorCode::unavailable, "the collection changed its embedding model meanwhile");
  DocumentRepository documents(connection);
  ChunkRepository chunks(connection);
  Committed committed;
  for (const auto& old : documents.find_named(document.collection_number, document.name, document.number)) {
    const auto gone = chunks.chunks_of_document(old.number);
    committed.removed.insert(committed.removed.end(), gone.begin(), gone.end());
    committed.replaced.push_back(old.id);
    documents.remove(old.number);
  }
  documents.finish(document);
  committed.added = chunks.vectors_of_document(document.number, model);
  return committed;
}

}  // namespace

Intake::Intake(IngestionParts& parts, Document document, Collection collection, OnProgress on_progress)
    : parts_(parts),
      document_(std::move(document)),
      collection_(std::move(collection)),
      on_progress_(std::move(on_progress)),
      chunker_({collection_.chunk_characters, collection_.chunk_overlap}) {}

void Intake::check_wanted() {
  if (!on_progress_(document_.pages, pages_done_)) throw Error(ErrorCode::cancelled, "the document was deleted while it was read");
}

Task<std::optional<ExtractionFailure>> Intake::run(std::string password) {
  const auto scratch = parts_.files.scratch(document_.id);
  ExtractionRequest request{parts_.files.path_of(document_.id), document_.name, std::move(password), scratch->path()};
  auto extraction = parts_.extractor.start(std::move(request));
  while (auto event = co_await extraction->next()) {
    if (auto* failure = std::get_if<ExtractionFailure>(&*event)) co_return std::move(*failure);
    if (auto* facts = std::get_if<DocumentFacts>(&*event)) co_await take(std::move(*facts));
    if (auto* page = std::get_if<Page>(&*event)) co_await take(std::move(*page));
    if (auto* block = std::get_if<Block>(&*event)) co_await take(std::move(*block));
    if (auto* file = std::get_if<PackedFile>(&*event)) {
      auto failure = co_await take(std::move(*file));
      if (failure) co_return failure;
    }
    check_wanted();
  }
  auto last = chunker_.finish();
  co_await take_chunks(std::move(last));
  co_await write_chunks();
  co_await write_pages();
  if (document_.chunks == 0 && files_ == 0) co_return ExtractionFailure{"empty", "no text was found in it"};
  auto opened = scratch->path() / kOpenedFile;
  if (fs::exists(opened)) co_await keep_opened(std::move(opened));
  co_await finish();
  co_return std::nullopt;
}

Task<> Intake::take(DocumentFacts facts) {
  document_.format = std::move(facts.format);
  document_.title = display_name(facts.title.empty() ? document_.name : facts.title);
  document_.language = std::move(facts.language);
  document_.pages = facts.pages;
  co_return;
}

Task<> Intake::take(Page page) {
  ++pages_done_;
  if (page.ocr) ++document_.ocr_pages;
  // Sheets and slides have no size. The places of their words are not known: a source's page can only be that of its whole chunk.
  if (page.width == 0) chunker_.begin_apart();
  pages_.push_back(std::move(page));
  if (pages_.size() >= kPagesOfAWrite) co_await write_pages();
}

Task<> Intake::take(Block block) {
  chunker_.take(block);
  auto ready = chunker_.take_ready();
  co_await take_chunks(std::move(ready));
}

// A file in an archive is received as every other, and waits in the queue behind those that are there.
Task<std::optional<ExtractionFailure>> Intake::take(PackedFile file) {
  if (is_from_archive(document_.source)) co_return ExtractionFailure{"unsupported", "it is an archive inside an archive: unpack it first"};
  ++files_;
  Document packed;
  packed.id = new_id(parts_.entropy);
  packed.name = packed_name(file.name);
  packed.source = archive_source(document_.name);
  packed.created_at = to_millis(parts_.clock.system());
  const auto copy = [this, id = packed.id, path = file.path] { return parts_.files.take_over(id, path); };
  auto taken = co_await parts_.pool.run(copy);
  packed.sha256 = std::move(taken.sha256);
  packed.bytes = std::int64_t(taken.bytes);
  const auto work = [collection = collection_.number, packed](db::Connection& connection) {
    DocumentRepository documents(connection);
    if (documents.find_same(collection, packed.sha256, packed.name)) return false;
    documents.add(collection, packed);
    return true;
  };
  const bool is_new = co_await parts_.store.write(work);
  if (!is_new) parts_.files.remove(packed.id);
  co_return std::nullopt;
}

// The pages are drawn from it: the password is gone once the document is read.
Task<> Intake::keep_opened(fs::path path) {
  const auto copy = [this, path] { parts_.files.take_over_opened(document_.id, path); };
  co_await parts_.pool.run(copy);
}

Task<> Intake::take_chunks(std::vector<Chunk> chunks) {
  chunks_.insert(chunks_.end(), std::make_move_iterator(chunks.begin()), std::make_move_iterator(chunks.end()));
  if (chunks_.size() >= kChunksOfAWrite) co_await write_chunks();
}

Task<> Intake::write_pages() {
  const auto work = [number = document_.number, pages = std::exchange(pages_, {})](db::Connection& connection) {
    DocumentRepository documents(connection);
    for (const auto& page : pages) documents.add_page(number, page);
  };
  co_await parts_.store.write(work);
}

Task<> Intake::write_chunks() {
  if (chunks_.empty()) co_return;
  const auto prepare = [chunks = std::exchange(chunks_, {}), title = document_.title] { return with_terms(chunks, title); };
  auto chunks = co_await parts_.pool.run(prepare);
  co_await embed(chunks);
  document_.chunks += std::int64_t(chunks.size());
  const auto work = [document = document_, model = collection_.embedding_model, chunks = std::move(chunks)](db::Connection& connection) {
    ChunkRepository(connection).add(document, model, chunks);
  };
  co_await parts_.store.write(work);
}

// A chunk that stands in the collection already, word for word, has its vector there.
Task<> Intake::embed(std::vector<NewChunk>& chunks) {
  std::vector<std::string> hashes;
  for (const auto& chunk : chunks) hashes.push_back(chunk.hash);
  const auto look = [collection = collection_.number, model = collection_.embedding_model, hashes](db::Connection& connection) {
    ChunkRepository repository(connection);
    std::vector<std::vector<float>> known;
    for (const auto& hash : hashes) known.push_back(repository.find_vector(collection, model, hash).value_or(std::vector<float>{}));
    return known;
  };
  auto known = co_await parts_.store.read(look);
  std::vector<std::string> texts;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    chunks[i].vector = std::move(known[i]);
    if (!chunks[i].vector.empty()) continue;
    texts.push_back(indexed_text(document_.title, chunks[i].chunk));
    places.push_back(i);
  }
  if (texts.empty()) co_return;
  auto vectors = co_await parts_.embedder.embed(collection_.embedding_model, TextRole::passage, std::move(texts));
  for (std::size_t i = 0; i < places.size(); ++i) chunks[places[i]].vector = std::move(vectors[i]);
}

Task<> Intake::finish() {
  document_.pages = std::max(document_.pages, pages_done_);
  document_.updated_at = to_millis(parts_.clock.system());
  const auto work = [document = document_, model = collection_.embedding_model](db::Connection& connection) {
    return commit(connection, document, model);
  };
  auto committed = co_await parts_.store.write(work);
  parts_.indexes.change(collection_.number, std::move(committed.added), std::move(committed.removed));
  for (const auto& id : committed.replaced) parts_.files.remove(id);
}

}  // namespace fragua::documents
