/** Exit codes of the command line, a stable promise. */
export const EXIT = { clean: 0, problems: 1, usage: 2, internal: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Something the caller did wrong: told in one sentence, exit code 2. */
export class UsageError extends Error {}
