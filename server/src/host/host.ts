/** The world outside the core, as the adapters see it. One implementation per platform. */

export interface Host {
  /** The bytes of a file; undefined if there is none or it cannot be read. */
  readFile(path: string): Promise<Uint8Array | undefined>;
  isFolder(path: string): Promise<boolean>;
  /** Whether anything stands there, be it a file or not, and be it readable or not. */
  isThere(path: string): Promise<boolean>;
  /** A file of the package, such as `data/versions.json`. */
  readPackaged(path: string): Promise<string>;
  /** Where a file of the package stands, as a URI that an editor can open. */
  packagedUri(path: string): string;
  /** The folder above; undefined at the top. */
  parentOf(path: string): string | undefined;
  join(folder: string, name: string): string;
  /** `path` as it is if it is absolute, else counted from `folder`. */
  resolve(folder: string, path: string): string;
}

/** A host that may also change files: what the command line needs, and the server must not have. */
export interface WritableHost extends Host {
  /**
   * Replaces what a file holds, all of it or nothing; its mode stays, and a link to it stays a link.
   * Gives the system's code, such as EACCES, if it cannot be done.
   */
  replaceFile(path: string, text: string): Promise<string | undefined>;
}

export interface DecodedText {
  readonly text: string;
  /** Offset of the first character that stands for bytes which are no UTF-8. */
  readonly notUtf8At: number | undefined;
}

/** Decodes UTF-8. Bytes that are none become U+FFFD, and the place of the first is told. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return { text: strict.decode(bytes), notUtf8At: undefined };
  } catch {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return { text, notUtf8At: Math.max(text.indexOf("\uFFFD"), 0) };
  }
}
