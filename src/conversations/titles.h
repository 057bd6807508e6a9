// Titles: what a conversation is called and what it is about: its first words at once, a title and tags by the model when the first answer
// is there.
// Callers: dialogue, running_answers. Threads: pure.
// The model is asked with the same messages and one more, so that it starts from the prefix that it has computed already.
#pragma once
#include "conversations/answerer.h"

namespace fragua::conversations {

constexpr std::size_t kTitleMaxBytes = 200;

// The first line's first words; "" for a question without letters.
std::string first_words(std::string_view question);

AnswerRequest title_request(AnswerRequest asked, const std::string& answer);

// What the model said, without quotes, marks and "Title:"; "" when it is no title.
std::string title_of(std::string_view said);

// Asked after the title was given: `title_asked` is title_request()'s. The answer is JSON, three short tags at most.
AnswerRequest tags_request(AnswerRequest title_asked, const std::string& title);

// Lower case, without doubles; none when it is no such list.
std::vector<std::string> tags_of(std::string_view said);

// One line without control characters, as a person gives it.
std::string clean_title(std::string_view title);

}  // namespace fragua::conversations
