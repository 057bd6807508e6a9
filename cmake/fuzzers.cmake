# libFuzzer programs, one for each tests/fuzz/NAME_fuzz.cpp: fuzz_NAME. Only with clang (preset `fuzz`); run by scripts/fuzz.sh.
if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  message(FATAL_ERROR "fuzzers need clang: cmake --preset fuzz")
endif()

# fuzzer(NAME FOLDER name [SEES folder...] [SOURCES file...] [LINKS target...]): without SOURCES it links the whole folder. With them, only
# those are compiled: what has coroutines is beyond clang 14, and fuzzing needs none of it.
add_custom_target(fuzzers)
function(fuzzer name)
  cmake_parse_arguments(F "" "FOLDER" "SEES;SOURCES;LINKS" ${ARGN})
  list(TRANSFORM F_SOURCES PREPEND ${CMAKE_SOURCE_DIR}/src/${F_FOLDER}/)
  add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/${name}_fuzz.cpp ${F_SOURCES})
  fragua_options(fuzz_${name})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  target_include_directories(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  foreach(seen ${F_FOLDER} ${F_SEES})
    target_include_directories(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/build/views/${seen})
  endforeach()
  if(F_SOURCES)
    target_link_libraries(fuzz_${name} PRIVATE base_lib ${F_LINKS})
  else()
    target_link_libraries(fuzz_${name} PRIVATE ${F_FOLDER}_lib)
  endif()
  add_dependencies(fuzzers fuzz_${name})
endfunction()

fuzzer(json_body FOLDER base)
fuzzer(modelfile FOLDER modelfile SEES base)
fuzzer(go_template FOLDER modelfile SEES base)
fuzzer(gguf_header FOLDER models SEES base SOURCES gguf_header.cpp gguf_facts.cpp gguf_layout.cpp gguf_types.cpp byte_cursor.cpp)
fuzzer(manifest FOLDER models SEES base SOURCES manifest.cpp digest.cpp name.cpp)
fuzzer(http_request FOLDER http SEES base SOURCES request_parser.cpp message.cpp)
fuzzer(sql_dump FOLDER catalogue SEES base SOURCES sources/byte_stream.cpp sources/escapes.cpp sources/postgres_array.cpp sources/sink_table.cpp
  sources/sql_definitions.cpp sources/sql_dump.cpp sources/sql_lexer.cpp sources/sql_rows.cpp sources/sql_tables.cpp sources/sql_value.cpp
  sources/text_decoder.cpp sources/text_reader.cpp)
target_link_libraries(fuzz_sql_dump PRIVATE ZLIB::ZLIB ICU::uc)
fuzzer(multipart FOLDER http SEES base SOURCES multipart.cpp message.cpp)
fuzzer(html FOLDER documents SEES base LINKS lexbor ICU::uc PkgConfig::uchardet SOURCES extractors/web/html.cpp extractors/web/html_table.cpp
  extractors/web/dom.cpp extractors/language.cpp extractors/text/charset.cpp extractors/text/unicode.cpp extractors/block_joiner.cpp extractors/table.cpp)
fuzzer(office_text FOLDER documents SEES base LINKS pugixml::pugixml ICU::uc SOURCES extractors/office/xml.cpp extractors/office/docx_text.cpp
  extractors/office/docx_numbering.cpp extractors/office/docx_styles.cpp extractors/office/odf_text.cpp extractors/text/unicode.cpp
  extractors/block_joiner.cpp extractors/table.cpp)
