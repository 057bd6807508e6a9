#include "api/native/test_page.h"

#include "base/sha256.h"
#include "base/strings.h"

namespace fragua::api::native {

namespace {

constexpr std::string_view kPage = R"(<!doctype html>
<html lang="@LANGUAGE@"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fragua: @TITLE@</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
form { margin: 1.5rem 0 } label { display: block; font-weight: 600 } input, button { font: inherit; padding: .4rem .6rem; margin: .3rem 0 }
input { width: 100%; box-sizing: border-box } pre { white-space: pre-wrap; overflow-wrap: anywhere }
</style></head><body>
<main><h1>@TITLE@</h1>
<p>@ABOUT@</p>
<label for="key">@KEY@</label><input id="key" type="password" autocomplete="off">
<form id="upload"><label for="file">@FILE@</label><input id="file" name="file" type="file" required><button>@SEND@</button></form>
<form id="ask"><label for="question">@QUESTION@</label><input id="question" required><button>@ASK@</button></form>
<h2>@ANSWER@</h2><pre id="answer" role="status" aria-live="polite"></pre></main>
<script>@SCRIPT@</script></body></html>
)";

constexpr std::string_view kScript = R"(
const at = (id) => document.getElementById(id);
async function call(event, path, body, headers) {
  event.preventDefault();
  const key = at('key').value.trim();
  if (key) headers.Authorization = 'Bearer ' + key;
  at('answer').textContent = '…';
  try {
    const answer = await fetch(path, { method: 'POST', body, headers });
    at('answer').textContent = answer.status + '\n' + JSON.stringify(await answer.json(), null, 2);
  } catch (error) {
    at('answer').textContent = String(error);
  }
}
at('upload').addEventListener('submit', (event) => call(event, '/upload/', new FormData(event.target), {}));
at('ask').addEventListener('submit', (event) =>
  call(event, '/ask/', JSON.stringify({ question: at('question').value, context: true }), { 'Content-Type': 'application/json' }));
)";

struct Text {
  std::string_view mark, english, spanish;
};
constexpr Text kTexts[] = {
    {"@LANGUAGE@", "en", "es"},
    {"@TITLE@", "Ask your documents", "Pregunta a tus documentos"},
    {"@ABOUT@", "What scripts send to /upload/ and /ask/, by hand.", "Lo que los programas envían a /upload/ y /ask/, a mano."},
    {"@KEY@", "API key (not needed where you are signed in)", "Clave de API (no hace falta si has iniciado sesión)"},
    {"@FILE@", "A document", "Un documento"},
    {"@SEND@", "Hand it in", "Entregar"},
    {"@QUESTION@", "A question", "Una pregunta"},
    {"@ASK@", "Ask", "Preguntar"},
    {"@ANSWER@", "Answer", "Respuesta"},
};

void replace_all(std::string& text, std::string_view mark, std::string_view with) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + with.size())) text.replace(at, mark.size(), with);
}

bool prefers_spanish(std::string_view accept_language) {
  const auto languages = lowercase(accept_language);
  return languages.find("es") < languages.find("en");
}

std::string digest_of(std::string_view script) {
  std::string bytes;
  const auto hex = sha256_hex(script);
  for (std::size_t i = 0; i < hex.size(); i += 2) bytes += char(std::stoi(hex.substr(i, 2), nullptr, 16));
  return to_base64(bytes);
}

}  // namespace

TestPage test_page(std::string_view accept_language) {
  const bool is_spanish = prefers_spanish(accept_language);
  TestPage page{std::string(kPage), ""};
  for (const auto& text : kTexts) replace_all(page.html, text.mark, is_spanish ? text.spanish : text.english);
  replace_all(page.html, "@SCRIPT@", kScript);
  page.policy = "default-src 'none'; style-src 'unsafe-inline'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; script-src 'sha256-" +
                digest_of(kScript) + "'";
  return page;
}

}  // namespace fragua::api::native
