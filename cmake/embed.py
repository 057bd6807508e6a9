"""Writes a C++ source that holds files: embed.py OUT FUNCTION FOLDER FILE...

The assembler reads them (.incbin), so that large files cost the compiler nothing."""
import pathlib
import sys

ENTRY = """__asm__(".section .rodata\\n.balign 16\\nfragua_{symbol}_begin:\\n.incbin \\"{path}\\"\\nfragua_{symbol}_end:\\n.byte 0\\n.previous\\n");
extern "C" const char fragua_{symbol}_begin[], fragua_{symbol}_end[];
"""


def main():
    out, function, folder, *files = sys.argv[1:]
    namespace, _, name = function.rpartition("::")
    symbols = [f"{function.replace('::', '_')}_{number}" for number in range(len(files))]
    text = '#include <span>\n\n#include "base/embedded.h"\n\n'
    for symbol, file in zip(symbols, files):
        text += ENTRY.format(symbol=symbol, path=pathlib.Path(folder, file))
    text += f"\nnamespace {namespace} {{\nstd::span<const fragua::EmbeddedFile> {name}();\nstd::span<const fragua::EmbeddedFile> {name}() {{\n"
    if files:
        text += "  static const fragua::EmbeddedFile kFiles[] = {\n"
        for symbol, file in zip(symbols, files):
            text += f'      {{"{file}", {{fragua_{symbol}_begin, std::size_t(fragua_{symbol}_end - fragua_{symbol}_begin)}}}},\n'
        text += "  };\n  return kFiles;\n"
    else:
        text += "  return {};\n"
    text += "}\n}\n"
    path = pathlib.Path(out)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


main()
