#include "engine/host.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "engine/fake/model.h"
#include "engine/frame.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

struct Frame {
  FrameHeader header;
  std::string payload;
};

// An engine with the fake model on the other end of a socketpair.
class Bench {
 public:
  explicit Bench(ModelLoader loader = load_fake_model) {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    ours_ = ends[0];
    engine_ = std::thread([this, theirs = ends[1], loader = std::move(loader)] {
      status_ = serve_engine(
          theirs, loader, [] { return std::uint64_t(1); }, clock_);
      ::close(theirs);
    });
  }
  ~Bench() {
    hang_up();
    ::close(ours_);
  }
  void send(const std::string& bytes) {
    REQUIRE(::send(ours_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == ssize_t(bytes.size()));
  }
  template <Described T>
  void send(FrameKind kind, std::uint64_t id, const T& body) {
    send(encode_frame(kind, id, body));
  }
  Frame receive() {
    FrameHeaderBytes bytes;
    read_all(bytes.data(), bytes.size());
    Frame frame{decode_frame_header(bytes), {}};
    frame.payload.resize(frame.header.payload_bytes);
    read_all(frame.payload.data(), frame.payload.size());
    return frame;
  }
  Frame receive(FrameKind kind) {
    auto frame = receive();
    while (frame.header.kind == FrameKind::progress) frame = receive();
    REQUIRE_MESSAGE(frame.header.kind == kind, frame.payload);
    return frame;
  }
  void load() {
    LoadRequest request;
    request.model_path = "none";
    send(FrameKind::load, 0, request);
    CHECK(read_body<MemoryUse>(parse_json(receive(FrameKind::memory).payload), Unknown::refused).gpu_bytes == 0);
    CHECK(read_body<ModelInfo>(parse_json(receive(FrameKind::loaded).payload), Unknown::refused).architecture ==
          "fake");
  }
  // The engine's exit status, after the server closed the channel.
  int hang_up() {
    ::shutdown(ours_, SHUT_WR);
    if (engine_.joinable()) engine_.join();
    return status_;
  }

 private:
  void read_all(char* to, std::size_t size) {
    while (size > 0) {
      const auto count = ::read(ours_, to, size);
      REQUIRE(count > 0);
      to += count;
      size -= std::size_t(count);
    }
  }

  Clock clock_;
  int ours_ = -1;
  int status_ = -1;
  std::thread engine_;
};

GenerateRequest question(std::string prompt, int num_predict = 8) {
  GenerateRequest request;
  request.prompt = std::move(prompt);
  request.num_predict = num_predict;
  request.sampling.temperature = 0;
  return request;
}

std::string expected(const std::string& prompt, std::size_t tokens_max) {
  return FakeContext::expected_answer(FakeVocabulary().tokenize(prompt, false, false), tokens_max);
}

template <Described T>
T body_of(const Frame& frame) {
  return read_body<T>(parse_json(frame.payload), Unknown::refused);
}

}  // namespace

TEST_CASE("host: loads, answers in deltas, says how it ended, and goes when the server does") {
  Bench bench;
  bench.load();
  bench.send(FrameKind::generate, 7, question("hello"));
  std::string text;
  auto frame = bench.receive();
  for (; frame.header.kind == FrameKind::delta; frame = bench.receive()) {
    CHECK(frame.header.request == 7);
    text += body_of<Delta>(frame).content;
  }
  REQUIRE(frame.header.kind == FrameKind::done);
  CHECK(text == expected("hello", 8));
  CHECK(body_of<Done>(frame).prompt_tokens == 5);
  CHECK(bench.hang_up() == 0);
}

