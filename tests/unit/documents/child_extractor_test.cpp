#include "documents/child_extractor.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::documents;
using namespace fragua::documents::tests;

namespace {

// A child that answers with these lines of Python on its channel.
ChildExtractorOptions python(const std::string& body, std::chrono::seconds silence_max = std::chrono::seconds(60)) {
  ChildExtractorOptions options;
  options.argv = {"python3", "-c", "import socket,sys,json,time\ns=socket.socket(fileno=3)\nf=s.makefile('rw')\nrequest=json.loads(f.readline())\n" + body + "\nf.flush()"};
  options.silence_max = silence_max;
  return options;
}

std::vector<ExtractionEvent> events_of(DocumentsBench& bench, const std::string& body, std::chrono::seconds silence_max = std::chrono::seconds(60)) {
  ChildExtractor extractor(bench.loop.get_executor(), python(body, silence_max));
  const auto extraction = extractor.start({"/tmp/a", "a.pdf", "secret", "/tmp/scratch"});
  std::vector<ExtractionEvent> events;
  while (auto event = bench.run(extraction->next())) events.push_back(std::move(*event));
  return events;
}

const ExtractionFailure& failure_of(const std::vector<ExtractionEvent>& events) {
  REQUIRE(!events.empty());
  REQUIRE(std::holds_alternative<ExtractionFailure>(events.back()));
  return std::get<ExtractionFailure>(events.back());
}

}  // namespace

TEST_CASE("child extractor: facts, pages and blocks come in order") {
  DocumentsBench bench;
  const auto events = events_of(bench, R"(
f.write('{"type":"document","format":"pdf","media_type":"application/pdf","title":"%s %s","language":"es","pages":1}\n' % (request['name'], request['password']))
f.write('{"type":"page","page":1,"label":"","width":10,"height":20,"ocr":true,"confidence":0.5,"words":[["uno",0.1,0.2,0.3,0.4]]}\n')
f.write('{"type":"block","page":1,"kind":"heading","level":2,"text":"Uno"}\n{"type":"end"}\n'))");
  REQUIRE(events.size() == 3);
  CHECK(std::get<DocumentFacts>(events[0]).title == "a.pdf secret");
  const auto& page = std::get<Page>(events[1]);
  CHECK(page.ocr);
  REQUIRE(page.words.size() == 1);
  CHECK(page.words[0].box.y1 == doctest::Approx(0.4));
  const auto& block = std::get<Block>(events[2]);
  CHECK(block.kind == Block::Kind::heading);
  CHECK(block.level == 2);
}

TEST_CASE("child extractor: what the child says is wrong comes last") {
  DocumentsBench bench;
  const auto events = events_of(bench, R"(f.write('{"type":"error","code":"password_needed","message":"it has a password"}\n'))");
  CHECK(failure_of(events).code == "password_needed");
  CHECK(failure_of(events).message == "it has a password");
}

TEST_CASE("child extractor: a child that dies, hangs or just ends is a failure in words") {
  DocumentsBench bench;
  CHECK(failure_of(events_of(bench, "import os\nos.kill(os.getpid(), 9)")).code == "damaged");
  CHECK(failure_of(events_of(bench, "time.sleep(60)", std::chrono::seconds(1))).code == "too_slow");
  CHECK(failure_of(events_of(bench, "pass")).code == "damaged");
}

TEST_CASE("child extractor: a page is drawn, or it is said why not") {
  DocumentsBench bench;
  ChildExtractor good(bench.loop.get_executor(), python(R"(f.write('{"type":"image","image":"%s"}\n' % ('QUJD' if request['draw']['page'] == 2 else '')))"));
  CHECK(bench.run(good.draw({"/tmp/a", "a.pdf", "", "/tmp/scratch"}, 2, 800)) == "ABC");
  CHECK_THROWS_AS(bench.run(good.draw({"/tmp/a", "a.pdf", "", "/tmp/scratch"}, 1, 800)), Error);
  ChildExtractor bad(bench.loop.get_executor(), python("pass"));
  CHECK_THROWS_AS(bench.run(bad.draw({"/tmp/a", "a.pdf", "", "/tmp/scratch"}, 1, 800)), Error);
}
