#include "documents/extractors/web/mail.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "base/files.h"
#include "base/strings.h"
#include "documents/extractors/block_joiner.h"
#include "documents/extractors/text/charset.h"
#include "documents/extractors/text/plain_text.h"
#include "documents/extractors/text/unicode.h"
#include "documents/extractors/web/html.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::uint64_t kMailMaxBytes = 128ull << 20;
constexpr int kDepthMax = 20;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
struct Free {
  void operator()(char* text) const { g_free(text); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::string text_or_empty(const char* text) { return text ? tidy_line(text) : ""; }

std::string addresses(InternetAddressList* list) {
  if (!list) return "";
  const std::unique_ptr<char, Free> text(internet_address_list_to_string(list, nullptr, false));
  return text_or_empty(text.get());
}

std::string decoded(GMimePart* part) {
  auto* content = g_mime_part_get_content(part);
  if (!content) return "";
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  if (g_mime_data_wrapper_write_to_stream(content, stream.get()) < 0) return "";
  const auto* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  const char* charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
  auto text = decode_text({reinterpret_cast<const char*>(bytes->data), bytes->len}, charset ? charset : "");
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  return text;
}

struct Parts {
  std::string plain, html;
  std::vector<std::string> attachments;
};

bool is_type(GMimeObject* part, const char* type, const char* subtype) {
  return g_mime_content_type_is_type(g_mime_object_get_content_type(part), type, subtype);
}

void collect(GMimeObject* object, Parts& parts, int depth) {
  if (!object || depth > kDepthMax) return;
  if (GMIME_IS_MULTIPART(object)) {
    auto* multipart = GMIME_MULTIPART(object);
    for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i) collect(g_mime_multipart_get_part(multipart, i), parts, depth + 1);
    return;
  }
  if (GMIME_IS_MESSAGE_PART(object)) {
    auto* message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    if (message) collect(g_mime_message_get_mime_part(message), parts, depth + 1);
    return;
  }
  if (!GMIME_IS_PART(object)) return;
  auto* part = GMIME_PART(object);
  const auto name = text_or_empty(g_mime_part_get_filename(part));
  if (g_mime_part_is_attachment(part) || !is_type(object, "text", "*")) {
    if (!name.empty()) parts.attachments.push_back(name);
  } else if (is_type(object, "text", "html")) {
    parts.html += decoded(part);
  } else {
    parts.plain += decoded(part) + "\n\n";
  }
}

void tell_headers(GMimeMessage* message, BlockJoiner& joiner) {
  joiner.heading(1, text_or_empty(g_mime_message_get_subject(message)));
  const auto field = [&](const std::string& name, const std::string& value) { return value.empty() ? "" : name + ": " + value + "\n"; };
  std::string date;
  if (auto* time = g_mime_message_get_date(message)) {
    const std::unique_ptr<char, Free> text(g_date_time_format(time, "%Y-%m-%d %H:%M %z"));
    date = text_or_empty(text.get());
  }
  joiner.paragraph(field("From", addresses(g_mime_message_get_from(message))) + field("To", addresses(g_mime_message_get_to(message))) +
                   field("Cc", addresses(g_mime_message_get_cc(message))) + field("Date", date));
}

}  // namespace

void MailExtractor::extract(const Request& request, Output& output) {
  const auto bytes = read_file(request.file, kMailMaxBytes);
  g_mime_init();
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) throw Failure(FailureCode::damaged, "the message is damaged: it cannot be read");
  output.document({"eml", "message/rfc822", text_or_empty(g_mime_message_get_subject(message.get()))});
  BlockJoiner joiner(output);
  tell_headers(message.get(), joiner);
  Parts parts;
  collect(g_mime_message_get_mime_part(message.get()), parts, 0);
  if (!trimmed(parts.plain).empty()) {
    tell_plain_text(parts.plain, joiner);
  } else if (!parts.html.empty()) {
    tell_html(parts.html, joiner);
  }
  if (!parts.attachments.empty()) joiner.paragraph("Attachments: " + join(parts.attachments, ", "));
  joiner.flush();
}

}  // namespace fragua::documents::extractors
