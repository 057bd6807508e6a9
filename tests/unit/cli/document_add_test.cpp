#include "cli/document_add.h"

#include <doctest/doctest.h>

#include "base/files.h"
#include "support/temporary_folder.h"

using namespace fragua;
using namespace fragua::cli;
using fragua::tests::TemporaryFolder;

TEST_CASE("documents add: locks, hidden files and half downloads are no documents") {
  for (const auto* name : {"manual.pdf", "notes", "España.docx"}) CHECK(is_document_name(name));
  for (const auto* name : {".git", ".~lock.a.odt#", "~$report.docx", "big.pdf.part", "a.crdownload", "a.tmp", "a~", ""})
    CHECK_FALSE(is_document_name(name));
}

TEST_CASE("documents add: a folder gives its files in order, without hidden ones and without links") {
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "b/c");
  fs::create_directories(folder.path() / ".hidden");
  for (const auto* name : {"z.txt", "b/a.txt", "b/c/a.txt", ".hidden/x.txt", "b/.x"}) write_file_atomically(folder.path() / name, "x");
  fs::create_symlink(folder.path() / "z.txt", folder.path() / "link.txt");
  std::vector<std::string> names;
  for (const auto& file : files_below(folder.path())) names.push_back(file.name);
  CHECK(names == std::vector<std::string>{"b › a.txt", "b › c › a.txt", "z.txt"});
}
