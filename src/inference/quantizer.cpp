#include "inference/quantizer.h"

#include <charconv>

#include "base/error.h"
#include "runtime/run_program.h"

namespace fragua::inference {

void ChildQuantizer::quantize(const fs::path& in, const fs::path& out, const std::string& file_type,
                              const models::ByteProgress& progress) {
  auto argv = argv_;
  argv.insert(argv.end(), {in.string(), out.string(), file_type});
  const auto total = fs::file_size(in);
  std::string last_words;
  const int status = run_program(argv, [&](const std::string& line) {
    last_words = line;
    std::uint64_t permille = 0;
    const bool is_number = std::from_chars(line.data(), line.data() + line.size(), permille).ec == std::errc();
    if (is_number && progress) progress(total / 1000 * std::min<std::uint64_t>(permille, 1000), total);
  });
  if (status == 2) throw Error(ErrorCode::invalid_argument, last_words);
  if (status != 0) throw Error(ErrorCode::unsupported, "quantization to " + file_type + " failed: " + last_words);
}

}  // namespace fragua::inference
