#!/usr/bin/env bash
# Sets up as start.sh does, then runs every test. The last line is `N passed, N failed`; the exit status is 0 if none failed.
#
# Usage: scripts/test.sh [SUITE]...     (default: release web python node site; the others are asked for by name)
#   release   the C++ suites and the style, as people run it
#   asan      the C++ suites under AddressSanitizer and UBSan
#   tsan      the C++ suites under ThreadSanitizer
#   python    the API suite, with the official clients against the real binary
#   node      the API suite's npm client
#   web       the app's and the web component's own tests: types, logic, size
#   e2e       by name only, until it has been green for some sessions: the app in Chromium against the real server, ten minutes
#   site      the web components, the Angular library and its example shop, built from their lock files and tested; then the
#             shop behind nginx in Chromium, over the synthetic tickets, against the real server
#   gpu       by name only: models on an NVIDIA card; needs one, and a build with CUDA
#   ollama    by name only: the real ollama command line against our server, and one model folder for both; builds Ollama from
#             its Go module first (bench/peers.sh ollama), which takes some minutes and needs Go
#   open-webui  by name only: a real Open WebUI whose models are ours; installs it first (bench/peers.sh open-webui), some 1.2 GB
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

SUITES=("$@")
((${#SUITES[@]})) || SUITES=(release web python node site)
PASSED=0 FAILED=0

for suite in "${SUITES[@]}"; do
  case $suite in
    release | asan | tsan | python | node | web | e2e | site | gpu | ollama | open-webui) ;;
    --help | -h) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) fail "there is no suite '$suite'" "scripts/test.sh --help lists them." ;;
  esac
done

count() { PASSED=$((PASSED + $1)) FAILED=$((FAILED + $2)); }

# A suite that did not report its figures counts as one failure, so that nothing is skipped in silence.
count_failure() {
  printf '%serror:%s %s\n' "$RED" "$PLAIN" "$1" >&2
  count 0 1
}

# first_number TEXT PATTERN: the number captured by the pattern, or nothing
first_number() { sed -nE "s/.*$2.*/\1/p" <<<"$1" | tail -n 1; }

run_ctest() {
  local preset=$1 log=$CACHE/logs/test-$1.log line status=0 failed total
  shift
  say "C++ suites ($preset)"
  ctest --test-dir "$ROOT/build/$preset" --output-on-failure --no-tests=error -j "$(nproc)" "$@" 2>&1 | tee "$log" || status=$?
  line=$(grep -E 'tests passed, [0-9]+ tests? failed out of' "$log" || true)
  if [[ -z $line ]]; then
    count_failure "the $preset suites did not run"
    return
  fi
  failed=$(first_number "$line" ', ([0-9]+) tests? failed')
  total=$(first_number "$line" 'out of ([0-9]+)')
  count $((total - failed)) "$failed"
  ((status == 0 || failed > 0)) || count_failure "ctest ended with status $status"
}

sanitized() {
  local preset=$1
  # A sanitizer's report must end the program: otherwise it would scroll by in a passing test.
  ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
    TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1 run_ctest "$preset" -E '^tidy'
}

test_environment() {
  local lock=$ROOT/third_party/pypi-test.lock key
  key=$(sha256sum "$lock" | cut -c1-12)
  ENVIRONMENT=$CACHE/python-test-$key
  [[ -f $ENVIRONMENT/.ready ]] && return
  say "installing the API suite's Python packages"
  rm -rf "$ENVIRONMENT"
  quietly "creating the Python environment" "$CACHE/logs/python-test.log" python3 -m venv "$ENVIRONMENT"
  quietly "installing the Python packages" "$CACHE/logs/python-test.log" "$ENVIRONMENT/bin/python" -m pip install --quiet \
    --disable-pip-version-check --no-input --require-hashes --requirement "$lock"
  touch "$ENVIRONMENT/.ready"
}

