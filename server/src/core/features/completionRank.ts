/** Which of the fields that fit an author most likely means: told by what rules use, and by what this one uses already. */
import { type FieldSlot } from "../query/expectation.ts";

export interface RankContext {
  /** How often rules use a field. */
  readonly useCount: (name: string) => number;
  /** Fields that the rule names already. */
  readonly present: ReadonlySet<string>;
  readonly slot: Pick<FieldSlot, "role" | "below" | "taken">;
  readonly platforms: ReadonlySet<Platform>;
}

export type Platform = "windows" | "linux" | "macos";

/** `own`: in the schemas that the rule reads. `common`: in ECS. `other`: of data sources that it does not name. */
export type Standing = "own" | "common" | "other";

export interface FieldFacts {
  readonly standing: Standing;
  /** How often fields with the same last part are used. */
  readonly leafCount: number;
  /** Another index of a field: rules name the field itself. */
  readonly isOtherIndex: boolean;
}

/** The higher, the more likely. Counts weigh by their order of magnitude, as does everything else. */
export function likelihood(name: string, facts: FieldFacts, context: RankContext): number {
  const { standing, leafCount, isOtherIndex } = facts;
  const useCount = context.useCount(name);
  const leafWeight = useCount === 0 ? 0.05 : 0.1;
  return (
    Math.log2(1 + useCount) +
    leafWeight * Math.log2(1 + leafCount) +
    STANDING_WEIGHT[standing] +
    presence(name, context) +
    roleWeight(name, context) +
    platformWeight(name, context) -
    (isOtherIndex ? 2 : 0) -
    0.02 * name.length
  );
}

const STANDING_WEIGHT: Readonly<Record<Standing, number>> = { own: 1, common: 0, other: -4 };

/** What a rule uses it goes on using, but not in conditions that hold together. */
function presence(name: string, { present, slot }: RankContext): number {
  if (slot.taken.includes(name)) return 2;
  if (present.has(name)) return 5;
  if (hasSibling(name, present)) return 1;
  return hasRelative(name, present) ? 0.6 : 0;
}

/** A field of the same data set or inner object: `azure.signinlogs.` stands before both names. */
function hasRelative(name: string, present: ReadonlySet<string>): boolean {
  const end = name.indexOf(".", name.indexOf(".") + 1) + 1;
  if (end === 0) return false;
  const stem = name.slice(0, end);
  for (const one of present) if (one.startsWith(stem)) return true;
  return false;
}

/** Fields of one inner object are used together: `process.code_signature.exists` beside `….trusted`. */
function hasSibling(name: string, present: ReadonlySet<string>): boolean {
  const parent = name.slice(0, name.lastIndexOf(".") + 1);
  if (parent.indexOf(".") === parent.length - 1) return false;
  for (const one of present) if (one.startsWith(parent) && one.indexOf(".", parent.length) < 0) return true;
  return false;
}

const IDENTITY = /(?:^|\.)(?:entity_id|id|pid|ip|guid|name)$/;

/** Events are joined by what identifies something. */
function roleWeight(name: string, { slot }: RankContext): number {
  if (slot.role === "key") return IDENTITY.test(name) ? 4 : 0;
  return /(?:^|\.)entity_id$/.test(name) ? -10 : 0;
}

interface PlatformFields {
  readonly pattern: RegExp;
  readonly platforms: readonly Platform[];
  /** Of fields that other platforms have too, but whose rules read them less. */
  readonly isShared: boolean;
}

const PLATFORM_FIELDS: readonly PlatformFields[] = [
  { pattern: /effective_parent|code_signature/, platforms: ["windows", "macos"], isShared: false },
  {
    pattern: /^(?:registry|winlog|dll|powershell|sysmon)\.|\.pe\.|\.token\.|relative_file/,
    platforms: ["windows"],
    isShared: false,
  },
  {
    pattern: /_leader|\.interactive$|\.tty|env_vars|^auditd\.|^user\.effective|working_directory/,
    platforms: ["linux", "macos"],
    isShared: false,
  },
  { pattern: /args_count/, platforms: ["linux", "macos"], isShared: true },
];

function platformWeight(name: string, { platforms }: RankContext): number {
  if (platforms.size === 0) return 0;
  const found = PLATFORM_FIELDS.find(({ pattern }) => pattern.test(name));
  if (found === undefined) return 0;
  if (found.platforms.some((one) => platforms.has(one))) return 2;
  return found.isShared ? 0 : -3;
}
