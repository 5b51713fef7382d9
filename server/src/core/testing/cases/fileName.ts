/** What the names of test files say: `credential_access_foo.match.procdump.ndjson`. */
import { closestWord } from "../../base/closest.ts";

/** `events`: scratch, of which nothing is expected. */
export type CaseKind = "match" | "nomatch" | "events";

export type TestFileName =
  | {
      readonly kind: "events";
      readonly stem: string;
      readonly expect: CaseKind;
      /** A known miss. */
      readonly isTodo: boolean;
      /** What the author called the case; empty if nothing. */
      readonly label: string;
      readonly isCompressed: boolean;
    }
  | { readonly kind: "manifest"; readonly stem: string }
  /** Stands where tests stand, and is none; `meant` is the name that it was probably meant to have. */
  | { readonly kind: "other"; readonly problem: string; readonly meant: string | undefined };

const EVENT_FILE = /^(.+?)\.(match|nomatch|todo|events)(?:\.(.+))?\.ndjson(\.gz)?$/;
const MANIFEST = /^(.+)\.test\.ya?ml$/;

/** The name without its folder. Undefined: it is not about tests. `stems` are those of the rules nearby. */
export function testFileName(name: string, stems: ReadonlySet<string>): TestFileName | undefined {
  const manifest = MANIFEST.exec(name);
  if (manifest?.[1] !== undefined) return { kind: "manifest", stem: manifest[1] };
  const stem = longestStem(name, stems);
  const match = stem === undefined ? EVENT_FILE.exec(name) : inStem(name, stem);
  const [, found = "", word = "", rest = "", gz] = match ?? [];
  if (match === null) return otherFile(name, stem);
  const labels = rest.split(".").filter((part) => part !== "");
  const isTodo = word === "todo" || labels.includes("todo");
  const expect = word === "nomatch" ? "nomatch" : word === "events" ? "events" : "match";
  const label = labels.filter((part) => part !== "todo").join(".");
  return { kind: "events", stem: found, expect, isTodo, label, isCompressed: gz !== undefined };
}

/** The stem of a rule may hold `.match.` itself. */
function longestStem(name: string, stems: ReadonlySet<string>): string | undefined {
  for (let dot = name.lastIndexOf("."); 0 < dot; dot = name.lastIndexOf(".", dot - 1)) {
    if (stems.has(name.slice(0, dot))) return name.slice(0, dot);
  }
  return undefined;
}

function inStem(name: string, stem: string): RegExpExecArray | null {
  const match = EVENT_FILE.exec(`x${name.slice(stem.length)}`);
  if (match !== null) match[1] = stem;
  return match;
}

const KINDS = ["match", "nomatch", "todo", "events"];

/** Names that begin as a rule's do, or that Elastic's loader would take for rules. */
function otherFile(name: string, stem: string | undefined): TestFileName | undefined {
  const [, begun = "", word = "", extension = ""] =
    /^(.+?)\.([\w-]+)(?:\.[\w-]+)*\.(ndjson|jsonl|json|ya?ml)(?:\.gz)?$/.exec(name) ?? [];
  const kind = closestWord(word, KINDS);
  const isEvents = KINDS.includes(word);
  if (extension === "json" && isEvents) {
    const problem = "Elastic's loader takes files of JSON beside rules for rules";
    return { kind: "other", problem, meant: name.replace(/\.json$/, ".ndjson") };
  }
  if (extension === "jsonl" && isEvents) {
    return {
      kind: "other",
      problem: "Events stand in files of `.ndjson`",
      meant: name.replace(/\.jsonl/, ".ndjson"),
    };
  }
  if (extension !== "ndjson" || (stem === undefined && kind === undefined)) return undefined;
  const problem = `Unknown kind \`${word}\`: expected ${KINDS.map((one) => `\`.${one}\``).join(", ")}`;
  const meant = kind === undefined ? undefined : name.replace(`${begun}.${word}`, `${begun}.${kind}`);
  return { kind: "other", problem, meant };
}

/** What is shown for a case that has no manifest: "match", "match: procdump". */
export function caseName(expect: CaseKind, label: string): string {
  return label === "" ? expect : `${expect}: ${label}`;
}
