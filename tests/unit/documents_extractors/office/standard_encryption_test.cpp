#include "documents/extractors/office/standard_encryption.h"

#include <doctest/doctest.h>

#include "base/strings.h"
#include "documents/extractors/extractor.h"

using namespace fragua;
using namespace fragua::documents::extractors;

namespace {

// A small document, encrypted by a script after the specification, and read back by msoffcrypto-tool with the password "contraseña".
constexpr std::string_view kInfo =
    "BAACACQAAACMAAAAJAAAAAAAAAAOZgAABIAAAIAAAAAYAAAAAAAAAAAAAABNAGkAYwByAG8AcwBvAGYAdAAgAEUAbgBoAGEAbgBjAGUAZAAgAFIAUwBBACAAYQBuAGQAIABBAEUAUwAg"
    "AEMAcgB5AHAAdABvAGcAcgBhAHAAaABpAGMAIABQAHIAbwB2AGkAZABlAHIAAAAQAAAAAAECAwQFBgcICQoLDA0OD92rxK0h3yWctXIDvWFGBKsUAAAAhgTjmYaAGxg2TjE0MhAuPXpB"
    "p5AvgSNkHzOTIyEEhAk=";
constexpr std::string_view kPackage =
    "jQIAAAAAAAAnS8Q0fGRNrCr3GGmSEkOcoq4Y3Cc+1PiCiTcO24Qa5DGLLU0XOKc9PPV9cW1E2guJbnq6e+lPdiMzDGwfHl0mRlo7SxEs3nlzxcUr7llZVWd7Uttzjs2bzMfbbiF2pQol"
    "cwLuLZU1RteY3Dxa8qrS0Us97cghMgq4SlU1A1+D3v039kD8YkCueMU2FEP61TRV7HOyJ8w0YAf0QkrYqZVOrPrE4cGEV0cURajsTxC/KMxsQtr3uIfhQRxsDXW56bhlEttTE9JUcZtU"
    "AqLhkdKhlQ72hKXDHI8q9v57+OatxFg5qHipyt08FGt0LlGLm/UOUIFEBNmdlAA0444cV4mGXvWZhgW6grC5Yub8VC7DQOW3m87yo8L3WVzo5kvY1AboA2dsTUaFH9cj9RSU45uJhU8e"
    "xEsASqbPp59LcZHgJyFU62TPJieqANMxeSD0850YPWfgYlw9vt5kHkj6/MaZJtNXUS3fqeroQk+cqaaUI+WXoeCB+pscqQDFLVCslvNKYp36F2F57ruIcfKmKSUqgtS+s/vPKWPm3+Wb"
    "u7zLfJW8oPRAuwj9OeKgRgxPAn+2F3WWnrJFbjjS2/o+l29543KWq0zHWTQUWSzxQ/h9QYp7nZKDkgqFprU4i/VDwAc7o5jl+cTh4dpoT7iYGbsWp74Xm/GElJXLxeqo3Rmlnu+GQREv"
    "CgxcV4iPtowVJliLZEp3SBuZFoNATHr7EoP4/6bZDGROp8lpdQh2xYp9yWHJNa6LtctDyQ/7aUXvkL0haWlZ21dvw3e+s413dJcURypfdyXdJKugzQ3g4NG1xVX5z3FA8Sg7dkwEiRyd"
    "z74KtAC2KzbCxQBYQILOZqUt4YE0ASIWGF6HbIq/hdIAdA==";

}  // namespace

TEST_CASE("standard encryption: the right password gives the document, a wrong one nothing") {
  const auto info = *from_base64(kInfo), package = *from_base64(kPackage);
  const auto opened = decrypt_standard(info, package, "contraseña");
  REQUIRE(opened);
  CHECK(opened->starts_with("PK\x03\x04"));
  CHECK(opened->find("word/document.xml") != std::string::npos);
  CHECK_FALSE(decrypt_standard(info, package, "contrasena"));
  CHECK_FALSE(decrypt_standard(info, package, ""));
}

TEST_CASE("standard encryption: what does not add up is damaged") {
  const auto info = *from_base64(kInfo), package = *from_base64(kPackage);
  CHECK_THROWS_AS(decrypt_standard(info, package.substr(0, 7), "contraseña"), Failure);
  CHECK_THROWS_AS(decrypt_standard(info, package.substr(0, 100), "contraseña"), Failure);
  CHECK_THROWS_AS(decrypt_standard(info.substr(0, info.size() / 2), package, "contraseña"), Failure);
  CHECK_THROWS_AS(decrypt_standard("", package, "contraseña"), Failure);
}
