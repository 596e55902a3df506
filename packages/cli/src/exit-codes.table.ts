/** How the program ends, for scripts. They stand in docs/command-line.md and in `hookswitch --help`. */
export const EXIT_CODES = {
  DONE: 0,
  FAILED: 1,
  USAGE: 2,
  UNREACHABLE: 3,
  NOT_ALLOWED: 4,
  OUTCOME_UNKNOWN: 5,
} as const;

/** One of {@link EXIT_CODES}. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** What each of them says. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'done',
  1: 'it failed: the phone, the gateway or a file said no',
  2: 'the command line was not understood',
  3: 'the gateway cannot be reached',
  4: 'the key is not taken, or has not the scope',
  5: 'whether the phone did it is not known',
};
