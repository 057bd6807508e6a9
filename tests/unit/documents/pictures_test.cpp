#include "documents/pictures.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::documents;
using namespace fragua::documents::tests;

TEST_CASE("documents: an office document is converted for its first picture alone; the pages go with it") {
  DocumentsBench bench;
  bench.start_worker();
  const auto document = bench.ingest(bench.collection(), "guia.docx", "--- 1\nLas puertas abren a las siete.");
  bench.run(bench.service->page_image(kAna, document.id, 1, 300));
  CHECK(bench.extractor.drawn == bench.files.path_of(document.id));
  CHECK(bench.files_kept() == 2);
  bench.run(bench.service->page_image(kAna, document.id, 1, 300));
  CHECK(bench.extractor.drawn == bench.files.drawn_path_of(document.id));
  bench.run(bench.service->remove_document(kAna, document.id));
  CHECK(bench.files_kept() == 0);
}

TEST_CASE("documents: a quote of an office document is found on the pages that are made of it, and they are made once") {
  DocumentsBench bench;
  bench.start_worker();
  auto& service = *bench.service;
  const auto document = bench.ingest(bench.collection(), "guia.docx", "Las puertas abren a las siete.");
  const auto place = bench.run(service.place(kAna, document.id, "Las puertas abren", {}));
  CHECK(place.page == 2);
  REQUIRE(place.boxes.size() == 1);
  CHECK(place.boxes[0].x0 == doctest::Approx(0.1));
  CHECK(bench.run(service.place(kAna, document.id, "abren a las siete", {})).page == 2);
  CHECK(bench.run(service.place(kAna, document.id, "abren a las siete", {1, 1})).page == 0);
  CHECK(bench.run(service.place(kAna, document.id, "cierran a las siete", {})).page == 0);
  CHECK(bench.extractor.conversions == 1);
  CHECK(bench.run(service.page_image(kAna, document.id, 2, 300)) == "2@300");
}

TEST_CASE("documents: two who ask for the same pages at once wait for one conversion") {
  DocumentsBench bench;
  bench.start_worker();
  const auto document = bench.ingest(bench.collection(), "guia.docx", "Las puertas abren a las siete.");
  int answered = 0;
  for (const int width : {300, 400})
    asio::co_spawn(bench.loop, bench.service->page_image(kAna, document.id, 1, width), [&answered, width](std::exception_ptr failed, const std::string& image) {
      CHECK_FALSE(failed);
      CHECK(image == "1@" + std::to_string(width));
      ++answered;
    });
  CHECK(bench.run(bench.service->place(kAna, document.id, "Guía de la sala", {})).page == 1);
  while (answered < 2 && bench.loop.run_one() > 0) {
  }
  CHECK(answered == 2);
  CHECK(bench.extractor.conversions == 1);
}

TEST_CASE("documents: a quote is looked for where words have places, and only by those who may read") {
  DocumentsBench bench;
  bench.start_worker();
  auto& service = *bench.service;
  const auto document = bench.ingest(bench.collection(), "a.txt", "--- 1 Aforo de la sala\nAforo de la sala.\n--- 2 Las puertas abren\nLas puertas abren.");
  CHECK(bench.run(service.place(kAna, document.id, "Las puertas", {1, 2})).page == 2);
  CHECK(bench.run(service.place(kAna, document.id, "Las puertas", {1, 1})).page == 0);
  CHECK(bench.extractor.conversions == 0);
  CHECK(error_of([&] { bench.run(service.place(kBlas, document.id, "Las puertas", {})); }) == ErrorCode::not_found);
  CHECK(error_of([&] { bench.run(service.place(kAna, document.id, "", {})); }) == ErrorCode::invalid_argument);
  CHECK(error_of([&] { bench.run(service.place(kAna, document.id, std::string(4001, 'a'), {})); }) == ErrorCode::invalid_argument);
}
