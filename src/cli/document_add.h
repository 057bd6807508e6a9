// `fragua documents add`, and Reading: waits for what was handed in, telling the state of each file and how far the rest is.
// Callers: cli/documents, cli/document_watch. Threads: the main one. Ctrl-C ends the waiting; the server goes on reading.
// Gives up with Error(deadline_exceeded) when the server gets no further for half an hour.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "cli/reading_progress.h"

namespace fragua::cli {

class Reading {
 public:
  explicit Reading(Context& context);
  // A document as the server answered for it; one that has ended already is told at once.
  void add(const json::object& document);
  void fail(const std::string& name, const std::string& why);
  // Asks about some, tells those that have ended.
  void look();
  // Until all have ended. The exit status: 1 if one failed.
  int finish();

 private:
  void tell(const json::object& document);
  void show_progress();
  void clear_progress();

  Context& context_;
  ReadingProgress progress_;
  std::uint64_t steps_ = 0;
  SteadyTime last_step_;
  SteadyTime last_line_;
  bool is_drawn_ = false;
  bool has_failed_ = false;
};

struct NamedFile {
  std::filesystem::path path;
  std::string name;                       // in the collection
};

// The files of a folder and of the folders in it, in order; hidden ones and what links elsewhere are left out.
std::vector<NamedFile> files_below(const std::filesystem::path& folder);
// Office programs' locks, half downloads and hidden files: no documents.
bool is_document_name(const std::string& file_name);

// Hands one in. Nothing: it was refused, and `reading` has told why.
std::optional<json::object> hand_in(Context& context, Reading& reading, const std::string& collection_id,
                                    const NamedFile& file);

int add_documents(Context& context, const std::vector<std::string>& words);

}  // namespace fragua::cli
