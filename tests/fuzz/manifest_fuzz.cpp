// Manifest, model configuration, model name, digest: any bytes are refused, or read into values that name no path but
// their own.
#include "fuzz/fuzz.h"
#include "models/manifest.h"
#include "models/name.h"

using namespace fragua;
using namespace fragua::models;

namespace {

constexpr std::size_t kBlobFileNameBytes = 71;

void check_manifest(const std::string& input) {
  const auto manifest = Manifest::parse(input);
  CHECK_THAT(manifest.bytes == input);
  for (const auto& blob : manifest.blobs()) {
    const auto name = blob.digest.file_name();
    CHECK_THAT(name.size() == kBlobFileNameBytes && name.find_first_of("/.") == std::string::npos);
  }
}

template <class Work>
void only_corrupt(Work work) {
  try {
    work();
  } catch (const Error& error) {
    CHECK_THAT(error.code() == ErrorCode::corrupt);
  }
}

}  // namespace

void fuzz(std::string_view input) {
  const std::string text(input);
  only_corrupt([&] { check_manifest(text); });
  only_corrupt([&] {
    const auto bytes = ConfigBody::parse(text).to_bytes();
    CHECK_THAT(ConfigBody::parse(bytes).to_bytes() == bytes);
  });
  if (const auto name = ModelName::parse(text)) {
    const auto again = ModelName::from_filepath(name->filepath());
    CHECK_THAT(again && same_name(*again, *name) && !name->filepath().starts_with("."));
  }
  if (const auto digest = Digest::parse(text)) CHECK_THAT(digest->file_name().size() == kBlobFileNameBytes);
}
