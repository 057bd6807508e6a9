#include "documents/service.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::documents;
using namespace fragua::documents::tests;

TEST_CASE("documents: what is somebody else's is not found, whatever is asked") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  const auto document = bench.ingest(collection, "a.txt", "Un secreto de Ana.");
  auto& service = *bench.service;
  CHECK(bench.run(service.collections(kBlas)).empty());
  CHECK(bench.find("secreto", kBlas).empty());
  CHECK(error_of([&] { bench.run(service.collection(kBlas, collection.id)); }) == ErrorCode::not_found);
  CHECK(error_of([&] { bench.run(service.change(kBlas, collection.id, {})); }) == ErrorCode::not_found);
  CHECK(error_of([&] { bench.run(service.remove(kBlas, collection.id)); }) == ErrorCode::not_found);
  CHECK(error_of([&] { bench.run(service.documents(kBlas, collection.id, {})); }) == ErrorCode::not_found);
  CHECK(error_of([&] { bench.run(service.document(kBlas, document.id)); }) == ErrorCode::not_found);
  CHECK(error_of([&] { bench.run(service.remove_document(kBlas, document.id)); }) == ErrorCode::not_found);
  CHECK(error_of([&] { bench.run(service.file(kBlas, document.id)); }) == ErrorCode::not_found);
  CHECK(error_of([&] { bench.run(service.text(kBlas, document.id)); }) == ErrorCode::not_found);
  CHECK(error_of([&] { bench.run(service.page_image(kBlas, document.id, 1, 800)); }) == ErrorCode::not_found);
  CHECK(error_of([&] { bench.find("secreto", kBlas, {collection.id}); }) == ErrorCode::not_found);
  CHECK(error_of([&] { bench.upload(collection, "b.txt", "x", kBlas); }) == ErrorCode::not_found);
}

TEST_CASE("documents: a reader sees and asks, but changes nothing") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  const auto document = bench.ingest(collection, "a.txt", "El horario de la sala.");
  auto& service = *bench.service;
  bench.run(service.set_readers(kAna, collection.id, {{"user", kBlas, ""}}));
  CHECK(bench.find("horario", kBlas).size() == 1);
  CHECK(bench.run(service.document(kBlas, document.id)).name == "a.txt");
  CHECK(error_of([&] { bench.run(service.remove_document(kBlas, document.id)); }) == ErrorCode::forbidden);
  CHECK(error_of([&] { bench.upload(collection, "b.txt", "x", kBlas); }) == ErrorCode::forbidden);
  CHECK(error_of([&] { bench.run(service.readers(kBlas, collection.id)); }) == ErrorCode::forbidden);
  const auto named = bench.run(service.set_readers(kAna, collection.id, {{"user", "", "BLAS"}, {"user", kBlas, ""}}));
  CHECK(named.size() == 1);
  CHECK(bench.find("horario", kBlas).size() == 1);
  bench.run(service.set_readers(kAna, collection.id, {{"everyone", "", ""}}));
  CHECK(bench.find("horario", kBlas).size() == 1);
  CHECK(bench.find("horario", "").empty());       // anonymous callers are nobody
  bench.run(service.set_readers(kAna, collection.id, {}));
  CHECK(bench.find("horario", kBlas).empty());
  CHECK(error_of([&] { bench.run(service.set_readers(kAna, collection.id, {{"user", "", "nobody"}})); }) == ErrorCode::invalid_argument);
  CHECK(error_of([&] { bench.run(service.set_readers(kAna, collection.id, {{"cat", "x", ""}})); }) == ErrorCode::invalid_argument);
}

