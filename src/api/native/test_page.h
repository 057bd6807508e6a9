// test_page: a small page that hands in a file at /upload/ and asks at /ask/, for trying out what scripts call. Callers: document_scripts.
// Threads: pure. The page loads nothing: its one script stands in it, and its policy names that script by its digest.
#pragma once
#include <string>
#include <string_view>

namespace fragua::api::native {

struct TestPage {
  std::string html;
  std::string policy;                     // the header Content-Security-Policy
};

// In Spanish where the browser asks for it before English, else in English.
TestPage test_page(std::string_view accept_language);

}  // namespace fragua::api::native
