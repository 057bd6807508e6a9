#include "documents/extractors/text/plain_text.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/recording_output.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

namespace {

Texts told(std::string_view text) {
  RecordingOutput output;
  BlockJoiner joiner(output);
  tell_plain_text(text, joiner);
  return output.texts;
}

}  // namespace

TEST_CASE("plain text: empty lines divide paragraphs, and broken lines are joined") {
  CHECK(told("Este es un texto que alguien ha partido en lineas de unas\nsesenta letras para que quepa bien en una pantalla antigua\ny termina aqui.\n\nOtro.\n") ==
        Texts{"p Este es un texto que alguien ha partido en lineas de unas sesenta letras para que quepa bien en una pantalla antigua y termina aqui.", "p Otro."});
}

TEST_CASE("plain text: short lines stay lines") { CHECK(told("Calle Mayor 1\n28001 Madrid\n") == Texts{"p Calle Mayor 1\n28001 Madrid"}); }

TEST_CASE("plain text: long lines are paragraphs without an empty line between them") {
  const std::string one(200, 'a'), two(300, 'b');
  CHECK(told(one + "\n" + two) == Texts{"p " + one, "p " + two});
}

TEST_CASE("plain text: lists are lists") {
  CHECK(told("- uno\n- dos\n  sigue\n") == Texts{"l - uno\n- dos sigue"});
  CHECK(told("1. uno\n2. dos\n") == Texts{"l 1. uno\n2. dos"});
}
