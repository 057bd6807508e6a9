#!/usr/bin/env python3
"""The rules of the house that compilers and clang-tidy cannot say. Run by `ctest -R tidy`, or: tools/tidy/tidy.py [ROOT]

Exceptions stand in tools/tidy/exceptions.txt, one a line: rule, path (or path:function, or folder/), reason. One that is not needed any
more is a finding: the list only shrinks.
"""
import re
import sys
from functools import lru_cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from cpp_outline import Outline, code_only, without_comments  # noqa: E402

FILE_LINES = 500
HEADER_LINES = 250
FUNCTION_LINES = 60
HANDLER_LINES = 20
PARAMETERS = 5

FORBIDDEN = [
    (r"\bnew\b(?!\s*=)\s*[\w:(<]", "new: let a container or a smart pointer own it"),
    (r"(?<!operator )\bdelete\b(\s*\[\])?\s+[\w(*]", "delete: let a container or a smart pointer own it"),
    (r"[.>]detach\s*\(", "detach(): every thread is joined"),
    (r"\b(sleep_for|sleep_until|usleep|nanosleep|sleep)\s*\(", "sleeping: wait for the event, with a limit"),
    (r"(?<![\w.>])(::|std::)?system\s*\(\s*[^)\s]", "system(): no shell"),
    (r"\bpopen\s*\(", "popen(): no shell"),
    (r"\bstd::rand\b|\bsrand\s*\(|(?<![\w:.>])rand\s*\(", "rand(): randomness is handed in"),
    (r"\[[^\[\]\n]*[\w&=][^\[\]\n]*\]\s*\([^()]*\)\s*(mutable\s*)?->\s*(asio::awaitable|Task)\b", "a coroutine lambda that captures: gcc 12 destroys its captures too early"),
]
SQL = re.compile(r'"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE)\b[^"\n]*"\s*(\+|<<)|\+\s*"\s*(FROM|WHERE|AND|ORDER BY|LIMIT)\b')
LEFT_OVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# Indented further it is an example of use.
CODE_COMMENT = re.compile(r"^\s*// {0,2}(?:(?:return|co_await|co_return|const|auto|bool|int|double|\w+::[\w:<>*& ]+)\s+){0,3}[\w:.>\[\]*-]+(?:\([^.]*\)|\s=\s.+);$")

# A foreign header, and where alone it may be included.
LAYERS = [
    (r"llama.*\.h|ggml.*\.h|gguf\.h|mtmd.*\.h|common\.h|chat\.h|sampling\.h|log\.h|nlohmann/.*|minja/.*", r"src/engine/llama/"),
    (r"boost/beast.*", r"src/http/.*\.cpp|src/http/connection\.h"),
    (r"curl/.*", r"src/http/"),
    (r"sqlite3\.h", r"src/db/sqlite/"),
    (r"libpq-fe\.h", r"src/db/postgres/"),
    (r"xgrammar/.*|dlpack/.*|picojson.*", r"src/engine/constrain/"),
    (r"sodium.*", r"src/accounts/"),
    (r"zip\.h", r"src/(backup|documents/extractors/office)/|tests/unit/documents_extractors/office/"),
    (r"pugixml\.hpp", r"src/documents/extractors/(office|pdf)/"),
    (r"lexbor/.*", r"src/documents/extractors/web/"),
    (r"gmime/.*", r"src/documents/extractors/web/mail\.cpp"),
    (r"uchardet/.*", r"src/documents/extractors/text/charset\.cpp"),
    (r"seccomp\.h|linux/landlock\.h", r"src/documents/extractors/sandbox/"),
    (r"prometheus/.*", r"src/api/"),
    (r"CLI/.*", r"src/(app|cli)/"),
    (r"histedit\.h|editline/.*", r"src/cli/"),
    (r"spdlog/.*", r"src/base/"),
    (r"openssl/.*", r"src/(base|http|accounts|models/registry|documents/extractors/office)/"),
    (r"unicode/.*", r"src/(search|documents/extractors|catalogue)/"),
    (r"libstemmer\.h", r"src/search/"),
    (r"usearch/.*\.hpp", r"src/search/usearch/"),
    (r"doctest/.*", r"tests/"),
]
# Hosts that code, scripts and tests may name. Where a download comes from is the package manager's configuration.
HOSTS = re.compile(
    r"localhost|127\.[\d.]+|0\.0\.0\.0|10\.\d+\.\d+\.\d+|169\.254\.\d+\.\d+|192\.168\.\d+\.\d+|\[.*|[{$%<].*|[\w.-]*\.(test|invalid|example|local)|(\w+\.)*example\.(com|org|net)"
    r"|hf\.co|registry\.ollama\.ai|json-schema\.org|www\.w3\.org|spec\.openapis\.org|opensource\.org|\w+(\[.*)?|", re.I
)
DOWNLOAD_HOSTS = re.compile(r"\b(?:" + "|".join([r"py" r"pi\.org", r"files\.python" r"hosted\.org", r"registry\.np" r"mjs\.org", r"(?:\w+\.)?deb" r"ian\.org",
                                                r"hugging" r"face\.co", r"cr" r"ates\.io", r"proxy\.gol" r"ang\.org"]) + r")\b", re.I)