TEST_CASE("host: answers computed together are the answers of each alone") {
  Bench bench;
  bench.load();
  const std::vector<std::string> prompts = {"one", "two", "two and a half"};
  for (std::size_t i = 0; i < prompts.size(); ++i) bench.send(FrameKind::generate, i, question(prompts[i]));
  std::vector<std::string> texts(prompts.size());
  for (std::size_t done = 0; done < prompts.size();) {
    const auto frame = bench.receive();
    if (frame.header.kind == FrameKind::done)
      ++done;
    else
      texts.at(frame.header.request) += body_of<Delta>(frame).content;
  }
  for (std::size_t i = 0; i < prompts.size(); ++i) CHECK(texts[i] == expected(prompts[i], 8));
}

TEST_CASE("host: a cancelled request says nothing more, the others go on") {
  Bench bench;
  bench.load();
  auto endless = question("cancel me", -1);
  endless.ignore_stop_token = true;
  bench.send(FrameKind::generate, 1, endless);
  bench.receive(FrameKind::delta);
  bench.send(encode_frame(FrameKind::cancel, 1, ""));
  bench.send(FrameKind::generate, 2, question("next"));
  std::string text;
  auto frame = bench.receive();
  for (; frame.header.kind == FrameKind::delta; frame = bench.receive())
    if (frame.header.request == 2) text += body_of<Delta>(frame).content;
  REQUIRE(frame.header.kind == FrameKind::done);
  CHECK(frame.header.request == 2);
  CHECK(text == expected("next", 8));
}

TEST_CASE("host: texts become tokens and tokens texts") {
  Bench bench;
  bench.load();
  TextRequest request;
  request.text = "hi";
  bench.send(FrameKind::tokenize, 1, request);
  CHECK(body_of<TextAnswer>(bench.receive(FrameKind::text)).tokens == std::vector<std::int32_t>{'h', 'i'});
  request.tokens = {'o', 'k'};
  bench.send(FrameKind::detokenize, 2, request);
  CHECK(body_of<TextAnswer>(bench.receive(FrameKind::text)).text == "ok");
  request.tokens = {257};
  bench.send(FrameKind::detokenize, 3, request);
  CHECK(body_of<Failure>(bench.receive(FrameKind::failed)).code == "invalid_argument");
}

TEST_CASE("host: one vector an input, and an input that may not be cut is refused") {
  Bench bench;
  bench.load();
  EmbedRequest request;
  request.inputs = {"a", "bc"};
  bench.send(FrameKind::embed, 1, request);
  const auto embeddings = decode_embeddings(bench.receive(FrameKind::embeddings).payload);
  CHECK(embeddings.prompt_tokens == 3);
  CHECK(embeddings.values.size() == 2 * embeddings.dimensions);
  request.num_ctx = 1;
  request.truncate = false;
  bench.send(FrameKind::embed, 2, request);
  const auto failed = bench.receive(FrameKind::failed);
  CHECK(failed.header.request == 2);
  CHECK(body_of<Failure>(failed).code == "invalid_argument");
}

TEST_CASE("host: a bad request is its own error, the engine goes on") {
  Bench bench;
  bench.load();
  bench.send(encode_frame(FrameKind::generate, 1, "{\"prompt\":"));
  CHECK(body_of<Failure>(bench.receive(FrameKind::failed)).code == "invalid_argument");
  bench.send(encode_frame(FrameKind::generate, 2, "{\"prmpt\":\"x\"}"));
  CHECK(body_of<Failure>(bench.receive(FrameKind::failed)).message == "unknown field \"prmpt\"");
  TextRequest request;
  request.text = "x";
  bench.send(FrameKind::tokenize, 3, request);
  CHECK(bench.receive(FrameKind::text).header.request == 3);
}

TEST_CASE("host: a model that cannot be loaded is told, and ends the engine") {
  Bench bench([](const LoadRequest&, std::function<bool(float)>) -> std::unique_ptr<Model> {
    throw Error(ErrorCode::corrupt, "not a model");
  });
  LoadRequest request;
  request.model_path = "none";
  bench.send(FrameKind::load, 0, request);
  CHECK(body_of<Failure>(bench.receive(FrameKind::failed)).code == "corrupt");
  CHECK(bench.hang_up() != 0);
}
