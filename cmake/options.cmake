# What every target of ours is compiled with, and the compiler cache.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

set(FRAGUA_SANITIZE "" CACHE STRING "address,undefined or thread")

add_library(fragua_flags INTERFACE)
target_compile_options(fragua_flags INTERFACE -Wall -Wextra -Werror -Wno-missing-field-initializers -fno-omit-frame-pointer)
target_compile_definitions(fragua_flags INTERFACE FRAGUA_VERSION="${PROJECT_VERSION}"
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 reports false positives from coroutine frames and inlined std::string.
  target_compile_options(fragua_flags INTERFACE -fcoroutines -Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow
    -Wno-array-bounds -Wno-stringop-overread)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # clang 14 has the coroutines that gcc 12's library asks for, but not yet the macro that says so (clang-tidy needs it).
  target_compile_definitions(fragua_flags INTERFACE __cpp_impl_coroutine=201902L)
  target_compile_options(fragua_flags INTERFACE -Wno-builtin-macro-redefined)
endif()
if(FRAGUA_SANITIZE)
  target_compile_options(fragua_flags INTERFACE -fsanitize=${FRAGUA_SANITIZE})
  if(FRAGUA_SANITIZE MATCHES "undefined")
    target_compile_options(fragua_flags INTERFACE -fno-sanitize-recover=all)  # what it finds fails the test
  endif()
  target_link_options(fragua_flags INTERFACE -fsanitize=${FRAGUA_SANITIZE})
endif()

function(fragua_options target)
  target_link_libraries(${target} PRIVATE fragua_flags)
endfunction()
