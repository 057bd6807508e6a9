# Programs of the benchmarks: built only when asked for by name (bench/run.py does).
if(FRAGUA_LLAMA)
  add_executable(mask_bench EXCLUDE_FROM_ALL bench/mask_bench.cpp)
  fragua_options(mask_bench)
  target_link_libraries(mask_bench PRIVATE engine_llama_lib)
  foreach(seen base engine)
    target_include_directories(mask_bench PRIVATE ${CMAKE_SOURCE_DIR}/build/views/${seen})
  endforeach()
endif()
