/** The operating systems that a rule is about, as far as it says so itself. */
import { type QueryFacts } from "../query/facts.ts";
import { type RuleDocument } from "../rule/model.ts";
import { type Platform } from "./completionRank.ts";

const PLATFORMS: readonly Platform[] = ["windows", "linux", "macos"];

export function platformsOf({ rule }: RuleDocument, { equalities }: QueryFacts): ReadonlySet<Platform> {
  const inQuery = equalities.filter(({ field }) => field === "host.os.type").map(({ value }) => value);
  const named = inQuery.length === 0 ? inTags(rule?.byName.get("tags")?.value) : inQuery;
  return new Set(PLATFORMS.filter((platform) => named.includes(platform)));
}

/** `OS: Linux` */
function inTags(
  tags: NonNullable<RuleDocument["rule"]>["entries"][number]["value"] | undefined,
): readonly string[] {
  if (tags?.kind !== "array") return [];
  return tags.items.flatMap((tag) =>
    tag.kind === "string" && tag.value.startsWith("OS: ") ? [tag.value.slice(4).toLowerCase()] : [],
  );
}
