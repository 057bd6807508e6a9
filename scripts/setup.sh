#!/usr/bin/env bash
# Brings everything Fragua is built from, and builds it. Run it again at any time: what is done is not done twice.
#
# Usage: scripts/setup.sh [--test] [--cpu] [--no-build] [--preset NAME]...
#   --test      also install what the tests need
#   --cpu       build for the CPU only, even when nvcc is found
#   --no-build  packages and third-party libraries only
#   --preset    build this CMake preset instead of release (repeatable)
#
# Environment: FRAGUA_CACHE (default ~/.cache/fragua), FRAGUA_JOBS (compilers at once), FRAGUA_SKIP_APT=1 (install nothing).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

WITH_TESTS=0 CPU_ONLY=0 BUILD=1 PRESETS=()
while (($#)); do
  case $1 in
    --test) WITH_TESTS=1 ;;
    --cpu) CPU_ONLY=1 ;;
    --no-build) BUILD=0 ;;
    --preset) PRESETS+=("${2:?--preset needs a name}"); shift ;;
    --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) fail "unknown option $1" "scripts/setup.sh --help lists them." ;;
  esac
  shift
done
((${#PRESETS[@]})) || PRESETS=(release)

# --- Debian packages ---------------------------------------------------------------------------------------------------

wanted_packages() {
  local group=''
  while read -r word _; do
    case $word in
      '' | '#'*) ;;
      '['*) group=$word ;;
      *) if [[ $group == '[run]' ]] || ((WITH_TESTS)); then echo "$word"; fi ;;
    esac
  done <"$ROOT/third_party/apt.txt"
}

missing_packages() {
  local installed
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | sort -u)
  comm -23 <(wanted_packages | sort -u) <(echo "$installed")
}

install_packages() {
  [[ ${FRAGUA_SKIP_APT:-} == 1 ]] && return
  if ! command -v apt-get >/dev/null; then
    fail "this is not a Debian system: apt-get was not found." \
      "Install what third_party/apt.txt lists, then run again with FRAGUA_SKIP_APT=1."
  fi
  local missing as_root=()
  missing=$(missing_packages)
  [[ -z $missing ]] && return
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "some packages are missing, and installing them needs root or sudo." \
      "As root: apt-get install --no-install-recommends $(echo $missing)"
    as_root=(sudo)
  fi
  say "installing" $missing
  local log=$CACHE/logs/apt.log
  mkdir -p "${log%/*}"
  # An update may fail for a source that we do not need; what counts is whether the packages come.
  "${as_root[@]}" apt-get update -q >"$log" 2>&1 || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $missing >>"$log" 2>&1 && return
  grep -E '^(E|W): ' "$log" | tail -n 5 >&2
  local how="The whole log: $log"
  grep -qiE 'failed to fetch|temporary failure|could not (resolve|connect)' "$log" &&
    how="Is the network up? Run this again when it is. The whole log: $log"
  grep -qi 'no space left' "$log" && how="The disk is full: free some space and run this again."
  fail "installing packages failed." "$how"
}

# --- third-party sources -----------------------------------------------------------------------------------------------

locked() { sed -n "s/^$1==\([^ ]*\) .*/\1/p" "$ROOT/third_party/pypi.lock"; }

