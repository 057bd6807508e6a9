#include "cli/man_page.h"

#include "base/strings.h"
#include "cli/help.h"

namespace fragua::cli {

namespace {

// Text as roff takes it: backslashes and hyphens escaped, no line that begins like a request.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  if (!out.empty() && (out.front() == '.' || out.front() == '\'')) out.insert(0, "\\&");
  return out;
}

std::string entry(std::string_view heading, std::string_view about) {
  return ".TP\n.B " + escaped(heading) + "\n" + escaped(about) + "\n";
}

std::string section_of(const CommandSpec& command) {
  auto text = ".SS " + escaped(usage_line(command)) + "\n" + escaped(command.summary) + ".\n";
  if (!command.aliases.empty()) text += "Also called " + escaped(join(command.aliases, ", ")) + ".\n";
  if (!command.description.empty()) text += ".PP\n" + escaped(command.description) + "\n";
  for (const auto& argument : command.arguments) text += entry(argument.name, argument.about + ".");
  for (const auto& option : command.options) {
    const auto note = choices_note(option);
    text += entry(option_heading(option), option.about + (note.empty() ? "" : "; " + note) + ".");
  }
  for (const auto& example : command.examples)
    text +=
        ".PP\nExample, " + escaped(example.about) + ":\n.PP\n.RS 4\n.EX\n" + escaped(example.command) + "\n.EE\n.RE\n";
  return text;
}

constexpr std::string_view kConversation = R"(.SH CONVERSATION
.B fragua run MODEL
without a prompt opens a conversation. The lines typed are sent to the model, except:
.TP
.B /set
parameter, system, format, noformat, think, nothink, history, nohistory, wordwrap, nowordwrap, verbose, quiet
.TP
.B /show
info, license, modelfile, parameters, system, template
.TP
.B /load MODEL\fR, \fB/save MODEL
goes on with another model; keeps the conversation as a model
.TP
.B /clear
forgets what was said
.TP
.B /bye
leaves, as does Ctrl+D
.PP
Three double quotes begin and end a message of several lines. A path to a .png, .jpg or .webp file shows the image to a model
that can see. Ctrl+C stops the answer, not the program.
)";

constexpr std::string_view kEnvironment = R"(.SH ENVIRONMENT
.TP
.B FRAGUA_HOST\fR, \fBOLLAMA_HOST
Where the server is: HOST, HOST:PORT or a URL. The first that is set counts; \-\-host comes before both.
.TP
.B FRAGUA_API_KEY
Sent to the server as a bearer token.
.TP
.B FRAGUA_DATA\fR, \fBXDG_DATA_HOME
Where the history of conversations and the log of a server started by
.B fragua run
are kept.
.TP
.B FRAGUA_NOHISTORY\fR, \fBOLLAMA_NOHISTORY
Keeps no history of what is typed.
.TP
.B NO_COLOR
Writes without colours.
)";

constexpr std::string_view kEnd = R"(.SH EXIT STATUS
0 when all went well, 1 when it did not, 2 for wrong usage, 130 when stopped by Ctrl+C.
)";

}  // namespace

std::string man_page(const std::vector<CommandSpec>& commands, std::string_view version) {
  std::string text =
      ".\\\" Made by `fragua man`; do not edit.\n.TH FRAGUA 1 \"\" \"fragua " + std::string(version) +
      "\" \"User Commands\"\n.SH NAME\nfragua \\- run language models on this machine\n"
      ".SH SYNOPSIS\n.B fragua\nCOMMAND [ARGUMENTS]\n"
      ".SH DESCRIPTION\nFragua runs language models and serves them through the APIs of Ollama and OpenAI. "
      "The commands speak to a server over HTTP.\n.SH COMMANDS\n";
  for (const auto& command : commands) text += section_of(command);
  return text + std::string(kConversation) + std::string(kEnvironment) + std::string(kEnd);
}

}  // namespace fragua::cli