TEST_CASE("documents: deleting removes text, vectors and file; so does the end of a collection and of a person") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  const auto document = bench.ingest(collection, "a.txt", "Primer texto.");
  CHECK(bench.find("primer").size() == 1);
  bench.run(bench.service->remove_document(kAna, document.id));
  CHECK(bench.find("primer").empty());
  bench.ingest(collection, "b.txt", "Segundo texto.");
  bench.run(bench.service->remove(kAna, collection.id));
  const auto last = bench.collection("Otra");
  bench.ingest(last, "c.txt", "Tercer texto.");
  bench.database->write([](db::Connection& c) { c.execute("DELETE FROM users WHERE id = 'ana'"); });
  for (const auto* left : {"SELECT count(*) FROM collections", "SELECT count(*) FROM documents", "SELECT count(*) FROM chunks",
                           "SELECT count(*) FROM chunk_vectors", "SELECT count(*) FROM chunk_terms", "SELECT count(*) FROM document_pages"})
    CHECK_MESSAGE(bench.count(left) == 0, left);
  bench.service->recover();
  CHECK(bench.files_kept() == 0);
}

TEST_CASE("documents: names of collections are their owner's, without regard to case") {
  DocumentsBench bench;
  bench.collection("Manuales");
  CHECK(error_of([&] { bench.collection("MANUALES"); }) == ErrorCode::conflict);
  CHECK(bench.collection("manuales", kBlas).name == "manuales");
  CHECK(error_of([&] { bench.collection("  "); }) == ErrorCode::invalid_argument);
  const auto other = bench.collection("Otra");
  CHECK(error_of([&] { bench.run(bench.service->change(kAna, other.id, {.name = "manuales"})); }) == ErrorCode::conflict);
  CHECK(bench.run(bench.service->change(kAna, other.id, {.name = "OTRA"})).name == "OTRA");
}

TEST_CASE("documents: a new embedding model takes over when all is embedded, and finds what the old one found") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  bench.ingest(collection, "a.txt", "Las puertas abren a las siete.");
  CHECK(bench.find("puertas").size() == 1);
  asio::co_spawn(bench.loop, Service::change_models(*bench.service), asio::detached);
  bench.run(bench.service->change(kAna, collection.id, {.next_embedding_model = "other"}));
  for (int i = 0; i < 1000 && bench.run(bench.service->collection(kAna, collection.id)).embedding_model != "other"; ++i) {
  }
  const auto changed = bench.run(bench.service->collection(kAna, collection.id));
  CHECK(changed.embedding_model == "other");
  CHECK(changed.next_embedding_model == "");
  CHECK(bench.count("SELECT count(*) FROM chunk_vectors WHERE model <> 'other'") == 0);
  CHECK(bench.find("puertas").size() == 1);
}

TEST_CASE("documents: an embedding model that is not there is refused at once, and changes nothing") {
  DocumentsBench bench;
  NewCollection wanted;
  wanted.name = "Otra";
  wanted.embedding_model = "missing";
  CHECK(error_of([&] { bench.run(bench.service->create(kAna, wanted)); }) == ErrorCode::not_found);
  const auto collection = bench.collection();
  CHECK(error_of([&] { bench.run(bench.service->change(kAna, collection.id, {.next_embedding_model = "missing"})); }) == ErrorCode::not_found);
  CHECK(bench.run(bench.service->collection(kAna, collection.id)).next_embedding_model == "");
  CHECK(bench.count("SELECT count(*) FROM collections") == 1);
}

TEST_CASE("documents: the inbox is made once") {
  DocumentsBench bench;
  const auto first = bench.run(bench.service->own(kAna, kInbox));
  CHECK(bench.run(bench.service->own(kAna, kInbox)).id == first.id);
  CHECK(bench.run(bench.service->own("", kInbox)).id != first.id);
  CHECK(bench.run(bench.service->own("", kInbox)).owner_id == "");
}

TEST_CASE("documents: pages of a protected document are drawn from its opened copy, which goes with it") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  const auto document = bench.ingest(collection, "a.txt", "!password clave\nEl contrato.");
  CHECK(document.error_code == "password_needed");
  CHECK(bench.files_kept() == 1);
  bench.run(bench.service->retry(kAna, document.id, "clave"));
  CHECK(bench.read(document).state == state::kIndexed);
  CHECK(bench.files_kept() == 2);
  CHECK(bench.run(bench.service->page_image(kAna, document.id, 1, 800)) == "1@800");
  CHECK(bench.extractor.drawn == bench.files.opened_path_of(document.id));
  CHECK(read_file(bench.run(bench.service->file(kAna, document.id))).starts_with("!password"));
  bench.run(bench.service->remove_document(kAna, document.id));
  CHECK(bench.files_kept() == 0);
}

