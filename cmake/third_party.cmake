# Third-party code. Debian's packages through find_package; llama.cpp and xgrammar from the cache that scripts/setup.sh fills
# (FRAGUA_CACHE, default ~/.cache/fragua), built there once per version. third_party/pypi.lock alone names the versions.
if(DEFINED ENV{FRAGUA_CACHE})
  set(FRAGUA_CACHE $ENV{FRAGUA_CACHE})
else()
  set(FRAGUA_CACHE $ENV{HOME}/.cache/fragua)
endif()

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(CURL REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

find_library(LIBSODIUM sodium REQUIRED)
add_library(sodium INTERFACE)
target_link_libraries(sodium INTERFACE ${LIBSODIUM})

find_library(LIBZIP zip REQUIRED)
add_library(zip INTERFACE)
target_link_libraries(zip INTERFACE ${LIBZIP})

find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(pugixml REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(uchardet REQUIRED IMPORTED_TARGET uchardet)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)

find_library(LIBEDIT edit REQUIRED)
add_library(edit INTERFACE)
target_link_libraries(edit INTERFACE ${LIBEDIT})

function(locked_version package result)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/third_party/pypi.lock)
  file(STRINGS ${CMAKE_SOURCE_DIR}/third_party/pypi.lock line REGEX "^${package}==")
  string(REGEX REPLACE "^${package}==([^ ]+) .*" "\\1" version "${line}")
  set(${result} ${version} PARENT_SCOPE)
endfunction()

function(require_built file)
  if(NOT EXISTS ${file})
    message(FATAL_ERROR "${file} is missing: run scripts/setup.sh, which builds the third-party libraries")
  endif()
endfunction()

locked_version(llama-cpp-python llama_version)
locked_version(xgrammar xgrammar_version)
locked_version(selectolax lexbor_version)
set(llama_root ${FRAGUA_CACHE}/third_party/llama.cpp-${llama_version})
set(xgrammar_root ${FRAGUA_CACHE}/third_party/xgrammar-${xgrammar_version})

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/third_party/npm.lock)
function(locked_npm_version package result)
  file(STRINGS ${CMAKE_SOURCE_DIR}/third_party/npm.lock line REGEX "^${package} ")
  string(REGEX REPLACE "^[^ ]+ ([^ ]+) .*" "\\1" version "${line}")
  set(${result} ${version} PARENT_SCOPE)
endfunction()

locked_npm_version(better-sqlite3 sqlite_version)
set(sqlite_root ${FRAGUA_CACHE}/third_party/sqlite-${sqlite_version})
require_built(${sqlite_root}/libsqlite3.a)
add_library(sqlite INTERFACE)
target_include_directories(sqlite SYSTEM INTERFACE ${sqlite_root})
target_link_libraries(sqlite INTERFACE ${sqlite_root}/libsqlite3.a m)

locked_npm_version(usearch usearch_version)
set(usearch_root ${FRAGUA_CACHE}/third_party/usearch-${usearch_version})
require_built(${usearch_root}/include/usearch/index.hpp)
add_library(usearch INTERFACE)
target_include_directories(usearch SYSTEM INTERFACE ${usearch_root}/include)

find_package(ICU REQUIRED COMPONENTS uc i18n)
find_library(LIBSTEMMER stemmer REQUIRED)
add_library(stemmer INTERFACE)
target_link_libraries(stemmer INTERFACE ${LIBSTEMMER})

require_built(${xgrammar_root}/build/libxgrammar.a)
set(lexbor_root ${FRAGUA_CACHE}/third_party/lexbor-${lexbor_version})
require_built(${lexbor_root}/build/liblexbor_static.a)
add_library(lexbor INTERFACE)
target_include_directories(lexbor SYSTEM INTERFACE ${lexbor_root}/src/source)
target_compile_definitions(lexbor INTERFACE LEXBOR_STATIC)
target_link_libraries(lexbor INTERFACE ${lexbor_root}/build/liblexbor_static.a m)

add_library(xgrammar INTERFACE)
target_include_directories(xgrammar SYSTEM INTERFACE ${xgrammar_root}/src/include ${xgrammar_root}/src/3rdparty/dlpack/include
  ${xgrammar_root}/src/3rdparty/picojson)
target_link_libraries(xgrammar INTERFACE ${xgrammar_root}/build/libxgrammar.a Threads::Threads)

# The engine's GPU build sits beside the CPU build, so that --cpu and back costs nothing.
set(llama_build ${llama_root}/build)
set(llama_cuda_libraries)
set(fragua_cuda 0)
find_program(NVCC nvcc PATHS /usr/local/cuda/bin)
if(FRAGUA_LLAMA AND NVCC AND NOT FRAGUA_CPU)
  set(llama_build ${llama_root}/build-cuda)
  set(fragua_cuda 1)
  # CMake 3.25 (Debian 12's) stumbles over a library that CUDA 13 has no more, unless it takes the project for an older one.
  set(CMAKE_MINIMUM_REQUIRED_VERSION 3.24)
  find_package(CUDAToolkit REQUIRED)
  set(CMAKE_MINIMUM_REQUIRED_VERSION 3.25)
  set(llama_cuda_libraries ${llama_build}/ggml/src/ggml-cuda/libggml-cuda.a CUDA::cudart_static CUDA::cublas CUDA::cublasLt
    CUDA::cuda_driver)
endif()
if(FRAGUA_LLAMA)
  require_built(${llama_build}/src/libllama.a)
endif()

add_library(llama.cpp INTERFACE)
target_include_directories(llama.cpp SYSTEM INTERFACE ${llama_root}/src/include ${llama_root}/src/ggml/include
  ${llama_root}/src/common ${llama_root}/src/tools/mtmd ${llama_root}/src/vendor ${llama_root}/src/src)
target_compile_definitions(llama.cpp INTERFACE FRAGUA_LLAMA_VERSION="${llama_version}")
target_link_libraries(llama.cpp INTERFACE
  ${llama_build}/tools/mtmd/libmtmd.a ${llama_build}/common/libllama-common.a ${llama_build}/common/libllama-common-base.a
  ${llama_build}/vendor/cpp-httplib/libcpp-httplib.a ${llama_build}/vendor/hash/libvendor-hash.a
  ${llama_build}/src/libllama.a ${llama_build}/ggml/src/libggml.a ${llama_build}/ggml/src/libggml-cpu.a
  ${llama_cuda_libraries} ${llama_build}/ggml/src/libggml-base.a gomp ${CMAKE_DL_LIBS} m Threads::Threads)
