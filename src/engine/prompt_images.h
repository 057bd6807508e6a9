// PromptImages: the images of one request. Each is read once and stands in the messages' texts as a mark that no client
// can write, so that a chat template carries it to its place; then the rendered text with its marks becomes tokens.
// Callers: preparer, host. Threads: one at a time.
// Error(invalid_argument) names the image and what is wrong with it. Never leaves an image out: that is an error too.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "engine/model.h"

namespace fragua::engine {

class PromptImages {
 public:
  // `projector`: null when the model does not see; then any image is an error.
  PromptImages(const Projector* projector, const std::function<std::uint64_t()>& random);

  // Moves a message's images into its content.
  void take(Message& message);
  // Marks for images (base64) that stand before a text.
  std::string take(const std::vector<std::string>& images);
  bool empty() const { return images_.empty(); }
  // How many of them a text refers to.
  std::size_t count_in(std::string_view text) const;
  ImagePrompt tokenize(const Vocabulary& vocabulary, std::string_view text, bool add_special) const;

 private:
  std::string read(const std::string& base64);  // its mark

  const Projector* projector_;
  std::string mark_;                 // all marks begin so
  std::vector<ImagePrompt> images_;  // by their number in the mark
};

}  // namespace fragua::engine
