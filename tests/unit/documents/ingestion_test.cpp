#include "documents/ingestion.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::documents;
using namespace fragua::documents::tests;

TEST_CASE("ingestion: a document is read, cut, embedded and found") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  const auto document = bench.ingest(collection, "guia.txt", "--- 1\n# Puertas\nLas puertas abren a las siete.\n--- 2\n# Bar\nEl bar cierra a medianoche.");
  CHECK(document.state == "indexed");
  CHECK(document.pages == 2);
  CHECK(document.chunks == 1);
  const auto found = bench.find("¿cuándo abren las puertas?");
  REQUIRE(found.size() == 1);
  CHECK(found[0].chunk.page == 1);
  CHECK(found[0].document.id == document.id);
  CHECK(found[0].text.has_value());
  CHECK(found[0].vector.has_value());
}

TEST_CASE("ingestion: what is wrong with a document is its state, in words, and leaves nothing in the index") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  const auto damaged = bench.ingest(collection, "a.pdf", "Algo que se lee.\n!damaged its table of pages is gone");
  CHECK(damaged.state == "failed");
  CHECK(damaged.error_code == "damaged");
  CHECK(damaged.error == "damaged its table of pages is gone");
  const auto empty = bench.ingest(collection, "b.pdf", "\n\n");
  CHECK(empty.error_code == "empty");
  CHECK(bench.count("SELECT count(*) FROM chunks") == 0);
  CHECK(bench.count("SELECT count(*) FROM chunk_terms") == 0);
  CHECK(bench.find("algo").empty());
}

TEST_CASE("ingestion: a protected document is read once its password is given, which is stored nowhere") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  const auto document = bench.ingest(collection, "a.pdf", "!password abracadabra\nEl secreto está aquí.");
  CHECK(document.error_code == "password_needed");
  bench.run(bench.service->retry(kAna, document.id, "abracadabra"));
  CHECK(bench.read(document).state == "indexed");
  CHECK(read_file(bench.folder.path() / "test.db").find("abracadabra") == std::string::npos);
}

TEST_CASE("ingestion: the same content is recognised; a new version takes the old one's place at once") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  const auto first = bench.ingest(collection, "precios.txt", "La entrada cuesta veinte euros.");
  const auto again = bench.upload(collection, "otro-nombre.txt", "La entrada cuesta veinte euros.");
  CHECK_FALSE(again.is_new);
  CHECK(again.document.id == first.id);
  const auto second = bench.ingest(collection, "precios.txt", "La entrada cuesta treinta euros.");
  CHECK(second.state == "indexed");
  CHECK_THROWS_AS(bench.run(bench.service->document(kAna, first.id)), Error);
  const auto found = bench.find("¿cuánto cuesta la entrada?");
  REQUIRE(found.size() == 1);
  CHECK(found[0].chunk.content == "La entrada cuesta treinta euros.");
  CHECK(bench.files_kept() == 1);
}

TEST_CASE("ingestion: of a new version only what changed is embedded") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  std::string text;
  for (int i = 0; i < 40; ++i) text += "# Sección " + std::to_string(i) + "\n" + std::string(300, char('a' + i % 26)) + std::to_string(i) + "\n";
  bench.ingest(collection, "manual.txt", text);
  const auto before = bench.embedder.embedded.size();
  CHECK(before == 40);
  text.replace(text.find("aaaa"), 4, "aabb");
  const auto second = bench.ingest(collection, "manual.txt", text);
  CHECK(second.chunks == 40);
  CHECK(bench.embedder.embedded.size() == before + 1);
}

TEST_CASE("ingestion: a new version that cannot be read leaves the old one") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  bench.ingest(collection, "a.txt", "El original sigue.");
  CHECK(bench.ingest(collection, "a.txt", "Texto nuevo.\n!damaged half of it").state == "failed");
  CHECK(bench.find("original").size() == 1);
}

