#!/usr/bin/env python3
"""Each rule of tidy.py finds what it forbids and nothing else. Run by `ctest -R tidy_rules`."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import tidy  # noqa: E402
from cpp_outline import Outline, split_arguments  # noqa: E402

HEADER = "// Thing: what it is.\n// Callers: all.\n#pragma once\n"


def findings_of(files, exceptions=""):
    """The rules that speak up in a tree of these files; mirrored tests and dead headers only where a test is about them."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in {**files, tidy.EXCEPTIONS: exceptions}.items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return [(f.rule, f.path, f.line) for f in tidy.run(folder)[1]]


def rules_of(files, exceptions="", without=("mirrored-test", "dead-header")):
    return sorted({rule for rule, _, _ in findings_of(files, exceptions)} - set(without))


class Budgets(unittest.TestCase):
    def test_sizes(self):
        self.assertEqual(rules_of({"src/a/x.cpp": "int x;\n" * 501}), ["file-size"])
        self.assertEqual(rules_of({"src/a/x.cpp": "int x;\n" * 500}), [])
        self.assertEqual(rules_of({"src/a/x.h": HEADER + "int x;\n" * 248}), ["file-size"])

    def test_functions(self):
        body = "void f(int a) {\n" + "  g();\n" * 58 + "}\n"
        self.assertEqual(rules_of({"src/a/x.cpp": body}), [])
        self.assertEqual(rules_of({"src/a/x.cpp": body.replace("}", "  g();\n}")}), ["function-size"])
        handler = "Task<> tags(http::Exchange& exchange) {\n" + "  g();\n" * 19 + "}\n"
        self.assertEqual(rules_of({"src/api/ollama/x.cpp": handler}), ["function-size"])
        self.assertEqual(rules_of({"src/http/x.cpp": handler}), [])

    def test_parameters(self):
        self.assertEqual(rules_of({"src/a/x.cpp": "void f(int a, int b, int c, int d, int e) {}\n"}), [])
        self.assertEqual(rules_of({"src/a/x.cpp": "void f(int a, int b, int c, int d, int e, int f) {}\n"}), ["parameters"])
        self.assertEqual(rules_of({"src/a/x.h": HEADER + "void f(int a, int b, int c, int d, int e, int f);\n"}), ["parameters"])
        self.assertEqual(rules_of({"src/a/x.cpp": "void f(std::map<int, std::map<int, int>> a, int b = g(1, 2, 3, 4)) {}\n"}), [])


class Words(unittest.TestCase):
    def test_forbidden(self):
        for text in ("auto* x = new Thing(1);", "delete x;", "delete[] x;", "thread.detach();", "std::this_thread::sleep_for(1s);",
                     "std::system(command);", "popen(command, mode);", "int x = std::rand();",
                     "auto x = [this]() -> Task<void> { co_return; };"):
            self.assertEqual(rules_of({"src/a/x.cpp": f"void f() {{\n  {text}\n}}\n"}), ["forbidden"], text)

    def test_allowed(self):
        for text in ("X(const X&) = delete;", "// a new thing, delete it later", 'auto x = "new Thing";', "auto now = clock.system();",
                     "int renew = 0;", "co_spawn(executor, work(), asio::detached);", "auto x = []() -> Task<void> { co_return; };"):
            self.assertEqual(rules_of({"src/a/x.cpp": f"void f() {{\n  {text}\n}}\n"}), [], text)

    def test_left_over_and_commented_code(self):
        self.assertEqual(rules_of({"src/a/x.cpp": "int x;  // TO" "DO: y\n"}), ["left-over"])
        for text in ("f(x);", "auto y = f(x);", "return f(x);", "y = 5;", "std::vector<int> y = f(a, b);"):
            self.assertEqual(rules_of({"src/a/x.cpp": f"int x;\n  // {text}\n"}), ["commented-code"], text)
        for text in ("Two things; one at a time.", "Returns its process id;", "Starts the program (in its own session);", "x"):
            self.assertEqual(rules_of({"src/a/x.cpp": f"int x;\n// {text}\n"}), [], text)

    def test_sql(self):
        self.assertEqual(rules_of({"src/a/x.cpp": 'auto q = "SELECT a FROM b WHERE c = " + name;\n'}), ["sql"])
        self.assertEqual(rules_of({"src/a/x.cpp": 'auto q = "SELECT a FROM b WHERE c = ?";\n'}), [])

    def test_hosts(self):
        registry = "https://py" "pi.org/simple"
        self.assertEqual(rules_of({"scripts/x.sh": f"get {registry}\n"}), ["host"])
        self.assertEqual(rules_of({"scripts/x.sh": "get https://" "somewhere.net/x\n"}), ["host"])
        self.assertEqual(rules_of({"scripts/x.sh": "get http://127.0.0.1:11434/api/tags https://example.com\n"}), [])


