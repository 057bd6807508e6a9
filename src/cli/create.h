// From a Modelfile to the request of /api/create: what the model is made from, and which local files the server needs
// first. Callers: `fragua create`. Threads: any. Reads folders and checks that files are there; never opens them.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"
#include "modelfile/modelfile.h"

namespace fragua::cli {

struct Context;

int create_model(Context& context);

struct FileToSend {
  std::filesystem::path path;
  std::string name;  // in the request: relative to the folder named in FROM or ADAPTER
  bool is_adapter = false;
};

struct CreatePlan {
  json::object body;  // without "files" and "adapters", which need the digests
  std::vector<FileToSend> files;
};

struct CreateInput {
  std::string model;
  std::string quantize;
  std::filesystem::path folder;  // of the Modelfile: what relative paths start from
  std::filesystem::path home;    // what ~ means
};

// Error: not_found for a path that is not there, unsupported for what the API cannot carry.
CreatePlan plan_create(const modelfile::Modelfile& modelfile, const CreateInput& input);

}  // namespace fragua::cli
