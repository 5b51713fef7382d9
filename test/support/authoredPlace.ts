/**
 * Reads what a fixture says of the place of its rule. `place`: its path, what its repository decides, the day.
 * `base`: the file where the branch began. `neighbours`: the other files of the workspace, by path.
 */
import { parse } from "yaml";
import { NO_REPOSITORY, type Repository } from "../../server/src/core/knowledge/repository.ts";
import { ruleRecords } from "../../server/src/core/knowledge/ruleRecords.ts";
import { type FixtureCase } from "./fixture.ts";

export interface Place {
  readonly path?: string;
  readonly repository?: Repository;
  readonly today?: string;
  readonly baseText?: string;
  readonly neighbours?: ReadonlyMap<string, string>;
}

/** The shape of a block, in YAML. */
interface Authored {
  readonly path?: string;
  readonly kind?: Repository["kind"];
  readonly bypasses?: readonly (typeof NO_REPOSITORY.bypasses extends ReadonlySet<infer B> ? B : never)[];
  readonly omitsTacticInFileName?: boolean;
  readonly normalizesKqlKeywords?: boolean;
  readonly bypassesVersionLock?: boolean;
  readonly newestStack?: string;
  readonly oldestStack?: string;
  readonly exempt?: readonly string[];
  readonly today?: string;
  /** `version.lock.json` and `deprecated_rules.json`: what they say of each rule id. */
  readonly versionLock?: unknown;
  readonly deprecatedRules?: unknown;
}

export function placeOfCase(one: FixtureCase | undefined): Place {
  const blockOf = (language: string): string | undefined =>
    one?.blocks.find((block) => block.language === language)?.text;
  const [base, neighbours] = [blockOf("base"), blockOf("neighbours")];
  return {
    ...authoredPlace(blockOf("place")),
    ...(base === undefined ? {} : { baseText: base }),
    // A fixture that misuses it fails on what it expects.
    ...(neighbours === undefined
      ? {}
      : { neighbours: new Map(Object.entries(parse(neighbours) as Record<string, string>)) }),
  };
}

function authoredPlace(block: string | undefined): Place {
  if (block === undefined) return {};
  // A fixture that misuses it fails on what it expects.
  const { path, bypasses, exempt, today, versionLock, deprecatedRules, ...rest } = parse(block) as Authored;
  const repository: Repository = {
    ...NO_REPOSITORY,
    ...rest,
    bypasses: new Set(bypasses ?? []),
    isExempt: (id) => exempt?.includes(id) ?? false,
    records: ruleRecords({
      versionLock: versionLock === undefined ? undefined : JSON.stringify(versionLock),
      deprecatedRules: deprecatedRules === undefined ? undefined : JSON.stringify(deprecatedRules),
    }),
  };
  return { ...(path === undefined ? {} : { path }), ...(today === undefined ? {} : { today }), repository };
}