class Structure(unittest.TestCase):
    def test_header_comment(self):
        self.assertEqual(rules_of({"src/a/x.h": HEADER}), [])
        self.assertEqual(rules_of({"src/a/x.h": "#pragma once\n"}), ["header-comment"])
        self.assertEqual(rules_of({"src/a/x.h": "// One line.\n#pragma once\n"}), ["header-comment"])
        self.assertEqual(rules_of({"src/a/x.h": "// 1\n// 2\n\n#include <x>\n#pragma once\n"}), ["header-comment"])

    def test_layers(self):
        self.assertEqual(rules_of({"src/engine/x.cpp": "#include <llama.h>\n"}), ["layer"])
        self.assertEqual(rules_of({"src/engine/llama/x.cpp": "#include <llama.h>\n"}), [])
        self.assertEqual(rules_of({"src/api/x.cpp": "#include <boost/beast/http.hpp>\n"}), ["layer"])
        self.assertEqual(rules_of({"src/http/x.cpp": "#include <boost/beast/http.hpp>\n"}), [])

    def test_catch(self):
        files = {"src/a/x.cpp": "void f() {\n  try {\n    g();\n  } catch (const std::exception&) {\n  }\n}\n"}
        self.assertEqual(rules_of(files), ["catch"])
        self.assertEqual(rules_of(files, "catch src/a/x.cpp translates the library's errors\n"), [])

    def test_mirrored_tests(self):
        source, test = {"src/a/b/x.cpp": "int x;\n"}, 'TEST_CASE("x: works") {}\n'
        self.assertEqual(rules_of(source, without=()), ["mirrored-test"])
        self.assertEqual(rules_of({**source, "tests/unit/a/b/x_test.cpp": test}, without=()), [])
        self.assertEqual(rules_of({**source, "tests/unit/a_b/x_test.cpp": test}, without=()), [])
        self.assertEqual(rules_of({"tests/unit/a/x_test.cpp": test}, without=()), ["mirrored-test"])

    def test_test_names(self):
        self.assertEqual(rules_of({"tests/unit/a/x_test.cpp": 'TEST_CASE("works") {}\n'}), ["test-name"])

    def test_dead_headers(self):
        files = {"src/a/x.h": HEADER, "src/a/x.cpp": '#include "a/x.h"\n'}
        self.assertEqual(rules_of(files, without=("mirrored-test",)), ["dead-header"])
        self.assertEqual(rules_of({**files, "src/a/y.cpp": '#include "a/x.h"\n'}, without=("mirrored-test",)), [])

    def test_exceptions_only_shrink(self):
        clean = {"src/a/x.cpp": "int x;\n"}
        self.assertEqual(rules_of(clean, "catch src/a/x.cpp once\n"), ["exceptions"])
        self.assertEqual(rules_of(clean, "catch src/a/x.cpp\n"), ["exceptions"])


class Outlines(unittest.TestCase):
    def names(self, source):
        return [(f.name, f.line, f.lines, len(f.parameters)) for f in Outline(source).functions]

    def test_what_is_a_function(self):
        source = """namespace a {
namespace {

constexpr std::array kTable{
    Row{"a", 1},
};

template <class T, class U = std::map<int, int>>
Result<T> generic(const T& value, U&& other) {
  if (value) {
    return 1;
  }
}

}  // namespace

class Thing : public Base {
 public:
  explicit Thing(int a) : a_{a}, b_(a) { start(); }
  void inline_one() const { call({1, 2}); }
  bool operator==(const Thing&) const = default;
  virtual Task<std::string> body(std::size_t max_bytes) = 0;

 private:
  int a_{0};
  std::function<void(int)> callback_;
};

Thing::Thing(int a)
    : a_(a),
      b_{a} {
  start();
}

auto Thing::later(int a) -> Task<> {
  co_return;
}

}  // namespace a
"""
        self.assertEqual(self.names(source), [
            ("generic", 8, 6, 2), ("Thing", 19, 1, 1), ("inline_one", 20, 1, 0), ("operator==", 21, 0, 1), ("body", 22, 0, 1),
            ("Thing::Thing", 29, 5, 1), ("Thing::later", 35, 3, 1)])

    def test_texts_and_comments_do_not_count(self):
        self.assertEqual(self.names('void f() {  // {{\n  g("}}{", R"x(\n}}} )" )x", \'}\');\n}\n'), [("f", 1, 4, 0)])

    def test_arguments(self):
        self.assertEqual(len(split_arguments("std::map<int, int> a, std::function<void(int, int)> b, int c")), 3)
        self.assertEqual(split_arguments("void"), [])


if __name__ == "__main__":
    unittest.main()
