#include "cli/prompt_images.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include "base/files.h"

using namespace fragua;
using namespace fragua::cli;

namespace {

struct Folder {
  fs::path path;
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "fragua-images-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
    write_file_atomically(path / "a.png", "PNG");
    write_file_atomically(path / "my photo.JPG", "JPG");
    write_file_atomically(path / "notes.txt", "text");
  }
  ~Folder() { fs::remove_all(path); }
};

}  // namespace

TEST_CASE("images in a prompt: paths of files that are there are taken out, in every spelling") {
  const Folder folder;
  const auto at = [&](const char* name) { return (folder.path / name).string(); };
  struct Case {
    std::string prompt, text, image;
  };
  const Case cases[] = {{"what is in " + at("a.png") + " ?", "what is in  ?", "PNG"},
                        {"what is in " + at("a.png") + "?", "what is in ?", "PNG"},
                        {at("a.png") + " describe it", "describe it", "PNG"},
                        {"see '" + at("my photo.JPG") + "' now", "see  now", "JPG"},
                        {"see " + folder.path.string() + "/my\\ photo.JPG now", "see  now", "JPG"},
                        {"see ~/a.png", "see", "PNG"}};
  for (const auto& [prompt, text, image] : cases) {
    const auto taken = take_images(prompt, folder.path);
    CHECK(taken.text == text);
    REQUIRE_MESSAGE(taken.images.size() == 1, prompt);
    CHECK(taken.images[0] == image);
  }
}

TEST_CASE("images in a prompt: other words stay, also those that only look like one") {
  const Folder folder;
  for (const auto& prompt : {std::string("tell me of cat.png"), (folder.path / "notes.txt").string() + " read",
                             std::string("it's \"quoted"), std::string("/nowhere/a.png")}) {
    const auto taken = take_images(prompt, folder.path);
    CHECK(taken.text == prompt);
    CHECK(taken.images.empty());
  }
  CHECK(begins_with_image((folder.path / "a.png").string() + " what?", folder.path));
  CHECK_FALSE(begins_with_image("/nowhere/a.png what?", folder.path));
}
