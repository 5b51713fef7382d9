/** Which cases there are, worked out anew only where names of files or manifests are others than before. */
import { type RulePlace } from "../../core/testing/cases/association.ts";
import { referencedFiles } from "../../core/testing/cases/manifestFiles.ts";
import {
  type PlannedTests,
  plannedTests,
  type ProjectOptions,
  readManifests,
  withNamed,
} from "../../host/testProject.ts";

export interface TestPlans {
  /** `key`: whose plan it is; the same value for as long as nothing changed. Undefined if it was stopped. */
  of(
    key: string,
    rules: readonly RulePlace[],
    files: readonly string[],
    options: ProjectOptions,
  ): Promise<PlannedTests | undefined>;
}

const MOST_PLANS = 64;

interface KeptPlan {
  /** What the plan rests on, beside the texts of manifests. */
  readonly places: string;
  readonly plan: PlannedTests;
  /** Files that manifests name, by manifest. */
  readonly named: NamedFiles;
}

type NamedFiles = ReadonlyMap<string, readonly string[]>;

export function testPlans(): TestPlans {
  const kept = new Map<string, KeptPlan>();

  function keep(key: string, plan: KeptPlan): void {
    kept.delete(key);
    kept.set(key, plan);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_PLANS) break;
      kept.delete(oldest);
    }
  }

  return {
    async of(key, rules, files, options) {
      const manifests = await readManifests(files, options);
      const known = kept.get(key);
      const named = namedBy(manifests, known);
      const all = await withNamed(files, [...named.values()].flat(), options);
      const places = JSON.stringify([rules.map(({ path, ruleId }) => [path, ruleId]), all, options.roots]);
      if (known?.places === places && haveSameTexts(known.plan.manifests, manifests)) {
        keep(key, known);
        return known.plan;
      }
      const plan = await plannedTests(rules, all, manifests, options);
      if (plan !== undefined) keep(key, { places, plan, named });
      return plan;
    },
  };
}

/** Manifests are long to read: those that are as they were are not read again. */
function namedBy(manifests: ReadonlyMap<string, string>, known: KeptPlan | undefined): NamedFiles {
  return new Map(
    [...manifests].map(([file, text]) => {
      const before = known?.plan.manifests.get(file) === text ? known.named.get(file) : undefined;
      return [file, before ?? referencedFiles(file, text)];
    }),
  );
}

function haveSameTexts(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([file, text]) => other.get(file) === text);
}