# Fetches one source package by pip, which checks the hash in pypi.lock, and prints the archive's path.
fetch_source() {
  local package=$1 version=$2 downloads=$CACHE/downloads archive staging
  archive=$downloads/${package//-/_}-$version.tar.gz
  local hash
  hash=$(sed -n "s/^$package==.*--hash=sha256:\([0-9a-f]*\).*/\1/p" "$ROOT/third_party/pypi.lock")
  if [[ -f $archive ]] && echo "$hash  $archive" | sha256sum --check --status; then
    echo "$archive"
    return
  fi
  say "fetching $package $version"
  mkdir -p "$downloads"
  staging=$(mktemp -d "$downloads/.fetch-XXXXXX")
  grep "^$package==" "$ROOT/third_party/pypi.lock" >"$staging/requirements.txt"
  local status=0
  PYTHONPATH=$ROOT/scripts/sdist_backend TMPDIR=$staging python3 -m pip download --quiet --disable-pip-version-check --no-input \
    --no-deps --no-cache-dir --no-build-isolation --no-binary "$package" --require-hashes \
    --requirement "$staging/requirements.txt" --dest "$staging" >"$staging/log" 2>&1 || status=$?
  if ((status != 0)); then
    tail -n 5 "$staging/log" >&2
    local why="Is the network up, and can pip reach its package index? Run this again when it is."
    grep -qi 'no space left' "$staging/log" && why="The disk is full: free some space and run this again."
    grep -qi 'do not match the hashes' "$staging/log" && why="The package is not the one pinned in third_party/pypi.lock."
    rm -rf "$staging"
    fail "could not fetch $package $version." "$why"
  fi
  mv "$staging"/*.tar.gz "$archive"
  rm -rf "$staging"
  echo "$archive"
}

# unpack ARCHIVE FOLDER-INSIDE TARGET
unpack() {
  local archive=$1 inside=$2 target=$3 staging
  staging=$(mktemp -d "$(dirname "$target")/.unpack-XXXXXX")
  local depth=${inside//[^\/]/}
  if ! tar -xzf "$archive" -C "$staging" --strip-components=$((${#depth} + 1)) "$inside"; then
    rm -rf "$staging"
    fail "could not unpack $archive." "Is the disk full? Free some space and run this again."
  fi
  rm -rf "$target"
  mv "$staging" "$target"
}

# What a build depends on. Native builds are good only for the processor that they were made on.
build_key() {
  { echo "$@"; c++ -dumpfullversion -dumpmachine; grep -m1 -E '^(flags|Features)' /proc/cpuinfo; } | sha256sum | cut -d' ' -f1
}

# build_library TITLE ROOT PACKAGE FOLDER-INSIDE BUILD-FOLDER TARGETS CMAKE-OPTIONS...
build_library() {
  local title=$1 root=$2 package=$3 inside=$4 build=$2/$5 targets=$6 version archive key log
  shift 6
  version=$(locked "$package")
  key=$(build_key "$(grep "^$package==" "$ROOT/third_party/pypi.lock")" "$@")
  [[ -f $build/.built && $(<"$build/.built") == "$key" ]] && return
  require_free_megabytes 2000 "$CACHE"
  mkdir -p "$root"
  if [[ ! -f $root/src/CMakeLists.txt ]]; then
    archive=$(fetch_source "$package" "$version")
    unpack "$archive" "$inside" "$root/src"
  fi
  mkdir -p "$build"
  # xgrammar reads its switches from this file; for others it means nothing.
  echo 'set(XGRAMMAR_BUILD_PYTHON_BINDINGS OFF)' >"$build/config.cmake"
  log=$CACHE/logs/${root##*/}-${build##*/}
  quietly "configuring $title" "$log-configure.log" cmake -G Ninja -S "$root/src" -B "$build" -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON "$@"
  ninja_build "$title (once; some minutes)" "$log-build.log" "$build" $targets
  echo "$key" >"$build/.built"
}

find_nvcc() { PATH=$PATH:/usr/local/cuda/bin command -v nvcc; }

# A program that is linked with the driver does not start where there is none.
has_nvidia_driver() { ldconfig -p | grep -q 'libcuda\.so\.1'; }

# The cache's copy, named by what it says: the same for every checkout.
amx_fix() {
  local header=$ROOT/third_party/amx_tile_config.h copy
  copy=$CACHE/third_party/amx_tile_config-$(sha256sum "$header" | cut -c1-12).h
  # Not again: a newer one would have all of llama.cpp compiled anew.
  [[ -f $copy ]] || install -D -m 644 "$header" "$copy"
  echo "$copy"
}

build_llama() {
  local version build="build" cuda=() nvcc
  version=$(locked llama-cpp-python)
  if ((!CPU_ONLY)) && nvcc=$(find_nvcc); then
    build="build-cuda"
    cuda=(-DGGML_CUDA=ON -DCMAKE_CUDA_COMPILER="$nvcc" -DGGML_CUDA_NCCL=OFF)
  fi
  build_library "llama.cpp $version" "$CACHE/third_party/llama.cpp-$version" llama-cpp-python \
    "llama_cpp_python-$version/vendor/llama.cpp" "$build" "llama llama-common mtmd" \
    -DBUILD_SHARED_LIBS=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_SERVER=ON -DLLAMA_BUILD_TOOLS=ON \
    -DLLAMA_CURL=OFF -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_COMMIT="$version" -DGGML_NATIVE=ON -DGGML_OPENMP=ON \
    -DCMAKE_CXX_FLAGS="-include $(amx_fix)" "${cuda[@]}"
}

build_xgrammar() {
  local version launcher=()
  version=$(locked xgrammar)
  command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  # Its own flags ask for link-time optimisation and -Werror; the last word counts.
  build_library "xgrammar $version" "$CACHE/third_party/xgrammar-$version" xgrammar "xgrammar-$version" build xgrammar \
    -DCMAKE_CXX_FLAGS="-fno-lto -Wno-error" "${launcher[@]}"
}

build_lexbor() {
  local version
  version=$(locked selectolax)
  build_library "lexbor (selectolax $version)" "$CACHE/third_party/lexbor-$version" selectolax "selectolax-$version/lexbor" build \
    lexbor_static -DLEXBOR_BUILD_SHARED=OFF -DLEXBOR_BUILD_STATIC=ON -DLEXBOR_INSTALL_HEADERS=OFF
}

# fetch_npm PACKAGE FOLDER: the archive of a package pinned in npm.lock, checked, in the folder; prints its path.
fetch_npm() {
  local package=$1 folder=$2 version integrity archive found
  read -r version integrity < <(sed -n "s/^$package //p" "$ROOT/third_party/npm.lock")
  find_node
  say "fetching $package $version"
  mkdir -p "$folder"
  (cd "$folder" && npm pack --silent --ignore-scripts "$package@$version" >"$CACHE/logs/npm-$package.log" 2>&1) ||
    fail "could not fetch $package $version." "Is the network up, and can npm reach its registry? Run this again when it is."
  archive=$folder/$package-$version.tgz
  found=sha512-$(openssl dgst -sha512 -binary "$archive" | base64 -w 0)
  [[ $found == "$integrity" ]] || fail "$package $version is not the one pinned in third_party/npm.lock."
  echo "$archive"
}

# SQLite's amalgamation as the npm package better-sqlite3 carries it: Debian's is too old (third_party/README.md).
build_sqlite() {
  local locked root key archive
  locked=$(grep '^better-sqlite3 ' "$ROOT/third_party/npm.lock")
  root=$CACHE/third_party/sqlite-$(cut -d' ' -f2 <<<"$locked")
  key=$(build_key "$locked $SQLITE_OPTIONS")
  [[ -f $root/.built && $(<"$root/.built") == "$key" ]] && return
  require_free_megabytes 500 "$CACHE"
  rm -rf "$root"
  archive=$(fetch_npm better-sqlite3 "$root")
  tar -xzf "$archive" -C "$root" --strip-components=3 package/deps/sqlite3
  quietly "building SQLite" "$CACHE/logs/sqlite.log" cc -O2 -fPIC $SQLITE_OPTIONS -c "$root/sqlite3.c" -o "$root/sqlite3.o"
  ar rcs "$root/libsqlite3.a" "$root/sqlite3.o"
  echo "$key" >"$root/.built"
}

# usearch is headers; of its npm package nothing else is kept.
unpack_usearch() {
  local locked root archive
  locked=$(grep '^usearch ' "$ROOT/third_party/npm.lock")
  root=$CACHE/third_party/usearch-$(cut -d' ' -f2 <<<"$locked")
  [[ -f $root/.built && $(<"$root/.built") == "$locked" ]] && return
  require_free_megabytes 500 "$CACHE"
  rm -rf "$root"
  archive=$(fetch_npm usearch "$root")
  tar -xzf "$archive" -C "$root" --strip-components=1 package/include package/LICENSE
  rm "$archive"
  echo "$locked" >"$root/.built"
}

# One thread a connection; full-text search; no "text" for an unknown column, no loading of code.
SQLITE_OPTIONS="-DSQLITE_THREADSAFE=2 -DSQLITE_ENABLE_FTS5 -DSQLITE_DQS=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_DEFAULT_MEMSTATUS=0
  -DSQLITE_OMIT_DEPRECATED -DSQLITE_LIKE_DOESNT_MATCH_BLOBS -DSQLITE_MAX_EXPR_DEPTH=200"

third_party() {
  command -v c++ >/dev/null || fail "no C++ compiler was found." "Install g++ 12 or newer and run this again."
  mkdir -p "$CACHE/third_party"
  mkdir -p "$CACHE/logs"
  exec 9>"$CACHE/third_party/.lock"
  flock -n 9 || { say "another set-up is running; waiting for it"; flock 9; }
  build_sqlite
  unpack_usearch
  build_xgrammar
  build_lexbor
  build_llama
  exec 9>&-
}

# --- Fragua ------------------------------------------------------------------------------------------------------------

# The web app: web/ -> build/web/*.gz, which CMake puts into the program. Done again only when a source changed.
build_web() {
  local key out=$ROOT/build/web log=$CACHE/logs/web.log file
  key=$(cd "$ROOT/web" && find . -type f -not -path './node_modules/*' -not -path './dist/*' -not -name '*.test.ts' -print0 | sort -z | xargs -0 sha256sum |
    sha256sum | cut -d' ' -f1)
  [[ -f $out/.built && $(<"$out/.built") == "$key" ]] && return
  find_node
  say "building the web app"
  install_npm "$ROOT/web"
  (cd "$ROOT/web" && quietly "building the web app" "$log" npm run --silent build)
  rm -rf "$out"
  mkdir -p "$ROOT/build"
  cp -r "$ROOT/web/dist" "$out"
  find "$out" -type f -print0 | xargs -0 gzip -9 -n
  echo "$key" >"$out/.built"
}

build_preset() {
  local preset=$1 folder=$ROOT/build/$1 cpu=OFF log=$CACHE/logs/fragua-$1
  ((CPU_ONLY)) && cpu=ON
  if [[ ! -f $folder/build.ninja ]] || ! grep -qx "FRAGUA_CPU:BOOL=$cpu" "$folder/CMakeCache.txt"; then
    require_free_megabytes 1500 "$ROOT/build"
    quietly "configuring the $preset build" "$log-configure.log" \
      cmake --preset "$preset" -S "$ROOT" -DFRAGUA_CPU=$cpu
  fi
  local targets=(fragua)
  ((WITH_TESTS)) && targets=(all)
  ninja_build "Fragua ($preset)" "$log-build.log" "$folder" "${targets[@]}"
}

if ((!CPU_ONLY)) && find_nvcc >/dev/null && ! has_nvidia_driver; then
  say "nvcc is here, but NVIDIA's driver is not: building for the CPU"
  CPU_ONLY=1
fi
install_packages
third_party
if ((BUILD)); then
  cd "$ROOT"
  build_web
  for preset in "${PRESETS[@]}"; do build_preset "$preset"; done
fi
