#include "app/configuration.h"

#include <algorithm>
#include <charconv>
#include <toml++/toml.h>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::app {

const std::vector<SettingRow>& setting_rows() {
  static const std::vector<SettingRow> kRows = {
      {"listen", {"FRAGUA_LISTEN"}, "127.0.0.1:3000,127.0.0.1:11434", "addresses to listen on, HOST:PORT, separated by commas"},
      {"anonymous", {"FRAGUA_ANONYMOUS"}, "", "loopback addresses of `listen` where programs on this machine need no credentials (to run, list, create and delete models; nothing of people's)"},
      {"sign_up", {"FRAGUA_SIGN_UP"}, "closed", "who may make an account: closed (only administrators make them), pending (an administrator approves them) or open"},
      {"hosts", {"FRAGUA_HOSTS"}, "", "host names, besides loopback ones, by which a proxy on this machine is called, separated by commas"},
      {"trusted_proxies", {"FRAGUA_TRUSTED_PROXIES"}, "", "addresses (127.0.0.1) and networks (10.0.0.0/8) of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, separated by commas"},
      {"requests_per_minute", {"FRAGUA_REQUESTS_PER_MINUTE"}, "0", "of a user without a limit of their own; 0: no limit"},
      {"tokens_per_minute", {"FRAGUA_TOKENS_PER_MINUTE"}, "0", "computed for a user without a limit of their own; 0: no limit"},
      {"tokens_per_day", {"FRAGUA_TOKENS_PER_DAY"}, "0", "computed for a user without a limit of their own; 0: no limit"},
      {"address_requests_per_minute", {"FRAGUA_ADDRESS_REQUESTS_PER_MINUTE"}, "0", "of one network address, whoever calls; 0: no limit"},
      {"address_tokens_per_minute", {"FRAGUA_ADDRESS_TOKENS_PER_MINUTE"}, "0", "computed for one network address, whoever calls; 0: no limit"},
      {"tls_certificate", {"FRAGUA_TLS_CERTIFICATE"}, "", "file with the certificate and its chain (PEM), for addresses such as https://0.0.0.0:3443; read again when it changes"},
      {"tls_key", {"FRAGUA_TLS_KEY"}, "", "file with the certificate's key (PEM)"},
      {"models_folder", {"FRAGUA_MODELS", "OLLAMA_MODELS"}, "", "the model store (Ollama's layout); empty: ~/.ollama/models if it exists, else models in the data folder"},
      {"prune", {"FRAGUA_PRUNE"}, "true", "remove blobs of the model store that no model has named for an hour, at the start and every hour"},
      {"data_folder", {"FRAGUA_DATA"}, "", "everything else that is kept; empty: fragua in XDG_DATA_HOME or ~/.local/share"},
      {"log_format", {"FRAGUA_LOG_FORMAT"}, "json", "json (one object a line), text (for people) or silent"},
      {"log_level", {"FRAGUA_LOG_LEVEL"}, "info", "debug, info, warn or error"},
      {"keep_alive", {"FRAGUA_KEEP_ALIVE", "OLLAMA_KEEP_ALIVE"}, "5m", "how long a model stays loaded after its last use; negative: for ever"},
      {"load_timeout", {"FRAGUA_LOAD_TIMEOUT", "OLLAMA_LOAD_TIMEOUT"}, "5m", "how long loading a model may take"},
      {"answer_timeout", {"FRAGUA_ANSWER_TIMEOUT"}, "10m", "how long an answer may stay silent"},
      {"drain_timeout", {"FRAGUA_DRAIN_TIMEOUT"}, "30s", "how long running answers may go on after SIGTERM"},
      {"queue_max_requests", {"FRAGUA_QUEUE_MAX_REQUESTS", "OLLAMA_MAX_QUEUE"}, "512", "requests running and waiting; more get 503"},
      {"models_max", {"FRAGUA_MODELS_MAX", "OLLAMA_MAX_LOADED_MODELS"}, "3", "models loaded at once"},
      {"memory_bytes", {"FRAGUA_MEMORY_BYTES"}, "0", "memory for models; 0: what the machine has available"},
      {"parallel_max", {"FRAGUA_PARALLEL_MAX", "OLLAMA_NUM_PARALLEL"}, "16", "answers of one model computed together"},
      {"num_ctx", {"FRAGUA_NUM_CTX", "OLLAMA_CONTEXT_LENGTH"}, "4096", "context of a request that does not say, in tokens"},
      {"threads", {"FRAGUA_THREADS"}, "0", "compute threads of an engine; 0: one a core"},
      {"gpu_layers", {"FRAGUA_GPU_LAYERS"}, "-1", "layers on the GPU; -1: all that fit, 0: none"},
      {"draft_tokens_max", {"FRAGUA_DRAFT_TOKENS_MAX"}, "15", "tokens guessed ahead in one step where an answer copies (prompt lookup); 0: none"},
      {"isolate_users", {"FRAGUA_ISOLATE_USERS"}, "true", "cached prefixes serve other users only where they are the model's own"},
      {"embedding_model", {"FRAGUA_EMBEDDING_MODEL"}, "multilingual-e5-small", "embeds the documents of new collections"},
      {"answer_model", {"FRAGUA_ANSWER_MODEL"}, "", "answers from documents when a request names no model; empty: the newest that generates text"},
      {"ocr_languages", {"FRAGUA_OCR_LANGUAGES"}, "spa+eng", "languages of scanned documents, as tesseract names them"},
      {"documents_parallel", {"FRAGUA_DOCUMENTS_PARALLEL"}, "1", "documents read at once"},
      {"fetch_hosts", {"FRAGUA_FETCH_HOSTS"}, "", "hosts (host:port) of one's own network that documents may be fetched from by their address"},
      {"answer_score_min", {"FRAGUA_ANSWER_SCORE_MIN"}, "0.815", "a question whose nearest passage is less alike (cosine) is not in the documents"},
      {"catalogue_source_max_bytes", {"FRAGUA_CATALOGUE_SOURCE_MAX_BYTES"}, "10737418240", "of a database dump or file that is handed in to be imported"},
      {"catalogue_connections", {"FRAGUA_CATALOGUE_CONNECTIONS"}, "", "live databases that mappings may name: tickets=postgresql://USER:PASSWORD@HOST/DATABASE, separated by commas", true},
      {"clock", {"FRAGUA_CLOCK"}, "", "a day such as 2025-11-10 that the server takes for today, for demonstrations and tests; empty: today"},
      {"allowed_origins", {"FRAGUA_ALLOWED_ORIGINS", "OLLAMA_ORIGINS"}, "", "browser origins besides loopback ones, separated by commas; one * in each stands for any text"},
      {"insecure_registries", {"FRAGUA_INSECURE_REGISTRIES"}, "", "registries (host:port) that may be reached over plain http"},
      {"registry_credentials", {"FRAGUA_REGISTRY_CREDENTIALS"}, "", "log-ins of registries: HOST=USER:PASSWORD, or HOST=TOKEN (hf.co=hf_...), separated by commas", true},
      {"registry_token_hosts", {"FRAGUA_REGISTRY_TOKEN_HOSTS"}, "", "addresses (https://auth.example.org) that registries may send us to for a token, separated by commas"},
      {"registry_mirrors", {"FRAGUA_REGISTRY_MIRRORS"}, "", "what is asked in a registry's place: HOST=https://MIRROR, separated by commas"},
      {"connections_max", {"FRAGUA_CONNECTIONS_MAX"}, "20000", "open connections"},
      {"header_timeout", {"FRAGUA_HEADER_TIMEOUT"}, "15s", "how long the head of a request may take to arrive"},
      {"body_timeout", {"FRAGUA_BODY_TIMEOUT"}, "60s", "how long a request's body may bring nothing worth mentioning"},
      {"write_timeout",
       {"FRAGUA_WRITE_TIMEOUT"},
       "30s",
       "how long a client may not read its answer; then it is cut off"},
      {"idle_timeout", {"FRAGUA_IDLE_TIMEOUT"}, "2m", "how long an open connection may wait for its next request"},
  };
  return kRows;
}

