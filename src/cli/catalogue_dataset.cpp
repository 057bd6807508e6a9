#include "cli/catalogue_dataset.h"

#include <fstream>

#include "base/error.h"
#include "base/files.h"
#include "base/strings.h"
#include "cli/context.h"

namespace fragua::cli {

std::string dataset_path(const DatasetRequest& request) {
  std::vector<std::string> query;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) query.push_back(name + "=" + percent_encoded(value));
  };
  add("kind", request.kind);
  add("format", request.format);
  add("part", request.part);
  if (request.size > 0) add("size", std::to_string(request.size));
  if (request.seed > 0) add("seed", std::to_string(request.seed));
  const auto path = "/api/v1/catalogues/" + percent_encoded(request.catalogue) + "/dataset";
  return query.empty() ? path : path + "?" + join(query, "&");
}

int write_dataset(Context& context, const std::vector<std::string>& words) {
  const auto& arguments = context.arguments;
  DatasetRequest request{words.at(0), arguments.text("kind"), arguments.text("format"), arguments.text("part"), 0, 0};
  request.size = arguments.number("size", 1).value_or(0);
  request.seed = arguments.number("seed", 1).value_or(0);
  std::string text;
  context.api.download(dataset_path(request), [&](std::string_view piece) { text += piece; });
  if (words.size() < 2) {
    context.console.out(text);
    return 0;
  }
  std::ofstream out(words[1], std::ios::binary | std::ios::trunc);
  out.write(text.data(), std::streamsize(text.size()));
  out.close();
  if (!out) throw Error(ErrorCode::storage_full, "cannot write " + fs::path(words[1]).filename().string());
  context.console.err_line("wrote " + words[1]);
  return 0;
}

}  // namespace fragua::cli
