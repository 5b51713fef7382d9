/** Which operating system a rule is about. */
import { type RuleDocument } from "../../rule/model.ts";
import { textsIn } from "../run/settings.ts";
import { type System } from "./believable.ts";

/** As the query says, else the rule's tags, else by what paths and names look like. */
export function systemOf({ rule }: RuleDocument, query: string): System {
  const [, named] =
    /host\.os\.(?:type|family|platform)\s*(?:==|:|in|like~?)\s*\(?\s*"?([a-z]+)"?/i.exec(query) ?? [];
  const byName = SYSTEMS.get(named?.toLowerCase() ?? "");
  if (byName !== undefined) return byName;
  const tags = rule === undefined ? [] : (textsIn(rule, "tags") ?? []);
  for (const [name, system] of TAGS) if (tags.includes(`OS: ${name}`)) return system;
  if (/\.exe\b|\.dll\b|registry|\\\\|winlog|[A-Z?]:\\/i.test(query)) return "windows";
  return "linux";
}

const SYSTEMS: ReadonlyMap<string, System> = new Map([
  ["windows", "windows"],
  ["linux", "linux"],
  ["macos", "macos"],
  ["darwin", "macos"],
]);

const TAGS: readonly (readonly [string, System])[] = [
  ["Windows", "windows"],
  ["Linux", "linux"],
  ["macOS", "macos"],
];
