// Images by their path in a prompt: "What is in ./photo.png?" shows the file to the model.
// Callers: cli/run, cli/repl. Threads: any. Paths may be quoted or have spaces behind backslashes, as a terminal drops
// them.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::cli {

constexpr std::uint64_t kImageMaxBytes = 100ull << 20;

struct PromptImages {
  std::string text;                 // the prompt without the paths
  std::vector<std::string> names;   // of the files taken
  std::vector<std::string> images;  // their bytes
};

// Takes the paths of files that are there and are .png, .jpg, .jpeg or .webp; other words stay in the text.
PromptImages take_images(std::string_view prompt, const std::filesystem::path& home);
bool begins_with_image(std::string_view prompt, const std::filesystem::path& home);

}  // namespace fragua::cli
