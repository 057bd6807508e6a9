#include "documents/passing_file.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::documents;
using fragua::documents::tests::DocumentsBench;

namespace {

std::size_t files_in(const DocumentsBench& bench) {
  std::size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(bench.folder.path() / "documents")) count += entry.is_regular_file();
  return count;
}

FileText read(DocumentsBench& bench, const std::string& content) {
  const auto file = bench.service->pass("a.txt");
  bench.run(file->write(content));
  return bench.run(file->read());
}

}  // namespace

TEST_CASE("passing file: its text is read, and nothing of it is kept") {
  DocumentsBench bench;
  const auto text = read(bench, "# Guía\n--- 1\nLa consigna abre a las nueve.\nY cierra a las diez.");
  CHECK(text.text == "# Guía\n\nLa consigna abre a las nueve.\n\nY cierra a las diez.");
  CHECK(text.format == "txt");
  CHECK_FALSE(text.is_cut);
  CHECK(files_in(bench) == 0);
}

TEST_CASE("passing file: a long text is cut between two characters") {
  DocumentsBench bench;
  std::string accents = "a";
  while (accents.size() <= kPassingTextMaxBytes) accents += "ñ";
  const auto text = read(bench, accents);
  CHECK(text.is_cut);
  CHECK(text.text.size() == kPassingTextMaxBytes - 1);   // "a", and two bytes for each of the others
}

TEST_CASE("passing file: what cannot be read says why, and leaves nothing") {
  DocumentsBench bench;
  for (const auto* content : {"!damaged", "!file a.txt x", "!password x", ""}) {
    CAPTURE(content);
    CHECK_THROWS_AS(read(bench, content), Error);
    CHECK(files_in(bench) == 0);
  }
}

TEST_CASE("passing file: too large a file, and too many at once, are refused") {
  DocumentsBench bench;
  const auto file = bench.service->pass("a.txt");
  CHECK_THROWS_AS(bench.run(file->write(std::string(kPassingFileMaxBytes + 1, 'x'))), Error);
  int reading = kPassingMax;
  PassingFile busy({bench.pool, bench.extractor, bench.files, reading}, "one", "a.txt");
  bench.run(busy.write("Texto."));
  CHECK_THROWS_AS(bench.run(busy.read()), Error);
  reading = kPassingMax - 1;
  CHECK(bench.run(busy.read()).text == "Texto.");
  CHECK(reading == kPassingMax - 1);
}
