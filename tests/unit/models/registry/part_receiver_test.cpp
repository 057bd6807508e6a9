#include "models/registry/part_receiver.h"

#include "unit/models/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct Reception {
  explicit Reception(std::uint64_t size = 25, std::uint64_t part_bytes = 10)
      : partial(PartialBlob::open(store, {Digest::of("x"), size, {part_bytes, part_bytes}, 1000})), size(size) {}
  PartReceiver receiver(std::size_t part) { return {*partial, part, size, stop}; }

  TemporaryFolder folder;
  BlobStore store{folder.path()};
  std::unique_ptr<PartialBlob> partial;
  std::uint64_t size;
  std::shared_ptr<bool> stop = std::make_shared<bool>(false);
};

http::ClientResponse answer(int status, http::Headers headers = {}) {
  return {.status = status, .headers = std::move(headers)};
}

}  // namespace

TEST_CASE("part receiver: a range is written where it belongs") {
  Reception reception;
  auto receiver = reception.receiver(1);
  CHECK(receiver.range() == "bytes=10-19");
  CHECK(receiver.answer_max_bytes() == 10);
  CHECK(receiver.begin(answer(206, {{"Content-Range", "bytes 10-19/25"}})));
  receiver.take("01234");
  CHECK(receiver.range() == "bytes=15-19");
  receiver.take("56789");
  CHECK(!receiver.failure());
  CHECK(reception.partial->parts()[1].complete());
  CHECK(read_file(reception.store.partial_path(Digest::of("x"))).substr(10, 10) == "0123456789");
}

TEST_CASE("part receiver: an answer that is not what was asked for is not believed") {
  struct Case {
    int status;
    http::Headers headers;
    bool failure;
  };
  const Case cases[] = {
      {206, {}, true},
      {206, {{"Content-Range", "bytes 0-9/25"}}, true},
      {206, {{"Content-Range", "bytes 11-19/25"}}, true},
      {206, {{"Content-Range", "bytes 10-20/25"}}, true},
      {206, {{"Content-Range", "bytes 10-19/26"}}, true},
      {206, {{"Content-Range", "bytes 10-19/25"}, {"Content-Encoding", "gzip"}}, true},
      {200, {{"Content-Encoding", "gzip"}}, true},
      {200, {{"Content-Length", "26"}}, true},
      {404, {}, false},
      {401, {{"WWW-Authenticate", "Basic"}}, false},
      {503, {}, false},
      {416, {}, false},
  };
  for (const auto& one : cases) {
    CAPTURE(one.status);
    Reception reception;
    auto receiver = reception.receiver(1);
    CHECK(!receiver.begin(answer(one.status, one.headers)));
    receiver.take("0123456789");
    CHECK(receiver.failure().has_value() == one.failure);
    CHECK(reception.partial->completed() == 0);
    CHECK(receiver.status() == one.status);
  }
}

TEST_CASE("part receiver: the whole blob in place of a part asks for another way") {
  Reception reception;
  auto receiver = reception.receiver(0);
  CHECK(!receiver.begin(answer(200, {{"Content-Length", "25"}})));
  CHECK(receiver.ranges_ignored());
  CHECK(!receiver.failure());
  CHECK(reception.partial->completed() == 0);
}

TEST_CASE("part receiver: of the whole blob, the bytes that are there already are skipped") {
  Reception reception(10, 100);
  REQUIRE(reception.partial->write(reception.partial->parts()[0], "01234"));
  auto receiver = reception.receiver(0);
  CHECK(receiver.answer_max_bytes() == 10);
  REQUIRE(receiver.begin(answer(200)));
  receiver.take("xxx");
  CHECK(reception.partial->completed() == 5);
  receiver.take("xx56");
  receiver.take("789");
  CHECK(reception.partial->complete());
  CHECK(read_file(reception.store.partial_path(Digest::of("x"))) == "0123456789");
}

TEST_CASE("part receiver: more bytes than were announced end the transfer") {
  Reception reception;
  auto receiver = reception.receiver(1);
  REQUIRE(receiver.begin(answer(206, {{"Content-Range", "bytes 10-19/*"}})));
  receiver.take("01234567890");
  REQUIRE(receiver.failure());
  CHECK(receiver.failure()->code() == ErrorCode::corrupt);
  CHECK(*reception.stop);
  CHECK(reception.partial->completed() == 0);
}

TEST_CASE("part receiver: content ranges") {
  CHECK(parse_content_range("bytes 0-9/10")->total == 10);
  CHECK(parse_content_range(" bytes 5-9/*")->first == 5);
  CHECK(!parse_content_range("bytes 5-9/*")->total);
  for (const char* text : {"", "bytes", "bytes */10", "bytes 0-9", "bytes 9-0/10", "bytes -1-9/10", "bytes 0-9/-10",
                           "bytes 0-9/1x", "items 0-9/10", "bytes 0-99999999999999999999/1", "bytes 0/9-10"})
    CHECK_MESSAGE(!parse_content_range(text), text);
}