TEST_CASE("documents: a copy in another collection is found by what it is a copy of, and outlives it") {
  DocumentsBench bench;
  bench.start_worker();
  auto& service = *bench.service;
  const auto from = bench.collection("Files"), to = bench.collection("Store");
  const auto original = bench.ingest(from, "a.txt", "Las puertas abren a las siete.");
  CHECK_FALSE(bench.run(service.find_copy(kAna, to.id, original.id)).has_value());
  const auto copy = bench.run(service.copy(kAna, original.id, to.id)).document;
  CHECK(copy.name == "a.txt");
  CHECK(copy.sha256 == original.sha256);
  CHECK(bench.run(service.find_copy(kAna, to.id, original.id))->id == copy.id);
  CHECK(bench.run(service.find_copy(kAna, to.id, copy.id))->id == copy.id);
  CHECK(bench.run(service.copies_of(kAna, original.id)) == std::vector<std::string>{copy.id});
  CHECK(bench.read(copy).state == state::kIndexed);
  bench.run(service.remove_document(kAna, original.id));
  CHECK(bench.run(service.find_copy(kAna, to.id, original.id))->id == copy.id);
  CHECK(bench.find("puertas", kAna, {to.id}).size() == 1);
}

TEST_CASE("documents: a copy is made only of what one may read, and only where one may write") {
  DocumentsBench bench;
  bench.start_worker();
  auto& service = *bench.service;
  const auto mine = bench.collection("Mine"), theirs = bench.collection("Theirs", kBlas);
  const auto original = bench.ingest(mine, "a.txt", "Un secreto de Ana.");
  CHECK(error_of([&] { bench.run(service.copy(kBlas, original.id, theirs.id)); }) == ErrorCode::not_found);
  bench.run(service.set_readers(kAna, mine.id, {{"user", kBlas, ""}}));
  CHECK(error_of([&] { bench.run(service.copy(kBlas, original.id, mine.id)); }) == ErrorCode::forbidden);
  CHECK(bench.run(service.copy(kBlas, original.id, theirs.id)).is_new);
  CHECK(bench.run(service.copies_of(kAna, original.id)).empty());
}

TEST_CASE("documents: content that is there already is found under the id of another file that has it") {
  DocumentsBench bench;
  bench.start_worker();
  auto& service = *bench.service;
  const auto from = bench.collection("Files"), to = bench.collection("Store");
  const auto there = bench.ingest(to, "b.txt", "Lo mismo.");
  const auto original = bench.ingest(from, "a.txt", "Lo mismo.");
  CHECK_FALSE(bench.run(service.copy(kAna, original.id, to.id)).is_new);
  CHECK(bench.run(service.find_copy(kAna, to.id, original.id))->id == there.id);
  CHECK(bench.files_kept() == 2);
}

TEST_CASE("documents: what is at an address becomes a document that says where it came from") {
  DocumentsBench bench;
  bench.start_worker();
  auto& service = *bench.service;
  const auto collection = bench.collection();
  bench.fetcher.pages["https://example.org/guia.txt"] = "Las puertas abren a las siete.";
  const auto cancelled = std::make_shared<bool>(false);
  const auto fetched = bench.run(service.fetch(kAna, collection.id, "https://example.org/guia.txt", cancelled)).document;
  CHECK(bench.read(fetched).state == state::kIndexed);
  CHECK(fetched.name == "example.org › guia.txt");
  CHECK(fetched.source == "https://example.org/guia.txt");
  CHECK_FALSE(bench.run(service.fetch(kAna, collection.id, "https://example.org/guia.txt", cancelled)).is_new);
  CHECK(error_of([&] { bench.run(service.fetch(kAna, collection.id, "https://example.org/gone", cancelled)); }) == ErrorCode::unavailable);
  CHECK(error_of([&] { bench.run(service.fetch(kBlas, collection.id, "https://example.org/guia.txt", cancelled)); }) == ErrorCode::not_found);
}
