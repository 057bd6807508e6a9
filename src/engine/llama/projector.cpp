#include "engine/llama/projector.h"

#include <mtmd-helper.h>
#include <mtmd.h>
#include <stb/stb_image.h>

#include <algorithm>

#include "base/sha256.h"
#include "base/strings.h"
#include "engine/image_tokens.h"
#include "engine/llama/context.h"

namespace fragua::engine {

namespace {

constexpr std::uint64_t kPixelsMax = 50'000'000;
// Longer ones lose a side when they are made smaller.
constexpr int kSideRatioMax = 200;
// How often the encoder asks whether it shall stop.
constexpr int kOperationsBetween = 16;
// Tokens of an image's part that must be computed together.
constexpr std::size_t kWholeImageTokensMax = 2048;

struct FreePixels {
  void operator()(stbi_uc* pixels) const { stbi_image_free(pixels); }
};

tl::unexpected<Error> refused(std::string what) { return failure(ErrorCode::invalid_argument, std::move(what)); }

bool is_readable(std::string_view file) {
  using namespace std::string_view_literals;
  return file.starts_with("\x89PNG\r\n\x1a\n"sv) || file.starts_with("\xff\xd8\xff"sv) || file.starts_with("GIF8"sv) ||
         file.starts_with("BM"sv);
}

std::string kind_of(std::string_view file) {
  if (file.starts_with("RIFF") && file.substr(std::min<std::size_t>(8, file.size())).starts_with("WEBP"))
    return "is WebP, which cannot be read";
  return "is not an image that can be read";
}

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t number = 0;
  for (const unsigned char byte : bytes.substr(0, 4)) number = number << 8 | byte;
  return number;
}

// Bytes that a PNG's pixels take at most by its head (a filter byte a row; interlaced rows end seven times).
std::size_t png_raw_bytes(std::string_view png) {
  constexpr std::size_t kChannels[] = {1, 0, 3, 1, 2, 0, 4};
  const std::size_t width = big_endian(png.substr(16)), height = big_endian(png.substr(20));
  const std::size_t bits = std::size_t(png[24]) * kChannels[std::size_t(png[25]) % std::size(kChannels)];
  return height * ((width * bits + 7) / 8 + 1) + 16 * (width + height) + 64;
}

// stb_image unpacks all that is packed, whatever the head says: a small file may become gigabytes. So it is unpacked
// into the room that the head asks for first.
bool is_larger_than_its_head(std::string_view png) {
  if (png.substr(12, 4) != "IHDR") return true;
  std::string packed;
  for (std::size_t at = 8; at + 12 <= png.size();) {
    const std::size_t length = big_endian(png.substr(at));
    if (length > png.size() - at - 12) break;
    if (png.substr(at + 4, 4) == "IDAT") packed += png.substr(at + 8, length);
    at += 12 + length;
  }
  const auto room = png_raw_bytes(png);
  const auto unpacked = std::make_unique_for_overwrite<char[]>(room);
  return stbi_zlib_decode_buffer(unpacked.get(), int(room), packed.data(), int(packed.size())) < 0;
}

// RGB pixels of a file whose head says that they are not too many.
Result<mtmd::bitmap> decoded(std::string_view file) {
  if (!is_readable(file)) return refused(kind_of(file) + "; send PNG, JPEG, BMP or GIF");
  const auto* bytes = reinterpret_cast<const stbi_uc*>(file.data());
  int width = 0, height = 0, channels = 0;
  if (!stbi_info_from_memory(bytes, int(file.size()), &width, &height, &channels) || width <= 0 || height <= 0)
    return refused("cannot be read: it is damaged, or has more than 50 megapixels");
  const auto size = std::to_string(width) + "x" + std::to_string(height);
  if (std::uint64_t(width) * std::uint64_t(height) > kPixelsMax)
    return refused("has " + size + " pixels, more than " + std::to_string(kPixelsMax / 1'000'000) +
                   " megapixels; send a smaller one");
  if (std::max(width, height) / std::min(width, height) > kSideRatioMax)
    return refused("has " + size + " pixels; one side may be at most " + std::to_string(kSideRatioMax) +
                   " times the other");
  if (file.starts_with("\x89PNG") && is_larger_than_its_head(file))
    return refused("is damaged: its pixels do not unpack to " + size);
  const std::unique_ptr<stbi_uc, FreePixels> pixels(
      stbi_load_from_memory(bytes, int(file.size()), &width, &height, &channels, 3));
  if (!pixels) return refused(std::string("is damaged: ") + stbi_failure_reason());
  return mtmd::bitmap(std::uint32_t(width), std::uint32_t(height), pixels.get());
}

struct FreeChunk {
  void operator()(mtmd_input_chunk* chunk) const { mtmd_input_chunk_free(chunk); }
};

void add_image(ImagePrompt& prompt, const mtmd_input_chunk* chunk, const std::string& digest) {
  ImagePart part;
  part.first = prompt.tokens.size();
  part.positions = std::size_t(mtmd_input_chunk_get_n_pos(chunk));
  part.cells = mtmd_input_chunk_get_n_tokens(chunk);
  part.pixels = std::shared_ptr<mtmd_input_chunk>(mtmd_input_chunk_copy(chunk), FreeChunk());
  const auto tokens = image_tokens(digest, prompt.images.size(), part.positions);
  prompt.tokens.insert(prompt.tokens.end(), tokens.begin(), tokens.end());
  prompt.images.push_back(std::move(part));
}

}  // namespace

