"""The outline of a C++ file that clang-format has formatted: its code without comments and texts, and its functions.

No parser: it follows braces and looks at the words before each. That is enough for budgets, and a wrong guess shows at
once as a finding.
"""
import re
from dataclasses import dataclass

LITERAL = re.compile(
    r'R"(?P<mark>[^()\\\s]{0,16})\((?:.|\n)*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"
    r"|(?P<comment>//[^\n]*|/\*(?:.|\n)*?\*/)"
)


@dataclass
class Function:
    name: str
    line: int
    lines: int  # 0: only declared
    parameters: list
    returns: str


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(source):
    """Comments become spaces; texts stay."""
    return LITERAL.sub(lambda m: blank(m[0]) if m["comment"] else m[0], source)


def code_only(source):
    """Comments become spaces, texts become empty ones; every line stays where it was."""

    def replace(match):
        if match["comment"]:
            return blank(match[0])
        return '""' + "\n" * match[0].count("\n") if '"' in match[0] else "0"

    source = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", lambda m: "\n" * m[0].count("\n"), without_comments(source), flags=re.M)
    return LITERAL.sub(replace, source)


def split_arguments(text):
    """At the commas that are inside no brackets."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += char in "([{<"
        depth -= char in ")]}>" and text[at - 1 : at] != "-"
        if char == "," and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    last = text[start:].strip()
    return parts + [last] if last and last != "void" else parts


def matching(text, opening):
    depth = 0
    for at in range(opening, len(text)):
        depth += text[at] in "([{"
        depth -= text[at] in ")]}"
        if depth == 0:
            return at
    return len(text) - 1


SIGNATURE = re.compile(r"(?P<name>[\w:~]*(?:operator\s*(?:\(\)|[^\s\w(]+|\w[\w ]*)|[\w~]+))\s*\(")
NOT_FUNCTIONS = {"if", "for", "while", "switch", "return", "catch", "sizeof", "decltype", "static_assert", "requires", "alignas", "noexcept"}


def without_template_arguments(text):
    while True:
        shorter = re.sub(r"<[^<>;{}]*>", "", text)
        if shorter == text:
            return text
        text = shorter


def signature(statement):
    """(name, parameters, what stands before it), or None."""
    statement = without_template_arguments(statement)
    statement = re.sub(r"\[\[.*?\]\]|\b(?:explicit|noexcept)\s*\([^()]*\)", "", statement)
    found = SIGNATURE.search(statement)
    if not found or found["name"] in NOT_FUNCTIONS or "=" in statement[: found.start()].replace("==", ""):
        return None
    end = matching(statement, found.end() - 1)
    return found["name"], split_arguments(statement[found.end() : end]), statement[: found.start()].strip()


LEADING = re.compile(r"\s*(?:(?:public|private|protected):\s*)*")


class Outline:
    """Walks the code once; functions are found at namespace and class level only."""

    def __init__(self, source):
        self.code = code_only(source)
        self.functions = []
        self._walk(0, len(self.code))

    def _line(self, at):
        return self.code.count("\n", 0, at) + 1

    def _first_word(self, start, end):
        """Of a statement: after white space and access labels."""
        return LEADING.match(self.code, start, end).end()

    def _walk(self, start, end):
        """One namespace or class body. A statement runs from `begin` to a ; or a block."""
        at = begin = start
        while at < end:
            char = self.code[at]
            if char == "(" or char == "[":
                at = matching(self.code, at)
            elif char == ";":
                self._declaration(self._first_word(begin, at), at)
                begin = at + 1
            elif char == "{":
                close = matching(self.code, at)
                if self._block(self._first_word(begin, at), at, close):
                    begin = close + 1
                at = close
            at += 1

    def _declaration(self, begin, end):
        text = self.code[begin:end]
        found = signature(text)
        if found and found[2] and not re.match(r"\s*(using|typedef|return|friend|template class)\b", text):
            self.functions.append(Function(found[0], self._line(begin), 0, found[1], found[2]))

    def _block(self, begin, opening, close):
        """False when the brace only initializes something inside the statement."""
        plain = without_template_arguments(self.code[begin:opening]).removeprefix("template").strip()
        if re.match(r"(inline )?namespace\b|extern\b|^$", plain):
            self._walk(opening + 1, close)
            return True
        if re.match(r"(class|struct|union|enum)\b", plain) and not plain.endswith(")"):
            self._walk(opening + 1, close) if not plain.startswith("enum") else None
            return True
        found = signature(plain)
        in_initializers = re.search(r"\)\s*(noexcept\s*)?:[^:]", plain) and re.search(r"[\w>]$", plain)
        if not found or in_initializers or plain.endswith(("=", ",")):
            return False
        name, parameters, returns = found
        self.functions.append(Function(name, self._line(begin), self._line(close) - self._line(begin) + 1, parameters, returns))
        return True
