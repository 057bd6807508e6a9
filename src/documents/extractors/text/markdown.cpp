#include "documents/extractors/text/markdown.h"

#include <algorithm>
#include <utility>

#include "base/files.h"
#include "base/strings.h"
#include "documents/extractors/block_joiner.h"
#include "documents/extractors/text/charset.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

using Lines = std::vector<std::string>;

bool is_rule(std::string_view line, std::string_view signs) {
  const auto text = trimmed(line);
  return text.size() >= 3 && text.find_first_not_of(text[0]) == std::string_view::npos && signs.find(text[0]) != std::string_view::npos;
}

int heading_level(std::string_view line) {
  const auto hashes = line.find_first_not_of('#');
  return hashes != std::string_view::npos && hashes >= 1 && hashes <= 6 && line[hashes] == ' ' ? int(hashes) : 0;
}

std::size_t indentation(std::string_view line) {
  std::size_t columns = 0;
  for (const char c : line) {
    if (c != ' ' && c != '\t') break;
    columns += c == '\t' ? 4 : 1;
  }
  return columns;
}

std::string fence_of(std::string_view line) {
  const auto text = trimmed(line);
  for (const char sign : {'`', '~'}) {
    const auto end = std::min(text.find_first_not_of(sign), text.size());
    if (end >= 3) return std::string(end, sign);
  }
  return "";
}

bool is_item(std::string_view line) {
  const auto text = trimmed(line);
  if (text.size() > 1 && (text[0] == '-' || text[0] == '*' || text[0] == '+') && text[1] == ' ') return true;
  const auto digits = text.find_first_not_of("0123456789");
  return digits != std::string_view::npos && digits >= 1 && digits <= 9 && digits + 1 < text.size() && (text[digits] == '.' || text[digits] == ')') &&
         text[digits + 1] == ' ';
}

bool is_table_rule(std::string_view line) {
  const auto text = trimmed(line);
  return text.find('-') != std::string_view::npos && text.find('|') != std::string_view::npos && text.find_first_not_of("|-: ") == std::string_view::npos;
}

Row table_cells(std::string_view line) {
  auto text = trimmed(line);
  if (text.starts_with('|')) text.remove_prefix(1);
  if (text.ends_with('|') && !text.ends_with("\\|")) text.remove_suffix(1);
  Row cells(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '|') {
      cells.back() += text[++i];
    } else if (text[i] == '|') {
      cells.emplace_back();
    } else {
      cells.back() += text[i];
    }
  }
  return cells;
}

// Comments may go over lines.
std::string without_comments(std::string_view text) {
  std::string out;
  while (true) {
    const auto begin = text.find("<!--");
    out += text.substr(0, begin);
    const auto end = begin == std::string_view::npos ? begin : text.find("-->", begin);
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 3);
  }
}

class Splitter {
 public:
  Splitter(Lines lines, Output& output) : lines_(std::move(lines)), joiner_(output) {}

  void tell() {
    skip_front_matter();
    while (at_ < lines_.size()) tell_next();
    end_paragraph();
    joiner_.flush();
  }

 private:
  void skip_front_matter() {
    if (lines_.empty() || trimmed(lines_[0]) != "---") return;
    const auto end = std::find_if(lines_.begin() + 1, lines_.end(), [](const auto& line) { return trimmed(line) == "---"; });
    if (end != lines_.end()) at_ = std::size_t(end - lines_.begin()) + 1;
  }

  void tell_next() {
    const auto& line = lines_[at_];
    const auto text = trimmed(line);
    const bool in_paragraph = !paragraph_.empty();
    if (text.empty()) {
      end_paragraph();
      ++at_;
    } else if (const int level = heading_level(text)) {
      end_paragraph();
      auto title = text.substr(std::size_t(level));
      while (title.ends_with('#')) title.remove_suffix(1);
      joiner_.heading(level, std::string(title));
      ++at_;
    } else if (in_paragraph && !in_list_ && (is_rule(text, "=") || is_rule(text, "-"))) {
      joiner_.heading(text[0] == '=' ? 1 : 2, std::exchange(paragraph_, ""));
      ++at_;
    } else if (!fence_of(text).empty()) {
      tell_fenced();
    } else if (at_ + 1 < lines_.size() && line.find('|') != std::string::npos && is_table_rule(lines_[at_ + 1])) {
      tell_table_lines();
    } else if (!in_paragraph && !in_list_ && indentation(line) >= 4) {
      tell_indented();
    } else {
      add_line(line);
    }
  }

  void add_line(const std::string& line) {
    auto text = trimmed(line);
    ++at_;
    if (is_rule(text, "-*_")) return end_paragraph();
    if (is_item(line)) {
      end_paragraph();
      in_list_ = true;
      depth_ = int(std::min<std::size_t>(indentation(line) / 2, 8));
      const auto space = text.find(' ');
      marker_ = text[0] >= '0' && text[0] <= '9' ? std::string(text.substr(0, space)) : "";
      text = trimmed(text.substr(space));
    } else if (in_list_ && paragraph_.empty() && indentation(line) < 2) {
      in_list_ = false;
    }
    while (text.starts_with('>')) text = trimmed(text.substr(1));
    paragraph_ += (paragraph_.empty() ? "" : " ") + std::string(text);
  }

  void end_paragraph() {
    if (in_list_) {
      joiner_.item(paragraph_, marker_, depth_);
    } else {
      joiner_.paragraph(paragraph_);
    }
    paragraph_.clear();
  }

  void tell_fenced() {
    end_paragraph();
    const auto fence = fence_of(lines_[at_++]);
    std::string code;
    while (at_ < lines_.size() && !fence_of(lines_[at_]).starts_with(fence)) code += lines_[at_++] + "\n";
    ++at_;
    tell_code(code);
  }

  void tell_indented() {
    std::string code;
    while (at_ < lines_.size() && (indentation(lines_[at_]) >= 4 || trimmed(lines_[at_]).empty())) code += lines_[at_++] + "\n";
    tell_code(code);
  }

  void tell_code(const std::string& code) {
    in_list_ = false;
    joiner_.flush();
    joiner_.code(code);
    joiner_.flush();
  }

  void tell_table_lines() {
    end_paragraph();
    in_list_ = false;
    std::vector<Row> rows{table_cells(lines_[at_])};
    at_ += 2;
    while (at_ < lines_.size() && lines_[at_].find('|') != std::string::npos) rows.push_back(table_cells(lines_[at_++]));
    joiner_.table(std::move(rows));
  }

  Lines lines_;
  BlockJoiner joiner_;
  std::size_t at_ = 0;
  std::string paragraph_;
  std::string marker_;
  bool in_list_ = false;
  int depth_ = 0;
};

}  // namespace

void tell_markdown(std::string_view text, Output& output) { Splitter(split(without_comments(text), '\n'), output).tell(); }

void MarkdownExtractor::extract(const Request& request, Output& output) {
  auto text = decode_text(read_file(request.file, request.text_max_bytes));
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  output.document({"md", "text/markdown"});
  tell_markdown(text, output);
}

}  // namespace fragua::documents::extractors