TEST_CASE("ingestion: what a killed server left half done begins again and is there once") {
  DocumentsBench bench;
  const auto collection = bench.collection();
  const auto document = bench.upload(collection, "a.txt", "Las puertas abren a las siete.").document;
  // As a crash leaves it: extracting, with some of its chunks and a file that nobody knows.
  bench.database->write([&](db::Connection& c) {
    DocumentRepository(c).take_waiting(1);
    ChunkRepository(c).add(*DocumentRepository(c).find_by_number(document.number), "words", {{{.content = "Las puertas"}, "h", "puertas", {1, 0}}});
  });
  write_file_atomically(bench.folder.path() / "documents" / "zz" / "nobody", "x");
  CHECK(bench.find("puertas").empty());
  bench.service->recover();
  CHECK(bench.count("SELECT count(*) FROM chunks") == 0);
  CHECK(bench.files_kept() == 1);
  bench.start_worker();
  CHECK(bench.read(document).state == "indexed");
  CHECK(bench.find("puertas").size() == 1);
}

TEST_CASE("ingestion: people take turns, however many one of them has handed in; each one's documents are read in their order") {
  DocumentsBench bench;
  const auto ana = bench.collection("Manuales", kAna), more = bench.collection("Más", kAna), blas = bench.collection("Apuntes", kBlas);
  for (const auto* name : {"1", "2"}) bench.upload(ana, name, std::string("texto ") + name);
  bench.upload(more, "3", "texto 3");
  for (const auto* name : {"4", "5"}) bench.upload(blas, name, std::string("texto ") + name, kBlas);
  std::string order;
  bench.database->write([&](db::Connection& c) {
    for (std::int64_t now = 1'000'000; const auto taken = DocumentRepository(c).take_waiting(now); ++now) order += taken->name;
  });
  CHECK(order == "14253");
}

TEST_CASE("ingestion: a document that is deleted while it is read leaves nothing") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  std::string text;
  for (int i = 0; i < 200; ++i) text += "Frase " + std::to_string(i) + " " + std::string(900, 'x') + ".\n";
  const auto document = bench.upload(collection, "largo.txt", text).document;
  bool is_deleted = false;
  bench.extractor.on_line = [&] {
    if (std::exchange(is_deleted, true)) return;
    asio::co_spawn(bench.loop, bench.service->remove_document(kAna, document.id), asio::detached);
  };
  CHECK_THROWS_AS(bench.read(document), Error);
  const auto other = bench.ingest(collection, "b.txt", "Otro documento.");   // the worker goes on
  CHECK(other.state == "indexed");
  CHECK(bench.count("SELECT count(*) FROM chunks") == 1);
  CHECK(bench.files_kept() == 1);
}

TEST_CASE("ingestion: without its embedding model a document fails and says which one is missing") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  bench.database->write([](db::Connection& c) { c.execute("UPDATE collections SET embedding_model = 'missing'"); });   // it was removed since
  const auto document = bench.ingest(collection, "a.txt", "Texto.");
  CHECK(document.state == "failed");
  CHECK(document.error_code == "not_found");
  CHECK(document.error == "model 'missing' not found");
}

TEST_CASE("ingestion: the files of an archive become documents of their own, named by their folders") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  const auto archive = bench.ingest(collection, "manuales.zip", "!file impresora/alta.txt La impresora se enciende detrás.\n!file red/alta.txt El router va al sótano.");
  CHECK(archive.state == "indexed");
  CHECK(archive.chunks == 0);
  for (const auto& document : bench.run(bench.service->documents(kAna, collection.id, {})).documents) bench.read(document);
  std::set<std::string> names;
  for (const auto& document : bench.run(bench.service->documents(kAna, collection.id, {})).documents) {
    names.insert(document.name);
    CHECK(document.state == "indexed");
    CHECK((document.id == archive.id || document.source == "archive:manuales.zip"));
  }
  CHECK(names == std::set<std::string>{"manuales.zip", "impresora › alta.txt", "red › alta.txt"});
  CHECK(bench.find("router")[0].document.name == "red › alta.txt");
  CHECK(bench.files_kept() == 3);
}

TEST_CASE("ingestion: an archive inside an archive is refused, and what is there already comes once") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  bench.ingest(collection, "a.txt", "El mismo texto.");
  bench.ingest(collection, "todo.zip", "!file a.txt El mismo texto.\n!file dentro.zip !file b.txt Escondido.");
  for (const auto& document : bench.run(bench.service->documents(kAna, collection.id, {})).documents) bench.read(document);
  const auto documents = bench.run(bench.service->documents(kAna, collection.id, {})).documents;
  REQUIRE(documents.size() == 3);
  CHECK(documents[0].name == "dentro.zip");
  CHECK(documents[0].error_code == "unsupported");
  CHECK(bench.count("SELECT count(*) FROM documents WHERE name = 'b.txt'") == 0);
}
