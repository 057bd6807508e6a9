# Programs of the benchmarks: built only when asked for by name (bench/run.py does).
# bench(NAME LIBRARY rooms...): bench/NAME.cpp with a library and the views of the rooms that it sees.
function(bench name library)
  add_executable(${name} EXCLUDE_FROM_ALL bench/${name}.cpp)
  fragua_options(${name})
  target_link_libraries(${name} PRIVATE ${library})
  foreach(seen ${ARGN})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/build/views/${seen})
  endforeach()
endfunction()

bench(vectors_bench search_lib base search)
bench(retrieval_bench search_lib base search)
target_link_libraries(retrieval_bench PRIVATE sqlite)
if(FRAGUA_LLAMA)
  bench(mask_bench engine_llama_lib base engine)
endif()
