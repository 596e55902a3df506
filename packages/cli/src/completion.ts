import addTab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { say } from './output/terminal.ts';

/**
 * Adds `complete`: the scripts of shells, and what they ask at each TAB. That for bash is our own: the library's needs the package
 * bash-completion, and cannot be sourced twice.
 */
export function addCompletion(program: Command): void {
  const root = addTab(program);
  const ofLibrary = root.setup.bind(root);
  root.setup = (name, executable, shell) => (shell === 'bash' ? say(BASH) : ofLibrary(name, executable, shell));
}

/**
 * Asks with the words as they stand up to the cursor. Bash takes `:` and `=` for ends of words, so that what stands before them is
 * there already. Where nothing is known, names of files are offered. Bash 3.2 is enough.
 */
const BASH = `# bash completion for hookswitch
_hookswitch_complete() {
  local line=\${COMP_LINE:0:COMP_POINT} words word there answer candidate
  read -r -a words <<< "$line"
  case $line in *' ') words+=('') ;; esac
  word=\${words[\${#words[@]} - 1]}
  there=\${word%"\${word##*[:=]}"}
  COMPREPLY=()
  answer=$(hookswitch complete -- "\${words[@]:1}" 2> /dev/null) || return
  while IFS= read -r candidate; do
    candidate=\${candidate%%$'\\t'*}
    case $candidate in
      :*) ;;
      "$word"*) COMPREPLY+=("\${candidate#"$there"}") ;;
      *) case $word in *=*) COMPREPLY+=("$candidate") ;; esac ;;
    esac
  done <<< "$answer"
}
complete -o default -F _hookswitch_complete hookswitch`;
