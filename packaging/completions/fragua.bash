# Made by `fragua completion`; do not edit.

_fragua_models() {
  local names
  names=$(fragua list --names 2>/dev/null)
  COMPREPLY=($(compgen -W "$names" -- "$current"))
  [[ $(type -t __ltrim_colon_completions) == function ]] && __ltrim_colon_completions "$current"
  return 0
}

_fragua() {
  local current previous words cword
  local commands="serve start run create pull push list ls ps show cp rm stop embed bench eval documents docs catalogue config openapi backup restore completion man help"
  COMPREPLY=()
  if [[ $(type -t _get_comp_words_by_ref) == function ]]; then
    _get_comp_words_by_ref -n : -c current -p previous -w words -i cword
  else
    current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} cword=$COMP_CWORD
    words=("${COMP_WORDS[@]}")
  fi
  if ((cword == 1)); then
    COMPREPLY=($(compgen -W "$commands --help --version" -- "$current"))
    return
  fi
  case "${words[1]}" in
    serve|start)
      case "$previous" in
        --listen) :; return ;;
        --models) COMPREPLY=($(compgen -d -- "$current")); return ;;
        --config) compopt -o default; return ;;
        --set) :; return ;;
        --log-format) COMPREPLY=($(compgen -W "json text silent" -- "$current")); return ;;
        --log-level) COMPREPLY=($(compgen -W "debug info warn error" -- "$current")); return ;;
        --clock) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --listen --models --config --set --log-format --log-level --clock" -- "$current"))
      fi ;;
    run)
      case "$previous" in
        --format) :; return ;;
        --system) :; return ;;
        -o|--option) :; return ;;
        --keepalive) :; return ;;
        --dimensions) :; return ;;
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --verbose --format --system --option -o --keepalive --think --hidethinking --nowordwrap --dimensions --truncate --insecure --json --host" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        _fragua_models
      fi ;;
    create)
      case "$previous" in
        -f|--file) compopt -o default; return ;;
        -q|--quantize) COMPREPLY=($(compgen -W "q8_0 q4_0 q4_K_M" -- "$current")); return ;;
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --file -f --quantize -q --json --host" -- "$current"))
      fi ;;
    pull)
      case "$previous" in
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --insecure --json --host" -- "$current"))
      fi ;;
    push)
      case "$previous" in
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --insecure --json --host" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        _fragua_models
      fi ;;
    list|ls)
      case "$previous" in
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --names --json --host" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        _fragua_models
      fi ;;
    ps)
      case "$previous" in
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --json --host" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        _fragua_models
      fi ;;
    show)
      case "$previous" in
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --license --modelfile --parameters --system --template --verbose -v --json --host" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        _fragua_models
      fi ;;
    cp)
      case "$previous" in
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --json --host" -- "$current"))
      else
        _fragua_models
      fi ;;
    rm)
      case "$previous" in
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --json --host" -- "$current"))
      else
        _fragua_models
      fi ;;
    stop)
      case "$previous" in
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --json --host" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        _fragua_models
      fi ;;
    embed)
      case "$previous" in
        --dimensions) :; return ;;
        --keepalive) :; return ;;
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --dimensions --keepalive --no-truncate --json --host" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        _fragua_models
      fi ;;
    bench)
      case "$previous" in
        -n|--runs) :; return ;;
        --prompt-words) :; return ;;
        --tokens) :; return ;;
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --runs -n --prompt-words --tokens --json --host" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        _fragua_models
      fi ;;
    eval)
      case "$previous" in
        --half) :; return ;;
        --format) :; return ;;
        --system) :; return ;;
        -o|--option) :; return ;;
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --half --format --system --option -o --json --host" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        _fragua_models
      else
        compopt -o default
      fi ;;
    documents|docs)
      case "$previous" in
        --password-file) compopt -o default; return ;;
        --model) _fragua_models; return ;;
        --limit) :; return ;;
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --recursive -r --mirror --all --password-file --model --limit --json --host" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        COMPREPLY=($(compgen -W "list add watch ask search rm retry collections create" -- "$current"))
      else
        compopt -o default
      fi ;;
    catalogue)
      case "$previous" in
        -m|--mapping) compopt -o default; return ;;
        --kind) COMPREPLY=($(compgen -W "search chat" -- "$current")); return ;;
        --size) :; return ;;
        --seed) :; return ;;
        --part) COMPREPLY=($(compgen -W "all train validation" -- "$current")); return ;;
        --format) COMPREPLY=($(compgen -W "conversations llama3 messages" -- "$current")); return ;;
        --host) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --mapping -m --replace-models --kind --size --seed --part --format --json --host" -- "$current"))
      fi ;;
    config)
      case "$previous" in
        --config) compopt -o default; return ;;
        --set) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --explain --config --set --json" -- "$current"))
      fi ;;
    openapi)
      case "$previous" in
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help" -- "$current"))
      fi ;;
    backup)
      case "$previous" in
        --config) compopt -o default; return ;;
        --set) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --config --set --json" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        compopt -o default
      fi ;;
    restore)
      case "$previous" in
        --config) compopt -o default; return ;;
        --set) :; return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help --config --set --json" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        compopt -o default
      fi ;;
    completion)
      case "$previous" in
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help" -- "$current"))
      elif ((cword == 2)) || [[ $previous == -* ]]; then
        COMPREPLY=($(compgen -W "bash zsh fish" -- "$current"))
      fi ;;
    man)
      case "$previous" in
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help" -- "$current"))
      fi ;;
    help)
      case "$previous" in
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--help" -- "$current"))
      else
        COMPREPLY=($(compgen -W "$commands" -- "$current"))
      fi ;;
  esac
}
complete -F _fragua fragua
