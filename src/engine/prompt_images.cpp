#include "engine/prompt_images.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/error.h"
#include "base/ids.h"
#include "base/strings.h"

namespace fragua::engine {

namespace {

constexpr std::size_t kImagesMax = 64;  // a request
constexpr std::size_t kImageMaxBytes = 32u << 20;
constexpr std::size_t kMarkLength = 12;  // of random letters and digits
constexpr char kMarkEnd = '.';
// Where Ollama's clients want an image within a text.
constexpr std::string_view kPlace = "[img]";

[[noreturn]] void refuse(const std::string& text) { throw Error(ErrorCode::invalid_argument, text); }

void append(ImagePrompt& prompt, const ImagePrompt& more) {
  for (auto image : more.images) {
    image.first += prompt.tokens.size();
    prompt.images.push_back(std::move(image));
  }
  prompt.tokens.insert(prompt.tokens.end(), more.tokens.begin(), more.tokens.end());
}

}  // namespace

PromptImages::PromptImages(const Projector* projector, const std::function<std::uint64_t()>& random)
    : projector_(projector), mark_("image" + id_text(random(), kMarkLength) + "number") {}

std::string PromptImages::read(const std::string& base64) {
  const auto name = "image " + std::to_string(images_.size() + 1) + " of the request ";
  if (!projector_) refuse("this model does not support images: it has no projector");
  if (images_.size() >= kImagesMax) refuse("the request has more than " + std::to_string(kImagesMax) + " images");
  if (base64.size() / 4 * 3 > kImageMaxBytes) refuse(name + "is larger than " + human_bytes(kImageMaxBytes));
  const auto file = from_base64(base64);
  if (!file) refuse(name + "is not base64 (of the file's bytes alone, without a data: prefix)");
  auto image = projector_->read(*file);
  if (!image) throw Error(image.error().code(), name + image.error().what());
  images_.push_back(std::move(*image));
  return mark_ + std::to_string(images_.size() - 1) + kMarkEnd;
}

std::string PromptImages::take(const std::vector<std::string>& images) {
  std::string marks;
  for (const auto& image : images) marks += read(image);
  return marks;
}

void PromptImages::take(Message& message) {
  const auto images = std::exchange(message.images, {});
  const auto offsets = std::exchange(message.image_offsets, {});
  auto& content = message.content;
  std::string before;
  std::size_t grown = 0;
  for (std::size_t i = 0; i < images.size(); ++i) {
    const auto mark = read(images[i]);
    if (i < offsets.size()) {
      content.insert(std::min<std::size_t>(offsets[i] + grown, content.size()), mark);
      grown += mark.size();
    } else if (const auto place = content.find(kPlace); offsets.empty() && place != std::string::npos) {
      content.replace(place, kPlace.size(), mark);
    } else {
      before += mark;
    }
  }
  content.insert(0, before);
}

std::size_t PromptImages::count_in(std::string_view text) const {
  std::size_t count = 0;
  for (auto at = text.find(mark_); at != text.npos; at = text.find(mark_, at + mark_.size())) ++count;
  return count;
}

ImagePrompt PromptImages::tokenize(const Vocabulary& vocabulary, std::string_view text, bool add_special) const {
  ImagePrompt prompt;
  const auto add_text = [&](std::string_view piece) {
    if (piece.empty() && !(add_special && prompt.tokens.empty())) return;
    const auto tokens = vocabulary.tokenize(piece, add_special && prompt.tokens.empty(), true);
    prompt.tokens.insert(prompt.tokens.end(), tokens.begin(), tokens.end());
  };
  for (auto at = text.find(mark_); at != text.npos; at = text.find(mark_)) {
    add_text(text.substr(0, at));
    text.remove_prefix(at + mark_.size());
    std::size_t number = images_.size();
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
    if (number >= images_.size()) refuse("this model's template cuts a message where an image stands");
    append(prompt, images_[number]);
    text.remove_prefix(std::min(std::size_t(end - text.data()) + 1, text.size()));
  }
  add_text(text);
  return prompt;
}

}  // namespace fragua::engine
