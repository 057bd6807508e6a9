# embed(RESULT FUNCTION FOLDER FILES...): makes a source file with `std::span<const fragua::EmbeddedFile> FUNCTION()` that gives the
# FILES (relative to FOLDER) as they are, and puts its path into RESULT.
function(embed result function folder)
  string(REPLACE "::" "_" name ${function})
  set(out ${CMAKE_BINARY_DIR}/embedded/${name}.cpp)
  list(TRANSFORM ARGN PREPEND ${folder}/ OUTPUT_VARIABLE paths)
  add_custom_command(OUTPUT ${out}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/embed.py ${out} ${function} ${folder} ${ARGN}
    DEPENDS ${paths} ${CMAKE_SOURCE_DIR}/cmake/embed.py VERBATIM)
  set(${result} ${out} PARENT_SCOPE)
endfunction()
