// `fragua catalogue dataset`: writes a training set that the server makes of a catalogue. Callers: cli/catalogue.
// Threads: the main one. Makes none of it itself.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace fragua::cli {

struct Context;

// NAME, and the file to write to; without one, the standard output.
int write_dataset(Context& context, const std::vector<std::string>& words);
// Where the server makes it; what is "" or 0 the server chooses.
struct DatasetRequest {
  std::string catalogue, kind, format, part;
  std::int64_t size = 0, seed = 0;
};
std::string dataset_path(const DatasetRequest& request);

}  // namespace fragua::cli
