#include "documents/extractors/office/agile_encryption.h"

#include <doctest/doctest.h>

#include "base/strings.h"
#include "documents/extractors/extractor.h"

using namespace fragua;
using namespace fragua::documents::extractors;

namespace {

// A small document, encrypted by msoffcrypto-tool with the password "contraseña".
constexpr std::string_view kInfo =
    "BAAEAEAAAAA8P3htbCB2ZXJzaW9uPSIxLjAiIGVuY29kaW5nPSJVVEYtOCIgc3RhbmRhbG9uZT0ieWVzIj8+CjxlbmNyeXB0aW9uIHhtbG5zPSJodHRwOi8vc2NoZW1hcy5taWNyb3Nv"
    "ZnQuY29tL29mZmljZS8yMDA2L2VuY3J5cHRpb24iIHhtbG5zOnA9Imh0dHA6Ly9zY2hlbWFzLm1pY3Jvc29mdC5jb20vb2ZmaWNlLzIwMDYva2V5RW5jcnlwdG9yL3Bhc3N3b3JkIiB4"
    "bWxuczpjPSJodHRwOi8vc2NoZW1hcy5taWNyb3NvZnQuY29tL29mZmljZS8yMDA2L2tleUVuY3J5cHRvci9jZXJ0aWZpY2F0ZSI+CiAgICA8a2V5RGF0YSBzYWx0U2l6ZT0iMTYiIGJs"
    "b2NrU2l6ZT0iMTYiIGtleUJpdHM9IjI1NiIgaGFzaFNpemU9IjY0IgogICAgICAgICAgICAgY2lwaGVyQWxnb3JpdGhtPSJBRVMiIGNpcGhlckNoYWluaW5nPSJDaGFpbmluZ01vZGVD"
    "QkMiIGhhc2hBbGdvcml0aG09IlNIQTUxMiIgc2FsdFZhbHVlPSJNU1pBRmNOczdZY3g5Zkk4eDBEZXFRPT0iIC8+CiAgICA8ZGF0YUludGVncml0eSBlbmNyeXB0ZWRIbWFjS2V5PSJn"
    "Wm9haFdsREcvc252bVVPcGJIeXZsTllQaGtVZVBIZ21hVE1nUXJ0bWd6K3hKNEZ2dFkrU1VTWlZPaVJUNTdBSUFyd0d3NURBWUE3KyszYlJOa2g1UT09IiBlbmNyeXB0ZWRIbWFjVmFs"
    "dWU9Im1xNzAwZ3dzSWZIck1PaHRYMXArSWhLNktsakQ5NEUxUVJ6Y1ZLMjl3TnhKN0FiTEZVWHg4K0IzeVZRM3g1WUk4MUtJRDBNRzBEa3FTZWNBSjJvak1nPT0iIC8+CiAgICA8a2V5"
    "RW5jcnlwdG9ycz4KICAgICAgICA8a2V5RW5jcnlwdG9yIHVyaT0iaHR0cDovL3NjaGVtYXMubWljcm9zb2Z0LmNvbS9vZmZpY2UvMjAwNi9rZXlFbmNyeXB0b3IvcGFzc3dvcmQiPgog"
    "ICAgICAgICAgICA8cDplbmNyeXB0ZWRLZXkgc3BpbkNvdW50PSIxMDAwIiBzYWx0U2l6ZT0iMTYiIGJsb2NrU2l6ZT0iMTYiIGtleUJpdHM9IjI1NiIKICAgICAgICAgICAgICAgICAg"
    "ICAgICAgICAgIGhhc2hTaXplPSI2NCIgY2lwaGVyQWxnb3JpdGhtPSJBRVMiIGNpcGhlckNoYWluaW5nPSJDaGFpbmluZ01vZGVDQkMiIGhhc2hBbGdvcml0aG09IlNIQTUxMiIKICAg"
    "ICAgICAgICAgICAgICAgICAgICAgICAgIHNhbHRWYWx1ZT0iQXNGTi9FbE1rbnEzMlJFb0xFNXJGUT09IiBlbmNyeXB0ZWRWZXJpZmllckhhc2hJbnB1dD0icTVqMUJkOUx2ZC9LdlhW"
    "REtxRXU4Zz09IgogICAgICAgICAgICAgICAgICAgICAgICAgICAgZW5jcnlwdGVkVmVyaWZpZXJIYXNoVmFsdWU9IlZtU2cwcFNpUWtEYkVzNGNYMHF5LzR6SlYwdVRicVZLUVpEVlZT"
    "S0t5N0VxSzJBVllPeTRmY01uN0x5R2U0ODZ3b3ZoR1pDQmpXMS81eE50UWdjdG13PT0iIGVuY3J5cHRlZEtleVZhbHVlPSJxK2t0aHA1bWRldlBhTHlSR0NhamJPRXZnNTJ0Q3lJOXE4"
    "S0dQTnlhcy93PSIgLz4KICAgICAgICA8L2tleUVuY3J5cHRvcj4KICAgIDwva2V5RW5jcnlwdG9ycz4KPC9lbmNyeXB0aW9uPgo=";
constexpr std::string_view kPackage =
    "jQIAAAAAAADr0E1duxtDTvGS0vx7yKF3M/q0CnHkySsJbsFCAHmz58/e7rCjrw8ozLDGaOncTR9vSqCridjDj8lkYRh7FUqWChgHtiOFZ0rGOW6Me5mFhiSf6xE55CL11kLkRU9XHRht"
    "59or86loF8GJ1EvCNMVUv1CrGUV78CXtt72OkuM+71KK4EMPetQtLOoCrRV0kjIXRcFHfqLOWOcACr6J6khY/WM8H75b4gpc9fhnSA8/XPepXz2Aij8U1FQ2OWzu3qi2SEqXIHVeiWMv"
    "mWj+k9zpzuiC3TLkkI60J2AhOHAkrbNdVenwn/NELEdmvTaclHdYtUnkdtdRK6CqsTatgLuFhv81Vy5qEMU/KSJdV/+IRtXibkKSFDU6u0nyqdsNmc5Gm7fpCZZtpYevzI8IWQNb9h54"
    "QUKx/WefVpTBCVRQZBSL3CkSWhUCVeo0Vdk8FAvRV/LPQzRpxW2DUCQQOOZ8wm/DBub+1OUgPnSQChfEtrk1/7MgIaaCJ/nfJUeUDCsmg/B37NkJFvOkS7vF25eUxDWvUDt41GZ1qSpW"
    "mKSKdaPZ14XquAtn12xlVWHRGd3oGPRP8Rjv4aKhgw06a0nRaRtJOQYKVUWxcBgFIQRhEtKVIh3rXBGpe/qtZCcYCMcw4Xcs2PAHWK1ZWyJ1lm8GbyIrgXH4lUda9HdSBmDckO6wQmcZ"
    "scTiYyBRnK3g5O7w4rbMaFH7dNpQtGFrB1tuxjf+K8zPtDeVzDEJOO+Enf4o3zUiZYyjNRgbMX9397so69d/jLyhEd2/4V8oVjvkMBjKjYKy3azSbm3hdaqDcqoFuNYuMdEWHAxfimq4"
    "vUxIwZsAXkAzov+BcMi0+bxzEKGt3uhQcxdOsSS+IS6Dmw==";

}  // namespace

TEST_CASE("agile encryption: the right password gives the document, a wrong one nothing") {
  const auto info = *from_base64(kInfo), package = *from_base64(kPackage);
  const auto opened = decrypt_agile(info, package, "contraseña");
  REQUIRE(opened);
  CHECK(opened->starts_with("PK\x03\x04"));
  CHECK(opened->find("word/document.xml") != std::string::npos);
  CHECK_FALSE(decrypt_agile(info, package, "contrasena"));
  CHECK_FALSE(decrypt_agile(info, package, ""));
}

TEST_CASE("agile encryption: what does not add up is damaged") {
  const auto info = *from_base64(kInfo), package = *from_base64(kPackage);
  CHECK_THROWS_AS(decrypt_agile(info, package.substr(0, 7), "contraseña"), Failure);
  CHECK_THROWS_AS(decrypt_agile(info, package.substr(0, 100), "contraseña"), Failure);
  CHECK_THROWS_AS(decrypt_agile(info.substr(0, info.size() / 2), package, "contraseña"), Failure);
  CHECK_THROWS_AS(decrypt_agile("", package, "contraseña"), Failure);
}
