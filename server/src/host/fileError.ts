/** Tells what the file system refuses from our own mistakes. */

/** Says nothing of the file: too much is open at once. */
const OF_THE_PROCESS: ReadonlySet<string> = new Set(["EMFILE", "ENFILE"]);

/** What a call to the system gives, such as ENOENT; an argument that no call was made with is our bug. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return (
    error instanceof Error &&
    "syscall" in error &&
    "code" in error &&
    typeof error.code === "string" &&
    !OF_THE_PROCESS.has(error.code)
  );
}
