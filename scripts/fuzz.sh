#!/usr/bin/env bash
# Builds the fuzzers and runs each for some seconds over its seeds in tests/fuzz/corpus.
#   scripts/fuzz.sh [--seconds N] [NAME...]      default: 60 seconds each, all of them
# What they find and learn stays in build/fuzz/corpus and build/fuzz/crashes. Ends with 1 if one found something.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

seconds=60
names=()
while (($#)); do
  case $1 in
    --seconds) seconds=${2:?--seconds needs a number}; shift 2 ;;
    -h | --help) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) fail "unknown option $1" "see $0 --help" ;;
    *) names+=("$1"); shift ;;
  esac
done
if ((${#names[@]} == 0)); then
  for source in "$ROOT"/tests/fuzz/*_fuzz.cpp; do names+=("$(basename "$source" _fuzz.cpp)"); done
fi
command -v clang++ >/dev/null || fail "clang++ is missing" "install the package clang"

cd "$ROOT"
build=$ROOT/build/fuzz
cmake --preset fuzz >/dev/null
ninja -C "$build" -j "${FRAGUA_JOBS:-$(nproc)}" "${names[@]/#/fuzz_}"

mkdir -p "$build/crashes"
failed=()
for name in "${names[@]}"; do
  learned=$build/corpus/$name
  mkdir -p "$learned" "$ROOT/tests/fuzz/corpus/$name"
  say "fuzzing $name for $seconds s"
  "$build/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1 \
    -verbosity=0 -artifact_prefix="$build/crashes/$name-" "$learned" "$ROOT/tests/fuzz/corpus/$name" || failed+=("$name")
done
((${#failed[@]} == 0)) || fail "these fuzzers found something: ${failed[*]}" "the inputs are in build/fuzz/crashes"
say "nothing found"
