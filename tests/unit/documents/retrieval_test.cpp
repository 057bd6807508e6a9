#include "documents/retrieval.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::documents;
using namespace fragua::documents::tests;

namespace {

Passage passage(std::int64_t document, std::int64_t position, std::string content) {
  Passage made;
  made.document.number = document;
  made.chunk.position = position;
  made.chunk.page = made.chunk.page_end = position + 1;
  made.chunk.content = std::move(content);
  return made;
}

}  // namespace

TEST_CASE("retrieval: neighbours become one passage in the better one's place, and say what both say once") {
  const auto joined = join_neighbours({passage(1, 5, "tres cuatro cinco"), passage(2, 0, "otro"), passage(1, 4, "uno dos tres"), passage(1, 9, "lejos")}, 10);
  REQUIRE(joined.size() == 3);
  CHECK(joined[0].chunk.content == "uno dos tres cuatro cinco");
  CHECK(joined[0].chunk.page == 5);
  CHECK(joined[0].chunk.page_end == 6);
  CHECK(joined[1].chunk.content == "otro");
  CHECK(joined[2].chunk.content == "lejos");
  CHECK(join_neighbours({passage(1, 0, "a"), passage(2, 0, "b"), passage(3, 0, "c")}, 2).size() == 2);
}

TEST_CASE("retrieval: what says the same in two documents is found once") {
  DocumentsBench bench;
  bench.start_worker();
  const auto first = bench.collection("Una"), second = bench.collection("Otra");
  bench.ingest(first, "a.txt", "Las puertas abren a las siete.");
  bench.ingest(second, "a.txt", "Las puertas abren a las siete.");
  CHECK(bench.find("puertas").size() == 1);
  CHECK(bench.find("puertas", kAna, {second.id}).front().collection == "Otra");
}

TEST_CASE("retrieval: filters leave only what passes them, in both indexes") {
  DocumentsBench bench;
  bench.start_worker();
  const auto collection = bench.collection();
  const auto first = bench.ingest(collection, "a.txt", "Las puertas del norte.");
  bench.clock.advance(std::chrono::hours(1));
  const auto second = bench.ingest(collection, "b.txt", "Las puertas del sur.");
  const auto find = [&](ChunkFilter filter) {
    RetrievalQuery query;
    query.question = "puertas";
    query.filter = std::move(filter);
    return bench.run(bench.service->retrieval().find(kAna, query));
  };
  ChunkFilter by_document, by_format, by_time;
  by_document.documents = {second.id};
  by_format.formats = {"pdf"};
  by_time.until = first.created_at;
  REQUIRE(find(by_document).size() == 1);
  CHECK(find(by_document)[0].document.id == second.id);
  CHECK(find(by_format).empty());
  REQUIRE(find(by_time).size() == 1);
  CHECK(find(by_time)[0].document.id == first.id);
  CHECK(find({}).size() == 2);
}

TEST_CASE("retrieval: what cannot be asked is refused") {
  DocumentsBench bench;
  const auto code_of = [&](RetrievalQuery query) {
    try {
      bench.run(bench.service->retrieval().find(kAna, query));
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::internal;
  };
  RetrievalQuery query;
  query.question = std::string(kQuestionMaxBytes + 1, 'x');
  CHECK(code_of(query) == ErrorCode::too_large);
  query.question = "x";
  query.limit = 0;
  CHECK(code_of(query) == ErrorCode::invalid_argument);
  query.limit = kPassagesMax + 1;
  CHECK(code_of(query) == ErrorCode::invalid_argument);
}