void LlamaProjector::Free::operator()(mtmd_context* context) const { mtmd_free(context); }

LlamaProjector::LlamaProjector(const std::string& path, const llama_model* model, int threads, bool use_gpu) {
  mtmd_helper_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  auto params = mtmd_context_params_default();
  params.use_gpu = use_gpu;
  params.n_threads = threads;
  params.print_timings = false;
  params.warmup = false;
  params.cb_eval = &LlamaProjector::goes_on;
  params.cb_eval_user_data = this;
  mtmd_.reset(mtmd_init_from_file(path.c_str(), model, params));
  if (!mtmd_)
    throw Error(ErrorCode::unsupported,
                "llama.cpp cannot load this model's projector: its kind is unknown, it is damaged, or it belongs to "
                "another model");
}

bool LlamaProjector::sees() const { return mtmd_support_vision(mtmd_.get()); }

std::size_t LlamaProjector::micro_batch() const {
  return mtmd_decode_use_non_causal(mtmd_.get(), nullptr) ? kWholeImageTokensMax : 0;
}

Result<ImagePrompt> LlamaProjector::read(std::string_view file) const {
  const auto bitmap = decoded(file);
  if (!bitmap) return tl::unexpected<Error>(bitmap.error());
  const mtmd_input_part part{nullptr, bitmap->ptr.get()};
  const mtmd_input_part* parts[] = {&part};
  const mtmd::input_chunks chunks(mtmd_input_chunks_init());
  if (mtmd_tokenize_from_parts(mtmd_.get(), chunks.ptr.get(), parts, 1, false) != 0)
    return refused("does not fit what this model's projector can see; send it in another size");
  ImagePrompt prompt;
  const auto digest = sha256_hex(file);
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const auto* chunk = chunks[i];
    if (mtmd_input_chunk_get_type(chunk) == MTMD_INPUT_CHUNK_TYPE_TEXT) {
      std::size_t count = 0;
      const auto* tokens = mtmd_input_chunk_get_tokens_text(chunk, &count);
      prompt.tokens.insert(prompt.tokens.end(), tokens, tokens + count);
      continue;
    }
    if (micro_batch() > 0 && mtmd_input_chunk_get_n_tokens(chunk) > micro_batch())
      return refused("takes more than " + std::to_string(kWholeImageTokensMax) +
                     " tokens of this model; send a smaller one");
    add_image(prompt, chunk, digest);
  }
  return prompt;
}

// Asked by ggml before an operation (shall I tell you when it is done?) and after it (shall I go on?).
bool LlamaProjector::goes_on(ggml_tensor*, bool asks, void* self) {
  auto& projector = *static_cast<LlamaProjector*>(self);
  if (asks) return ++projector.operations_ % kOperationsBetween == 0;
  if (projector.should_abort_ && projector.should_abort_()) projector.aborted_ = true;
  return !projector.aborted_;
}

bool LlamaProjector::encode(const ImagePart& part) {
  if (encoded_ == part.pixels) return true;
  encoded_.reset();
  aborted_ = false;
  const auto* chunk = static_cast<const mtmd_input_chunk*>(part.pixels.get());
  if (mtmd_encode_chunk(mtmd_.get(), chunk) != 0 || aborted_) return false;
  encoded_ = part.pixels;
  return true;
}

StepResult LlamaProjector::compute(const ImagePart& part, Context& context, int sequence, std::int32_t position) {
  auto& llama = dynamic_cast<LlamaContext&>(context);
  should_abort_ = llama.should_abort();
  if (!encode(part)) return aborted_ ? StepResult::aborted : StepResult::failed;
  const auto* chunk = static_cast<const mtmd_input_chunk*>(part.pixels.get());
  llama_pos end = position;
  const auto result =
      mtmd_helper_decode_image_chunk(mtmd_.get(), llama.handle(), chunk, mtmd_get_output_embd(mtmd_.get()), position,
                                     sequence, int(llama_n_batch(llama.handle())), &end, nullptr, nullptr);
  if (result == 0) {
    encoded_.reset();
    return StepResult::done;
  }
  return result == 1 ? StepResult::no_space : result == 2 ? StepResult::aborted : StepResult::failed;
}

}  // namespace fragua::engine