TEXT_FILES = {".cpp", ".h", ".py", ".sh", ".cmake", ".txt", ".lock", ".json", ".yml", ".yaml", ".toml", ".md", ""}
FOLDERS = [".ci", "bench", "clients", "cmake", "packaging", "scripts", "src", "tests", "third_party", "tools"]
SKIPPED = {"node_modules", "__pycache__", "dist"}
TEXT_MAX_BYTES = 1 << 20


class Finding:
    def __init__(self, rule, path, line, message, name=""):
        self.rule, self.path, self.line, self.message = rule, path, line, message
        self.keys = {path, f"{path}:{name}"}

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


class Tree:
    """Our files below a root, read once. Paths are relative, with slashes. What a server or a build leaves is not ours."""

    def __init__(self, root):
        self.root = Path(root)
        folders = [self.root / name for name in FOLDERS if (self.root / name).is_dir()]
        self.files = sorted(p.relative_to(root).as_posix() for folder in folders for p in self._walk(folder))

    def _walk(self, folder):
        for path in folder.iterdir():
            if path.name in SKIPPED or path.is_symlink():
                continue
            if path.is_dir():
                yield from self._walk(path)
            elif path.stat().st_size <= TEXT_MAX_BYTES:
                yield path

    @lru_cache(maxsize=None)
    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    @lru_cache(maxsize=None)
    def outline(self, path):
        return Outline(self.text(path))

    @lru_cache(maxsize=None)
    def includes(self, path):
        found = re.finditer(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', without_comments(self.text(path)), re.M)
        return [(m[1], m[2], self.text(path).count("\n", 0, m.start(2)) + 1) for m in found]

    def below(self, folder, *endings):
        return [f for f in self.files if f.startswith(folder) and f.endswith(endings or ("",))]


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def check_file_sizes(tree):
    for path in tree.below("src/", ".h", ".cpp") + tree.below("tests/", ".h", ".cpp"):
        lines = tree.text(path).count("\n")
        allowed = HEADER_LINES if path.endswith(".h") else FILE_LINES
        if lines > allowed:
            yield Finding("file-size", path, 1, f"{lines} lines ({allowed} allowed)")


def is_handler(path, function):
    """In a dialect's folder: takes the request, and answers it."""
    return re.match(r"src/api/\w+/", path) and any(re.search(r"\b(Exchange|Call)\s*&", p) for p in function.parameters) and "Task" in function.returns


def check_functions(tree):
    for path in tree.below("src/", ".h", ".cpp"):
        for f in tree.outline(path).functions:
            allowed = HANDLER_LINES if is_handler(path, f) else FUNCTION_LINES
            if f.lines > allowed:
                yield Finding("function-size", path, f.line, f"{f.name} has {f.lines} lines ({allowed} allowed)", f.name)
            if len(f.parameters) > PARAMETERS:
                yield Finding("parameters", path, f.line, f"{f.name} takes {len(f.parameters)} ({PARAMETERS} allowed): pass a struct", f.name)


def check_header_comments(tree):
    for path in tree.below("src/", ".h"):
        lines = tree.text(path).splitlines()
        comment = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
        if not 2 <= comment <= 6:
            yield Finding("header-comment", path, 1, f"opens with {comment} comment lines, not 2 to 6: what, who calls, threads, what it never does")
        if lines[comment : comment + 1] != ["#pragma once"]:
            yield Finding("header-comment", path, comment + 1, "#pragma once must follow the opening comment")


def check_forbidden_words(tree):
    for path in tree.below("src/", ".h", ".cpp") + tree.below("tests/", ".h", ".cpp"):
        code = code_only(tree.text(path))
        for pattern, why in FORBIDDEN:
            for m in re.finditer(pattern, code):
                yield Finding("forbidden", path, line_of(code, m.start()), why)
        with_texts = without_comments(tree.text(path))
        for m in SQL.finditer(with_texts):
            yield Finding("sql", path, line_of(with_texts, m.start()), "SQL put together from texts: bind parameters")
        if path.endswith(".h"):
            for m in re.finditer(r"^using namespace", code, re.M):
                yield Finding("forbidden", path, line_of(code, m.start()), "using namespace in a header")


def check_comments(tree):
    for path in tree.below("src/", ".h", ".cpp") + tree.below("tests/", ".h", ".cpp", ".py") + tree.below("scripts/"):
        in_opening = True  # of the file: it may show how to use what it describes
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            in_opening &= line.startswith("//")
            if LEFT_OVER.search(line):
                yield Finding("left-over", path, number, LEFT_OVER.search(line)[0] + ": do it, or make it an issue")
            if path.endswith((".h", ".cpp")) and not in_opening and CODE_COMMENT.match(line):
                yield Finding("commented-code", path, number, "looks like code in a comment")


def check_catches(tree):
    for path in tree.below("src/", ".h", ".cpp"):
        code = code_only(tree.text(path))
        found = re.search(r"\bcatch\s*\(", code)
        if found:
            yield Finding("catch", path, line_of(code, found.start()), "catches: only where a library's errors are translated, or the ends of house rule 3.3")


def check_layers(tree):
    for path in tree.below("src/", ".h", ".cpp") + tree.below("tests/", ".h", ".cpp"):
        for bracket, name, line in tree.includes(path):
            for pattern, allowed in LAYERS:
                own = bracket == '"' and any(f == f"src/{name}" for f in tree.files)
                if not own and re.fullmatch(pattern, name) and not re.match(allowed, path):
                    yield Finding("layer", path, line, f"{name} may only be included in {allowed}")


def test_paths(path):
    """Where the test of a source may stand: tests/unit mirrors src; a library in a sub-folder may use its library's name."""
    inner = path.removeprefix("src/").removesuffix(".cpp").removesuffix(".h")
    paths = [f"tests/unit/{inner}_test.cpp"]
    parts = inner.split("/")
    if len(parts) > 2:
        paths.append(f"tests/unit/{parts[0]}_{parts[1]}/{'/'.join(parts[2:])}_test.cpp")
    return paths


def check_mirrored_tests(tree):
    files = set(tree.files)
    mirrored = set()
    for path in tree.below("src/", ".h", ".cpp"):
        mirrored.update(test_paths(path))
        if path.endswith(".cpp") and not files & set(test_paths(path)):
            yield Finding("mirrored-test", path, 1, f"has no {test_paths(path)[0]}")
    for path in tree.below("tests/unit/", "_test.cpp"):
        if path not in mirrored:
            yield Finding("mirrored-test", path, 1, "tests no source of that name")


def check_test_names(tree):
    for path in tree.below("tests/unit/", ".cpp") + tree.below("tests/contract/", ".cpp"):
        text = tree.text(path)
        for m in re.finditer(r'^TEST_CASE(?:_TEMPLATE|_FIXTURE)?\((?:\w+, )?"([^"]*)"', text, re.M):
            if not re.match(r"[\w' .,/-]+: \S", m[1]):
                yield Finding("test-name", path, line_of(text, m.start()), f'"{m[1]}" is not "subject: what it does"')


def check_dead_headers(tree):
    included = {}
    for path in tree.below("src/", ".h", ".cpp"):
        for _, name, _ in tree.includes(path):
            included.setdefault(f"src/{name}", set()).add(path)
    for path in tree.below("src/", ".h"):
        if not included.get(path, set()) - {path.removesuffix(".h") + ".cpp"}:
            yield Finding("dead-header", path, 1, "no other source includes it")


def check_hosts(tree):
    for path in tree.files:
        if Path(path).suffix not in TEXT_FILES or path.endswith(".md"):
            continue
        text = tree.text(path)
        for m in re.finditer(r"https?://([^\s/:\"'`)>\\,;]*)", text):
            if not HOSTS.fullmatch(m[1]):
                yield Finding("host", path, line_of(text, m.start()), f"names the host {m[1]}")
        for m in DOWNLOAD_HOSTS.finditer(text):
            yield Finding("host", path, line_of(text, m.start()), f"names a registry, {m[0]}: that is the package manager's configuration")


CHECKS = [check_file_sizes, check_functions, check_header_comments, check_forbidden_words, check_comments, check_catches, check_layers,
          check_mirrored_tests, check_test_names, check_dead_headers, check_hosts]
EXCEPTIONS = "tools/tidy/exceptions.txt"


def read_exceptions(tree):
    """{(rule, key): line}, and what is wrong with the list itself."""
    exceptions, findings = {}, []
    text = tree.text(EXCEPTIONS) if EXCEPTIONS in tree.files else ""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split(None, 2)
        if not words or line.startswith("#"):
            continue
        if len(words) < 3:
            findings.append(Finding("exceptions", EXCEPTIONS, number, "needs a rule, a path and a reason"))
        elif (words[0], words[1]) in exceptions:
            findings.append(Finding("exceptions", EXCEPTIONS, number, "stands there twice"))
        else:
            exceptions[words[0], words[1]] = number
    return exceptions, findings


def with_folders(keys):
    """A key that ends with / stands for all that lies below it."""
    for key in keys:
        yield key
        parts = key.split("/")
        for depth in range(1, len(parts)):
            yield "/".join(parts[:depth]) + "/"


def run(root):
    tree = Tree(root)
    exceptions, findings = read_exceptions(tree)
    used = set()
    for check in CHECKS:
        for finding in check(tree):
            hits = {(finding.rule, key) for key in with_folders(finding.keys)} & exceptions.keys()
            used |= hits
            if not hits:
                findings.append(finding)
    for key, number in exceptions.items():
        if key not in used:
            findings.append(Finding("exceptions", EXCEPTIONS, number, f"{key[0]} {key[1]} is not needed any more"))
    return tree, findings


def summary(tree):
    """The targets of the house, which are not budgets: median file, 95th-percentile function."""
    files = sorted(tree.text(f).count("\n") for f in tree.below("src/", ".h", ".cpp"))
    functions = sorted(f.lines for p in tree.below("src/", ".h", ".cpp") for f in tree.outline(p).functions if f.lines)
    if not files or not functions:
        return "no sources"
    return (f"{len(files)} files, median {files[len(files) // 2]} lines (target 120); "
            f"{len(functions)} functions, 95th percentile {functions[len(functions) * 95 // 100]} lines (target 30)")


def main():
    tree, findings = run(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
    for finding in sorted(findings, key=lambda f: (f.rule, f.path, f.line)):
        print(finding)
    print(summary(tree))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
