#!/usr/bin/env bash
# Builds what the benchmarks compare with: llama-server (and llama-bench, llama-batched-bench) from the same
# sources as our engine, and Ollama from its Go module. Done once per version; about 20 minutes on two cores.
#
# Usage: bench/peers.sh [llama|ollama|retrieval|open-webui]...     (default: the first three)
#
# The programs land in $FRAGUA_CACHE/peers: llama.cpp-VERSION/bin/ and ollama-VERSION/bin/, with Ollama's CPU libraries in
# ollama-VERSION/lib/ollama, where it looks for them (without them it runs without AVX, and the comparison would be unfair).
# Ollama needs Go 1.24 or newer.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

PEERS=$CACHE/peers
LOGS=$CACHE/logs
LLAMA_VERSION=$(sed -n 's/^llama-cpp-python==\([^ ]*\) .*/\1/p' "$ROOT/third_party/pypi.lock")
LLAMA=$CACHE/third_party/llama.cpp-$LLAMA_VERSION
LLAMA_TARGETS=(llama-server llama-bench llama-batched-bench)

build_llama() {
  local target=$PEERS/llama.cpp-$LLAMA_VERSION/bin program missing=()
  "$ROOT/scripts/setup.sh" --no-build --cpu
  for program in "${LLAMA_TARGETS[@]}"; do [[ $target/$program -nt $LLAMA/build/.built ]] || missing+=("$program"); done
  ((${#missing[@]})) || return 0
  # Without this the build would fetch the web page of llama-server, which no benchmark asks for.
  quietly "configuring llama-server" "$LOGS/peer-llama-configure.log" \
    cmake -S "$LLAMA/src" -B "$LLAMA/build" -DLLAMA_USE_PREBUILT_UI=OFF
  ninja_build "llama-server" "$LOGS/peer-llama.log" "$LLAMA/build" "${LLAMA_TARGETS[@]}"
  mkdir -p "$target"
  for program in "${LLAMA_TARGETS[@]}"; do install "$LLAMA/build/bin/$program" "$target/$program"; done
}

# Fetches the module, checks it against the lock, and prints where Go keeps it.
fetch_ollama() {
  local module=$1 version=$2 hash=$3 answer found
  command -v go >/dev/null || fail "Go was not found." "Ollama is built from source with Go 1.24 or newer; put it on PATH."
  # Outside any module, so that no go.mod of ours is asked for or changed.
  answer=$(cd "$(mktemp -d)" && go mod download -json "$module@$version") ||
    fail "could not fetch $module $version." "Is the network up? Run this again when it is."
  found=$(sed -n 's/.*"Sum": "\(.*\)",\{0,1\}$/\1/p' <<<"$answer")
  [[ $found == "$hash" ]] || fail "$module $version has the hash $found; third_party/go.lock says $hash."
  sed -n 's/.*"Dir": "\(.*\)",\{0,1\}$/\1/p' <<<"$answer"
}

build_ollama() {
  local module version hash target source
  read -r module version hash < <(grep -v '^#' "$ROOT/third_party/go.lock" | grep '/ollama ')
  target=$PEERS/ollama-${version#v}
  [[ -x $target/bin/ollama && -f $target/.ready ]] && return
  "$ROOT/scripts/setup.sh" --no-build --cpu
  source=$(fetch_ollama "$module" "$version" "$hash")
  say "building Ollama ${version#v}"
  mkdir -p "$target"
  # Go's own copy is read-only; and the module leaves out llama.cpp's vendor folder, which our sources have.
  if [[ ! -f $target/src/.copied ]]; then
    rm -rf "$target/src"
    cp -r "$source" "$target/src"
    chmod -R u+w "$target/src"
    cp -r "$LLAMA/src/vendor" "$target/src/llama/llama.cpp/vendor"
    touch "$target/src/.copied"
  fi

  quietly "configuring Ollama's CPU libraries" "$LOGS/peer-ollama-configure.log" cmake -G Ninja -S "$target/src" -B "$target/build" \
    -DCMAKE_CUDA_COMPILER=NOTFOUND -DCMAKE_HIP_COMPILER=NOTFOUND -DCMAKE_DISABLE_FIND_PACKAGE_Vulkan=ON
  ninja_build "Ollama's CPU libraries" "$LOGS/peer-ollama-cpu.log" "$target/build" ggml-cpu
  mkdir -p "$target/bin" "$target/lib"
  rm -rf "$target/lib/ollama"
  cp -r "$target/build/lib/ollama" "$target/lib/ollama"
  (cd "$target/src" && quietly "building Ollama" "$LOGS/peer-ollama-go.log" env CGO_ENABLED=1 GOFLAGS=-mod=mod \
    go build -p "$(jobs_at_once)" -trimpath -ldflags "-s -w -X=$module/version.Version=${version#v}" -o "$target/bin/ollama" .)
  touch "$target/.ready"
}

# The usual retrieval pipeline, in a Python environment of its own (bench/retrieval_peer.py).
build_retrieval() {
  local target=$PEERS/retrieval packages=(langchain-text-splitters==1.1.3 chromadb==1.5.9)
  [[ -f $target/.ready && $(<"$target/.ready") == "${packages[*]}" ]] && return
  say "installing ${packages[*]}"
  rm -rf "$target"
  quietly "creating the Python environment" "$LOGS/peer-retrieval.log" python3 -m venv "$target"
  quietly "installing ${packages[*]}" "$LOGS/peer-retrieval.log" "$target/bin/python" -m pip install --quiet --disable-pip-version-check \
    --no-input "${packages[@]}"
  echo "${packages[*]}" >"$target/.ready"
}

# The real Open WebUI without what it brings for models in its own process and for browsers, some gigabytes that it runs without.
build_open_webui() {
  local target=$PEERS/open-webui version=0.12.4 log=$LOGS/peer-open-webui.log left_out
  [[ -f $target/.ready && $(<"$target/.ready") == "$version" ]] && return
  say "installing Open WebUI $version"
  rm -rf "$target"
  quietly "creating the Python environment" "$log" python3 -m venv "$target"
  quietly "installing uv" "$log" "$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-input uv==0.13.9
  for left_out in accelerate colbert-ai ctranslate2 einops faster-whisper opencv-python-headless playwright rapidocr-onnxruntime \
    sentence-transformers torch transformers; do
    echo "$left_out ; sys_platform == 'never'"
  done >"$target/left-out.txt"
  quietly "installing Open WebUI" "$log" "$target/bin/uv" pip install --quiet --python "$target/bin/python" --override "$target/left-out.txt" \
    "open-webui==$version"
  echo "$version" >"$target/.ready"
}

WANTED=("$@")
((${#WANTED[@]})) || WANTED=(llama ollama retrieval)
for peer in "${WANTED[@]}"; do
  case $peer in
    llama) build_llama ;;
    ollama) build_ollama ;;
    retrieval) build_retrieval ;;
    open-webui) build_open_webui ;;
    --help | -h) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) fail "there is no peer '$peer'" "bench/peers.sh --help lists them." ;;
  esac
done
find "$PEERS" -path '*/bin/*' -not -path "$PEERS/retrieval/*" -not -path "$PEERS/open-webui/*" -type f -perm -u+x