# run_pytest WHAT FOLDER
run_pytest() {
  local folder=$ROOT/$2 log=$CACHE/logs/test-${2//\//-}.log line status=0 passed failed errors skipped
  say "$1"
  if ! find "$folder" -name 'test_*.py' | grep -q .; then
    count_failure "$2 holds no test_*.py"
    return
  fi
  test_environment
  FRAGUA_BINARY=$ROOT/build/release/fragua FRAGUA_MODELS_CACHE=$CACHE/models \
    "$ENVIRONMENT/bin/python" -m pytest "$folder" -q -ra --color=no -p no:cacheprovider 2>&1 | tee "$log" || status=$?
  line=$(grep -E '[0-9]+ (passed|failed|errors?)' "$log" | tail -n 1 || true)
  passed=$(first_number "$line" '\b([0-9]+) passed')
  failed=$(first_number "$line" '\b([0-9]+) failed')
  errors=$(first_number "$line" '\b([0-9]+) errors?')
  skipped=$(first_number "$line" '\b([0-9]+) skipped')
  count "${passed:-0}" $((${failed:-0} + ${errors:-0}))
  # Everything the suite needs was set up above: a skipped test is one that nobody ran.
  ((${skipped:-0} == 0)) || { say "$skipped skipped tests count as failed"; count 0 "$skipped"; }
  ((status == 0 || ${failed:-0} + ${errors:-0} > 0)) || count_failure "pytest ended with status $status"
}

run_gpu() { run_pytest "models on a GPU" tests/gpu; }

run_ollama() {
  local program
  program=$("$ROOT/bench/peers.sh" ollama | grep -E '/ollama-[^/]*/bin/ollama$' | tail -n 1) || true
  if [[ ! -x $program ]]; then
    count_failure "Ollama was not built"
    return
  fi
  FRAGUA_OLLAMA=$program run_pytest "the real Ollama" tests/peer/ollama
}

run_open_webui() {
  if ! "$ROOT/bench/peers.sh" open-webui; then
    count_failure "Open WebUI was not installed"
    return
  fi
  FRAGUA_OPEN_WEBUI=$CACHE/peers/open-webui/bin/open-webui run_pytest "the real Open WebUI" tests/peer/open_webui
}

# run_node_tests WHAT FOLDER FILE...: Node's own test runner on files of a folder; all of them where none is named.
run_node_tests() {
  local folder=$ROOT/$2 log=$CACHE/logs/test-${2//\//-}.log status=0 passed failed
  say "$1"
  shift 2
  find_node
  install_npm "$folder"
  (cd "$folder" && FRAGUA_BINARY=$ROOT/build/release/fragua FRAGUA_MODELS_CACHE=$CACHE/models \
    node --test --test-reporter=tap "$@") 2>&1 | tee "$log" || status=$?
  passed=$(first_number "$(<"$log")" '^# pass ([0-9]+)')
  failed=$(first_number "$(<"$log")" '^# fail ([0-9]+)')
  if [[ -z $passed || $passed$failed == 00 ]]; then
    count_failure "the tests of ${folder#"$ROOT/"} did not run"
    return
  fi
  count "$passed" "$failed"
  ((status == 0 || failed > 0)) || count_failure "node --test ended with status $status"
}

# run_vitest FOLDER
run_vitest() {
  local folder=$ROOT/$1 log=$CACHE/logs/test-${1//\//-}.log status=0 passed failed
  install_npm "$folder"
  (cd "$folder" && NO_COLOR=1 npx --no-install vitest run) 2>&1 | tee "$log" || status=$?
  passed=$(first_number "$(<"$log")" '^ *Tests .*\b([0-9]+) passed')
  failed=$(first_number "$(<"$log")" '^ *Tests .*\b([0-9]+) failed')
  [[ -n $passed$failed ]] || count_failure "vitest did not run in $1"
  count "${passed:-0}" "${failed:-0}"
  ((status == 0 || ${failed:-0} > 0)) || count_failure "vitest ended with status $status in $1"
}

# check_npm FOLDER SCRIPT: a script of its package.json that only passes or fails.
check_npm() {
  if (cd "$ROOT/$1" && npm run --silent "$2"); then count 1 0; else count_failure "npm run $2 failed in $1"; fi
}

run_web() {
  say "the app's own tests"
  find_node
  run_vitest web
  check_npm web check
  check_npm web size
  run_vitest clients/fragua-chat
  run_vitest clients/fragua-search
}

# build_npm FOLDER
build_npm() {
  (cd "$ROOT/$1" && quietly "building $1" "$CACHE/logs/build-${1//\//-}.log" npm run --silent build)
}

run_e2e() {
  find_node
  install_npm "$ROOT/clients/fragua-chat"
  build_npm clients/fragua-chat
  local files=()
  mapfile -t files < <(cd "$ROOT/tests/e2e" && ls -- *.test.mjs | grep -v '^site\.')
  run_node_tests "the app in a browser" tests/e2e "${files[@]}"
}

# The library wraps the components as they are built, and the example uses the library as it is built.
run_site() {
  find_node
  say "the web components, the Angular library and its example"
  local component
  for component in clients/fragua-chat clients/fragua-search; do
    run_vitest "$component"
    build_npm "$component"
  done
  install_npm_cached "$ROOT/clients/angular"
  build_npm clients/angular
  check_npm clients/angular test
  run_node_tests "the example in a browser" tests/e2e site.test.mjs
}

wanted() { [[ " ${SUITES[*]} " == *" $1 "* ]]; }

mkdir -p "$CACHE/logs"
PRESETS=(--preset release)
wanted asan && PRESETS+=(--preset asan)
wanted tsan && PRESETS+=(--preset tsan)
"$ROOT/scripts/setup.sh" --test "${PRESETS[@]}"
MODELS=(smollm2:135m qwen2.5-coder:0.5b multilingual-e5-small all-minilm-l6-v2)
# The smallest that answers from documents.
{ wanted e2e || wanted site; } && MODELS+=(qwen2.5-coder:1.5b)
python3 "$ROOT/scripts/fetch_models.py" "${MODELS[@]}"

cd "$ROOT"
if wanted release; then run_ctest release; fi
if wanted asan; then sanitized asan; fi
if wanted tsan; then sanitized tsan; fi
if wanted web; then run_web; fi
if wanted python; then run_pytest "API suite (Python)" tests/api; fi
if wanted node; then run_node_tests "API suite (npm)" tests/api/js; fi
if wanted e2e; then run_e2e; fi
if wanted site; then run_site; fi
if wanted ollama; then run_ollama; fi
if wanted open-webui; then run_open_webui; fi

echo
echo "$PASSED passed, $FAILED failed"
((FAILED == 0))
