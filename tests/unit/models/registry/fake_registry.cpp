#include "unit/models/registry/fake_registry.h"

#include <boost/asio/redirect_error.hpp>
#include <charconv>
#include <random>

#include "base/strings.h"

namespace fragua::models {

namespace {

struct Range {
  std::size_t first = 0;
  std::size_t last = 0;
};

std::optional<Range> parse_range(std::string_view text, std::size_t size) {
  if (!text.starts_with("bytes=")) return std::nullopt;
  text.remove_prefix(6);
  Range range;
  const auto dash = text.find('-');
  std::from_chars(text.data(), text.data() + dash, range.first);
  std::from_chars(text.data() + dash + 1, text.data() + text.size(), range.last);
  range.last = std::min(range.last, size - 1);
  return range;
}

std::string after(const std::string& path, std::string_view marker) {
  const auto at = path.find(marker);
  return at == std::string::npos ? "" : path.substr(at + marker.size());
}

ManifestLayer layer_of(std::string_view type, const std::string& bytes) {
  return {std::string(type), Digest::of(bytes), bytes.size(), "", ""};
}

}  // namespace

std::string noise(std::size_t bytes, unsigned seed) {
  std::mt19937 random(seed);
  std::string text(bytes, '\0');
  for (auto& c : text) c = char(random());
  return text;
}

FakeRegistry::FakeRegistry(asio::any_io_executor executor, Log& log)
    : executor_(executor),
      server_(
          executor, [this](http::Exchange& exchange) { return serve(exchange); }, http::ServerLimits{}, log),
      port_(server_.listen("127.0.0.1:0")) {}

std::string FakeRegistry::add_model(const std::string& repository, const std::string& weights) {
  const std::string license = "free " + repository;
  const auto config = ConfigBody{.model_format = "gguf"}.to_bytes();
  const auto manifest = Manifest::of(layer_of(media::kConfig, config),
                                     {layer_of(media::kModel, weights), layer_of(media::kLicense, license)});
  for (const auto& bytes : {weights, license, config}) blobs[Digest::of(bytes).text()] = bytes;
  manifests[repository + "/latest"] = manifest.bytes;
  return host() + "/" + repository;
}

std::string FakeRegistry::blob_path(const std::string& repository, const Digest& digest) const {
  return "/v2/" + repository + "/blobs/" + digest.text();
}

std::size_t FakeRegistry::count(const std::string& method, const std::string& path_part) const {
  return std::size_t(std::count_if(seen.begin(), seen.end(), [&](const auto& one) {
    return one.method == method && one.path.find(path_part) != std::string::npos;
  }));
}

std::size_t FakeRegistry::bytes_asked(const Digest& digest) const {
  std::size_t sum = 0;
  for (const auto& one : seen) {
    const auto dash = one.range.find('-');
    if (one.path.find(digest.text()) == std::string::npos || dash == std::string::npos) continue;
    sum += std::stoul(one.range.substr(dash + 1)) - std::stoul(one.range.substr(6, dash - 6)) + 1;
  }
  return sum;
}

void FakeRegistry::release() {
  hold_blobs = false;
  if (gate) gate->cancel();
}

Task<> FakeRegistry::answer(http::Exchange& exchange, int status, std::string body, http::Headers headers) {
  http::Response response;
  response.status = status;
  response.body = std::move(body);
  response.headers = std::move(headers);
  co_await exchange.reply(std::move(response));
}

Task<> FakeRegistry::serve(http::Exchange& exchange) {
  const auto& request = exchange.request();
  const std::string method(http::name_of(request.method));
  const std::string path = request.path;
  auto body = co_await exchange.body(64u << 20);
  const std::string authorization(request.header("Authorization"));
  seen.push_back({method, path, request.target, authorization, std::string(request.header("Range")), body.size()});
  if (path == "/token") {
    std::string given = "{\"token\":\"" + token + "\"}";
    co_await answer(exchange, 200, std::move(given));
    co_return;
  }
  if (!expected.empty() && authorization != expected && !path.starts_with("/storage")) {
    http::Headers headers{{"WWW-Authenticate", challenge}};
    co_await answer(exchange, 401, "{}", std::move(headers));
    co_return;
  }
  if (!statuses.empty()) {
    const int status = statuses.front();
    statuses.pop_front();
    if (status != 200) {
      co_await answer(exchange, status, R"({"errors":[{"code":"DENIED","message":"not today"}]})");
      co_return;
    }
  }
  if (path.find("/blobs/uploads") != std::string::npos || path.starts_with("/storage/upload")) {
    co_await serve_upload(exchange, std::move(body));
  } else if (const auto digest = after(path, "/blobs/"); !digest.empty()) {
    co_await serve_blob(exchange, digest);
  } else if (const auto tag = after(path, "/manifests/"); !tag.empty()) {
    const auto key = after(path, "/v2/").substr(0, path.find("/manifests/") - 4) + "/" + tag;
    if (method == "PUT") manifests[key] = body;
    const auto found = manifests.find(key);
    const bool there = found != manifests.end();
    std::string text = there ? found->second : R"({"errors":[{"code":"MANIFEST_UNKNOWN"}]})";
    if (method == "PUT") text.clear();
    const int status = method == "PUT" ? 201 : there ? 200 : 404;
    co_await answer(exchange, status, std::move(text));
  } else {
    co_await answer(exchange, 404);
  }
}

Task<> FakeRegistry::serve_blob(http::Exchange& exchange, std::string digest) {
  const auto found = blobs.find(digest);
  if (found == blobs.end()) {
    co_await answer(exchange, 404);
    co_return;
  }
  const auto& request = exchange.request();
  if (!redirect_blobs.empty() && !request.path.starts_with("/storage") && request.method != http::Method::head) {
    http::Headers headers{{"Location", redirect_blobs + "/storage/blobs/" + digest + "?signature=s3cret"}};
    co_await answer(exchange, 307, "", std::move(headers));
    co_return;
  }
  if (request.method == http::Method::head) {
    co_await answer(exchange, 200);
    co_return;
  }
  auto bytes = found->second;
  if (digest == corrupt_blob) bytes[bytes.size() / 2] ^= 1;
  const auto range = parse_range(request.header("Range"), bytes.size());
  if (ranges && range) {
    co_await send_range(exchange, bytes.substr(range->first, range->last - range->first + 1), range->first, true);
  } else {
    co_await send_range(exchange, std::move(bytes), 0, false);
  }
}

Task<> FakeRegistry::send_range(http::Exchange& exchange, std::string bytes, std::size_t first, bool partial) {
  http::Headers headers;
  for (const auto& [name, value] : extra_headers_of_blobs) headers.emplace_back(name, value);
  if (partial)
    headers.emplace_back("Content-Range", content_range.empty() ? "bytes " + std::to_string(first) + "-" +
                                                                      std::to_string(first + bytes.size() - 1) + "/*"
                                                                : content_range);
  std::optional<std::size_t> cut;
  if (!cuts.empty()) {
    cut = cuts.front();
    cuts.pop_front();
  }
  bytes += std::string(more_bytes, 'x');
  co_await exchange.begin(partial ? 206 : 200, "application/octet-stream", std::move(headers));
  if (cut && *cut < bytes.size()) {
    co_await exchange.write(bytes.substr(0, *cut));
    throw Error(ErrorCode::internal, "cut");
  }
  co_await exchange.write(bytes.substr(0, bytes.size() / 2));
  if (hold_blobs) {
    if (!gate) gate = std::make_shared<asio::steady_timer>(executor_, asio::steady_timer::time_point::max());
    boost::system::error_code ignored;
    co_await gate->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    if (cut_held) throw Error(ErrorCode::internal, "cut");
  }
  co_await exchange.write(bytes.substr(bytes.size() / 2));
  co_await exchange.end();
}

Task<> FakeRegistry::serve_upload(http::Exchange& exchange, std::string body) {
  const auto& request = exchange.request();
  const auto query = [&](const char* name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
  };
  if (request.path.starts_with("/storage/upload")) {
    uploads_["1"] += body;
    co_await answer(exchange, 200);
  } else if (request.method == http::Method::post) {
    const bool mounted = !query("mount").empty() && blobs.contains(query("mount"));
    uploads_["1"].clear();
    http::Headers headers{{"Location", request.path + "1?_state=0"}};
    const int status = mounted ? 201 : 202;
    co_await answer(exchange, status, "", std::move(headers));
  } else if (request.method == http::Method::patch && !redirect_uploads.empty()) {
    http::Headers headers{{"Location", redirect_uploads + "/storage/upload?signature=s3cret"},
                          {"Docker-Upload-Location", request.path + "?_state=next"}};
    co_await answer(exchange, 307, "", std::move(headers));
  } else if (request.method == http::Method::patch) {
    uploads_["1"] += body;
    http::Headers headers{{"Location", origin() + request.path + "?_state=" + std::to_string(uploads_["1"].size())}};
    co_await answer(exchange, 202, "", std::move(headers));
  } else {
    const auto digest = query("digest");
    const bool good = Digest::of(uploads_["1"]).text() == digest;
    if (good) blobs[digest] = uploads_["1"];
    const int status = good ? 201 : 400;
    std::string text = good ? "" : R"({"errors":[{"code":"DIGEST_INVALID"}]})";
    co_await answer(exchange, status, std::move(text));
  }
}

std::vector<std::string> Transfer::statuses() const {
  std::vector<std::string> result;
  for (const auto& one : progress)
    if (result.empty() || result.back() != one.status) result.push_back(one.status);
  return result;
}

namespace {

ProgressSink into(Transfer& transfer) {
  return [&transfer](const TransferProgress& progress) { transfer.progress.push_back(progress); };
}

void finish(Transfer& transfer, std::exception_ptr error) {
  transfer.done = true;
  try {
    if (error) std::rethrow_exception(error);
  } catch (const Error& failure) {
    transfer.code = name_of(failure.code());
    transfer.message = failure.what();
  }
}

}  // namespace

RegistryFixture::RegistryFixture() {
  config.limits.part_min_bytes = 10'000;
  config.limits.part_max_bytes = 1'000'000;
  config.limits.chunk_min_bytes = 10'000;
  config.limits.chunk_max_bytes = 1'000'000;
  config.limits.record_every_bytes = 4096;
  config.limits.retry_delay = std::chrono::milliseconds(1);
  config.limits.tick = std::chrono::milliseconds(1);
  make_registry();
}

void RegistryFixture::make_registry() {
  registry.reset();
  registry = std::make_unique<Registry>(RegistryServices{store, pool, log}, config);
}

void RegistryFixture::run_until(const std::function<bool()>& condition) {
  while (!condition()) loop.run_one();
}

void RegistryFixture::begin_pull(const std::string& name, Transfer& transfer, Cancellation cancelled) {
  PullRequest request{.name = ModelName::require(name), .insecure = true, .cancelled = std::move(cancelled)};
  asio::co_spawn(loop, registry->pull(std::move(request), into(transfer)),
                 [&transfer](std::exception_ptr error) { finish(transfer, error); });
}

Transfer RegistryFixture::pull(const std::string& name) {
  Transfer transfer;
  begin_pull(name, transfer);
  run_until([&] { return transfer.done; });
  return transfer;
}

Transfer RegistryFixture::push(const std::string& name) {
  Transfer transfer;
  PushRequest request{.name = ModelName::require(name), .insecure = true};
  asio::co_spawn(loop, registry->push(std::move(request), into(transfer)),
                 [&transfer](std::exception_ptr error) { finish(transfer, error); });
  run_until([&] { return transfer.done; });
  return transfer;
}

}  // namespace fragua::models
