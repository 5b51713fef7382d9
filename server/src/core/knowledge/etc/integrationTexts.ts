/**
 * Cuts the text of `integration-schemas.json` into the texts of its streams, without reading those that nobody wants.
 *
 * The file is an object of packages of versions of streams of fields, 113 MB of it, of which a twentieth is needed.
 * It comes in pieces; what is not wanted is passed over as quickly as its brackets can be counted.
 */
import { type Result } from "../../base/result.ts";

/** Yields when it wants the next piece of the text, and is given undefined at its end. */
export type PieceReader<T> = Generator<undefined, T, string | undefined>;

/** The texts of what stands in one version: an object of fields for a stream, a list of ids for `jobs`. */
export type StreamTexts = ReadonlyMap<string, string>;

export interface TextsWanted {
  /** Asked once at the beginning of each version. */
  isWanted(packageName: string, version: string): boolean;
  /** Called at the end of each version that was wanted. */
  onVersion(packageName: string, version: string, streams: StreamTexts): void;
}

/** What is wrong with single packages and versions, else why the text as a whole cannot be read. */
export type TextsRead = Result<readonly string[], string>;

export function* integrationTexts({ isWanted, onVersion }: TextsWanted): PieceReader<TextsRead> {
  const cursor: Cursor = { piece: "", at: 0, isOver: false };
  const problems: string[] = [];

  function* packageMember(packageName: string): PieceReader<boolean> {
    if ((yield* nextCharacter(cursor)) !== OPEN_OBJECT) {
      problems.push(`has no table of versions under \`${packageName}\``);
      return yield* passValue(cursor);
    }
    return yield* passMembers(cursor, (version) => versionMember(packageName, version));
  }

  function* versionMember(packageName: string, version: string): PieceReader<boolean> {
    if (!isWanted(packageName, version)) return yield* passValue(cursor);
    if ((yield* nextCharacter(cursor)) !== OPEN_OBJECT) {
      problems.push(`has no table of streams under \`${packageName}\`, \`${version}\``);
      return yield* passValue(cursor);
    }
    const streams = new Map<string, string>();
    const isWhole = yield* passMembers(cursor, (stream) =>
      takeValue(cursor, (text) => streams.set(stream, text)),
    );
    if (isWhole) onVersion(packageName, version, streams);
    return isWhole;
  }

  if ((yield* nextCharacter(cursor)) !== OPEN_OBJECT)
    return { ok: false, error: "holds no table of packages" };
  const isWhole = yield* passMembers(cursor, packageMember);
  if (isWhole && (yield* nextCharacter(cursor)) === undefined) return { ok: true, value: problems };
  return { ok: false, error: cursor.isOver ? "is JSON that ends too early" : "is no JSON" };
}

interface Cursor {
  piece: string;
  at: number;
  /** There are no more pieces. */
  isOver: boolean;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const LAST_BLANK = 0x20;

/** The character that stands next, blanks passed over; undefined at the end of the text. */
function* nextCharacter(cursor: Cursor): PieceReader<number | undefined> {
  for (;;) {
    while (cursor.at < cursor.piece.length) {
      const code = cursor.piece.charCodeAt(cursor.at);
      if (LAST_BLANK < code) return code;
      cursor.at++;
    }
    if (!(yield* nextPiece(cursor))) return undefined;
  }
}

function* nextPiece(cursor: Cursor): PieceReader<boolean> {
  const piece = cursor.isOver ? undefined : yield undefined;
  cursor.isOver = piece === undefined;
  cursor.piece = piece ?? "";
  cursor.at = 0;
  return piece !== undefined;
}

/** Passes over an object, and gives each of its keys to who reads the value; false if it is no JSON. */
function* passMembers(
  cursor: Cursor,
  readValue: (key: string) => PieceReader<boolean>,
): PieceReader<boolean> {
  cursor.at++;
  if ((yield* nextCharacter(cursor)) === CLOSE_OBJECT) {
    cursor.at++;
    return true;
  }
  for (;;) {
    const key = yield* keyOf(cursor);
    if (key === undefined || (yield* nextCharacter(cursor)) !== COLON) return false;
    cursor.at++;
    if (!(yield* readValue(key))) return false;
    const after = yield* nextCharacter(cursor);
    if (after !== COMMA && after !== CLOSE_OBJECT) return false;
    cursor.at++;
    if (after === CLOSE_OBJECT) return true;
  }
}

function* keyOf(cursor: Cursor): PieceReader<string | undefined> {
  if ((yield* nextCharacter(cursor)) !== QUOTE) return undefined;
  let text = "";
  if (!(yield* takeValue(cursor, (taken) => (text = taken)))) return undefined;
  const key = parsedJson(text);
  return key.ok && typeof key.value === "string" ? key.value : undefined;
}

/** The value of a text, if it is JSON. */
export function parsedJson(text: string): Result<unknown, undefined> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, error: undefined };
  }
}

/** Passes over one value; false if the text ends within it. */
function passValue(cursor: Cursor): PieceReader<boolean> {
  return takeValue(cursor, undefined);
}

/** No stream comes near; what is longer is not what it says. */
const LONGEST_VALUE = 32 * 1024 * 1024;

/** Passes over one value, and gives its text away where somebody wants it. */
function* takeValue(cursor: Cursor, take: ((text: string) => void) | undefined): PieceReader<boolean> {
  if ((yield* nextCharacter(cursor)) === undefined) return false;
  const state: ValueState = { depth: 0, isInString: false, isEscaped: false, isWhole: false };
  const parts: string[] = [];
  let length = 0;
  for (;;) {
    const start = cursor.at;
    cursor.at = passedOver(cursor.piece, start, state);
    if (take !== undefined) {
      parts.push(cursor.piece.slice(start, cursor.at));
      length += cursor.at - start;
      if (LONGEST_VALUE < length) return false;
    }
    if (state.isWhole) break;
    if (!(yield* nextPiece(cursor))) return false;
  }
  take?.(parts.join(""));
  return true;
}

interface ValueState {
  /** Brackets that are open. */
  depth: number;
  isInString: boolean;
  /** The character before was a backslash within a string. */
  isEscaped: boolean;
  isWhole: boolean;
}

/** Where the value ends in a piece, else the end of the piece. This loop sees every character of the file. */
function passedOver(piece: string, from: number, state: ValueState): number {
  let { depth, isInString, isEscaped } = state;
  let at = from;
  let isWhole = false;
  for (; at < piece.length && !isWhole; at++) {
    const code = piece.charCodeAt(at);
    if (isInString) {
      if (isEscaped) isEscaped = false;
      else if (code === BACKSLASH) isEscaped = true;
      else if (code === QUOTE) {
        isInString = false;
        isWhole = depth === 0;
      }
    } else if (code === QUOTE) isInString = true;
    else if (code === OPEN_OBJECT || code === OPEN_LIST) depth++;
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      // A number or a word ends before the bracket that closes what it stands in.
      if (depth === 0) return ended(state, at);
      isWhole = --depth === 0;
    } else if (depth === 0 && (code === COMMA || code <= LAST_BLANK)) return ended(state, at);
  }
  state.depth = depth;
  state.isInString = isInString;
  state.isEscaped = isEscaped;
  state.isWhole = isWhole;
  return at;
}

function ended(state: ValueState, at: number): number {
  state.isWhole = true;
  return at;
}
