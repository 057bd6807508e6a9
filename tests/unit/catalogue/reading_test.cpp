#include "catalogue/reading.h"

#include "import_bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

namespace {

Task<std::vector<ReadingEvent>> all_of(Reading& reading) {
  std::vector<ReadingEvent> events;
  while (auto event = co_await reading.next()) events.push_back(std::move(*event));
  co_return events;
}

std::vector<ReadingEvent> read(const std::string& script, std::chrono::seconds silence_max = std::chrono::seconds(30)) {
  ImportBench bench;
  ReadingOptions options;
  options.argv = {"python3", "-c", "import socket,json,os,time\ns=socket.socket(fileno=3)\nf=s.makefile('rw')\nrequest=json.loads(f.readline())\n" + script + "\nf.flush()"};
  options.memory_bytes = 0;
  options.silence_max = silence_max;
  Reading reading(bench.loop.get_executor(), options, {"import", "tickets", "/tmp/a", Secret("postgres://x"), "title", "/tmp/s"});
  return bench.run(all_of(reading));
}

}  // namespace

TEST_CASE("reading: the child is told what to read, and its lines are events") {
  const auto events = read(R"(f.write(json.dumps({'type':'rows','count':5000})+'\n')
f.write(json.dumps({'type':'suggestion','mapping':request['task']+request['source']+request['connection']})+'\n'))");
  REQUIRE(events.size() == 2);
  CHECK(std::get<ReadingProgress>(events[0]).count == 5000);
  CHECK(string_member(std::get<json::object>(events[1]), "mapping") == "import/tmp/apostgres://x");
}

TEST_CASE("reading: a child that dies or hangs is an error in words") {
  CHECK(has(complaint_of([] { read("os._exit(0)"); }), "the reader ended before the source did"));
  CHECK(has(complaint_of([] { read("os.kill(os.getpid(), 9)"); }), "more memory, time or disk than is allowed"));
  CHECK(has(complaint_of([] { read("time.sleep(60)", std::chrono::seconds(1)); }), "longer than 1 s without getting further"));
  CHECK(complaint_of([] { read(R"(f.write('{"type":"error","code":"unsupported","message":"no dump"}\n'))"); }) == "no dump");
}