std::string shown_value(const SettingRow& row, const Setting& setting) { return row.is_secret && !setting.value.empty() ? "[secret]" : setting.value; }

namespace {

const SettingRow* find_row(std::string_view key) {
  const auto& rows = setting_rows();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.key == key; });
  return row == rows.end() ? nullptr : &*row;
}

[[noreturn]] void fail(std::string_view key, const Setting& setting, std::string_view expected) {
  throw Error(ErrorCode::invalid_argument, "setting \"" + std::string(key) + "\" (from " + setting.origin + ") must be " +
                                               std::string(expected) + ", not \"" + setting.value + "\"");
}

void set(Settings& settings, std::string_view key, std::string value, std::string origin) {
  if (!find_row(key))
    throw Error(ErrorCode::invalid_argument, "unknown setting \"" + std::string(key) + "\" (from " + origin + "); `fragua config --explain` lists them all");
  settings.insert_or_assign(std::string(key), Setting{std::move(value), std::move(origin)});
}

std::string as_text(const toml::node& node) {
  if (const auto* list = node.as_array()) {
    std::vector<std::string> parts;
    for (const auto& item : *list) parts.push_back(as_text(item));
    return join(parts, ",");
  }
  if (const auto text = node.value<std::string>(); node.is_string()) return *text;
  if (node.is_boolean()) return *node.value<bool>() ? "true" : "false";
  if (const auto number = node.value<std::int64_t>()) return std::to_string(*number);
  throw Error(ErrorCode::invalid_argument, "the configuration file may hold texts, integers, booleans and lists of them");
}

