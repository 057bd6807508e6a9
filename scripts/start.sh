#!/usr/bin/env bash
# Sets Fragua up, fetches a model and starts the server: the one command of a first day, and of every other day.
#
# Usage: scripts/start.sh [--model NAME] [--listen HOST:PORT]... [--cpu] [-- SERVE-OPTIONS...]
#   --model NAME        the chat model to have ready (default qwen2.5-coder:1.5b). Names that this script can fetch by itself:
#                       smollm2:135m, qwen2.5-coder:0.5b, qwen2.5-coder:1.5b. Any other name is pulled from its registry,
#                       like hf.co/USER/REPOSITORY:QUANT
#   --listen HOST:PORT  where to listen (repeatable; default 127.0.0.1:3000 and 127.0.0.1:11434)
#   --cpu               build for the CPU only, even when nvcc is found
#   --help              this text
#   Whatever follows -- goes to `fragua serve` (build/release/fragua serve --help).
#
# Environment: FRAGUA_CACHE (default ~/.cache/fragua), FRAGUA_JOBS (compilers at once), FRAGUA_SKIP_APT=1 (install nothing).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

MODEL=qwen2.5-coder:1.5b
EMBEDDING_MODEL=multilingual-e5-small
START_SECONDS=30
LISTEN=() SETUP=() SERVE=()

read_arguments() {
  while (($#)); do
    case $1 in
      --model) [[ -n ${2:-} && $2 != -* ]] || fail "--model needs a name."; MODEL=$2; shift ;;
      --listen) [[ -n ${2:-} && $2 != -* ]] || fail "--listen needs HOST:PORT."; LISTEN+=("$2"); shift ;;
      --cpu) SETUP+=(--cpu) ;;
      --help | -h) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
      --) shift; SERVE=("$@"); return ;;
      *) fail "unknown option $1" "scripts/start.sh --help lists them." ;;
    esac
    shift
  done
}

check_address() {
  local address=$1 port=${1##*:}
  [[ $address == *:* && $port =~ ^[0-9]+$ ]] && ((port >= 1 && port <= 65535)) ||
    fail "--listen $address is not HOST:PORT." "For example: --listen 127.0.0.1:8080"
}

is_loopback() { [[ ${1%:*} =~ ^(localhost|127(\.[0-9]+){3}|\[::1\])$ ]]; }

# command_line VERB MODEL ADDRESS: what to type; the address is said only where it is not the default.
command_line() {
  local host=''
  [[ $3 == 127.0.0.1:11434 ]] || host="FRAGUA_HOST=$3 "
  echo "$host./build/release/fragua $1 $2"
}

# Something that listens there would make the server fail after all the work of setting up: say it first.
check_port_free() {
  local address=$1 host=${1%:*} port=${1##*:} who bare
  bare=${host#[} bare=${bare%]}
  (exec 3<>"/dev/tcp/$bare/$port") 2>/dev/null || return 0
  who=$(curl -fsS --max-time 2 "http://$host:$port/" 2>/dev/null | head -c 80 | tr -d '\0' || true)
  if curl -sI --max-time 2 "http://$host:$port/" 2>/dev/null | grep -qi '^server: fragua'; then
    fail "Fragua is already running on $address." "Type: $(command_line run "$MODEL" "$address")"
  fi
  fail "port $port on $host is taken${who:+ (it answers: $who)}." \
    "Stop what is running there, or choose another place: scripts/start.sh --listen $host:$((port + 1))"
}

# Prints the file of a model that fetch_models.py knows; nothing for others.
model_file() {
  python3 "$ROOT/scripts/fetch_models.py" --list | awk -F '\t' -v name="$1" '$1 == name {print $2}'
}

wait_until_ready() {
  local address=$1 deadline=$((SECONDS + START_SECONDS))
  until curl -fsS --max-time 2 "http://$address/health" >/dev/null 2>&1; do
    if ! kill -0 "$SERVER" 2>/dev/null; then
      tail -n 5 "$LOG" >&2
      fail "the server stopped while starting." "Its log: $LOG"
    fi
    ((SECONDS < deadline)) || fail "the server did not answer on $address within $START_SECONDS seconds."
    sleep 0.05
  done
}

# Makes a model known to the server, once.
have_model() {
  local name=$1 file
  "$FRAGUA" show "$name" >/dev/null 2>&1 && return
  file=$(model_file "$name")
  if [[ -z $file ]]; then
    say "pulling $name"
    "$FRAGUA" pull "$name" || fail "could not pull $name." "Run this again to go on, or name another model with --model."
    return
  fi
  say "adding $name to the model store"
  printf 'FROM %s\n' "$file" | "$FRAGUA" create "$name" -f - >/dev/null ||
    fail "could not add $name to the model store." "The file is $file; delete it and run this again if it is damaged."
}

welcome() {
  local web=${LISTEN[0]} api=${LISTEN[-1]}
  cat <<EOF

Fragua is running. Ctrl-C stops it.

  chat in a browser     http://$web
  chat in a terminal    $(command_line run "$MODEL" "$api")
  ask from a program    curl http://$api/api/generate -d '{"model":"$MODEL","prompt":"¿Qué es una fragua?","stream":false}'
  see the API           http://$web/docs
  OpenAI clients        base_url http://$api/v1, any key
  the server's log      $LOG

EOF
  echo "Programs on this machine may use the models at $OPEN without a key; people and everything else need one."
  grep -s -o 'one_time_token=.*' "$LOG" | sed 's/^/To make the administrator from elsewhere: /' || true
}

stop_server() {
  trap - EXIT
  [[ -n ${SERVER:-} ]] && kill -TERM "$SERVER" 2>/dev/null
  return 0
}

main() {
  read_arguments "$@"
  ((${#LISTEN[@]})) || LISTEN=(127.0.0.1:3000 127.0.0.1:11434)
  # The models are put in through an address of this machine, and the terminal talks to it.
  is_loopback "${LISTEN[-1]}" || LISTEN+=(127.0.0.1:11434)
  local address options=() OPEN
  for address in "${LISTEN[@]}"; do
    check_address "$address"
    check_port_free "$address"
    options+=(--listen "$address")
  done

  "$ROOT/scripts/setup.sh" "${SETUP[@]}"
  local names=("$EMBEDDING_MODEL")
  [[ -n $(model_file "$MODEL") ]] && names+=("$MODEL")
  python3 "$ROOT/scripts/fetch_models.py" "${names[@]}"

  # Ollama's clients send no key: the last address is theirs; only this machine reaches it.
  OPEN=${LISTEN[-1]} options+=(--set "anonymous=$OPEN")

  FRAGUA=$ROOT/build/release/fragua
  export FRAGUA_HOST=${LISTEN[-1]}
  # In a file, so that what to type stays in sight.
  LOG=$CACHE/logs/server.log
  mkdir -p "${LOG%/*}"
  "$FRAGUA" serve --log-format text "${options[@]}" "${SERVE[@]}" >"$LOG" 2>&1 &
  SERVER=$!
  trap stop_server EXIT INT TERM
  wait_until_ready "${LISTEN[-1]}"
  have_model "$EMBEDDING_MODEL"
  have_model "$MODEL"
  welcome
  # A signal ends the first wait; the second lets the server finish what it is answering.
  local status=0 again=0
  wait "$SERVER" || status=$?
  if ((status > 128)); then
    wait "$SERVER" || again=$?
    ((again == 127)) || status=$again  # 127: the first wait had its status already
  fi
  trap - EXIT
  exit $status
}

main "$@"