void read_file_settings(Settings& settings, const fs::path& file) {
  const auto text = read_file(file, 1 << 20);
  try {
    for (const auto& [key, node] : toml::parse(text)) set(settings, key.str(), as_text(node), "file");
  } catch (const toml::parse_error& error) {
    throw Error(ErrorCode::invalid_argument, "the configuration file is not TOML: " + std::string(error.description()) + " in line " +
                                                 std::to_string(error.source().begin.line));
  }
}

}  // namespace

Settings read_settings(const ConfigurationSources& sources) {
  Settings settings;
  for (const auto& row : setting_rows()) settings[std::string(row.key)] = {std::string(row.fallback), "default"};
  if (!sources.file.empty()) read_file_settings(settings, sources.file);
  for (const auto& row : setting_rows()) {
    for (const auto name : row.environment) {
      const auto found = sources.variables.find(name);
      if (found == sources.variables.end() || found->second.empty()) continue;
      set(settings, row.key, found->second, std::string(name));
      break;
    }
  }
  for (const auto& [key, value] : sources.flags) set(settings, key, value, "flag");
  return settings;
}

std::string text_of(const Settings& settings, std::string_view key) { return settings.find(key)->second.value; }

std::int64_t integer_of(const Settings& settings, std::string_view key) {
  const auto& setting = settings.find(key)->second;
  std::int64_t value = 0;
  const auto* end = setting.value.data() + setting.value.size();
  const auto [stop, error] = std::from_chars(setting.value.data(), end, value);
  if (error != std::errc() || stop != end) fail(key, setting, "an integer");
  return value;
}

double real_of(const Settings& settings, std::string_view key) {
  const auto& setting = settings.find(key)->second;
  double value = 0;
  const auto* end = setting.value.data() + setting.value.size();
  const auto [stop, error] = std::from_chars(setting.value.data(), end, value);
  if (error != std::errc() || stop != end) fail(key, setting, "a number");
  return value;
}

bool truth_of(const Settings& settings, std::string_view key) {
  const auto& setting = settings.find(key)->second;
  const auto word = lowercase(setting.value);
  if (word == "true" || word == "1" || word == "yes") return true;
  if (word == "false" || word == "0" || word == "no") return false;
  fail(key, setting, "true or false");
}

std::chrono::nanoseconds duration_of(const Settings& settings, std::string_view key) {
  const auto& setting = settings.find(key)->second;
  const bool plain = !setting.value.empty() && setting.value.find_first_not_of("-0123456789") == std::string::npos;
  const auto duration = parse_go_duration(plain ? setting.value + "s" : setting.value);
  if (!duration) fail(key, setting, "seconds or a duration such as \"5m\"");
  return *duration;
}

std::vector<std::string> list_of(const Settings& settings, std::string_view key) {
  std::vector<std::string> result;
  for (const auto& part : split(text_of(settings, key), ','))
    if (!trimmed(part).empty()) result.emplace_back(trimmed(part));
  return result;
}

std::map<std::string, std::string> pairs_of(const Settings& settings, std::string_view key) {
  std::map<std::string, std::string> pairs;
  for (const auto& entry : list_of(settings, key)) {
    const auto equals = entry.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == entry.size())
      throw Error(ErrorCode::invalid_argument, "setting \"" + std::string(key) + "\" must be NAME=VALUE, separated by commas");
    pairs[entry.substr(0, equals)] = entry.substr(equals + 1);
  }
  return pairs;
}

}  // namespace fragua::app
