/** Every public rule, built for Kibana: those that were not changed since have the hash that Elastic's lock file has for them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { apiRule } from "../../server/src/core/kibana/apiRule.ts";
import { builtRule } from "../../server/src/core/kibana/builtRule.ts";
import { builtStack, oldestStack } from "../../server/src/core/kibana/builtStack.ts";
import { keepsEverything } from "../../server/src/core/kibana/keepsEverything.ts";
import { type PackageManifests, readPackageManifests } from "../../server/src/core/kibana/packageVersions.ts";
import {
  type VersionLock,
  readVersionLock,
  shippedVersion,
} from "../../server/src/core/kibana/versionLock.ts";
import { lockHash } from "../../server/src/host/apiFacts.ts";
import { ELASTIC, snapshot } from "../support/analyse.ts";
import { knowledgeOfCheckout } from "../support/checkoutSchemas.ts";
import { corpusRules } from "../support/corpus.ts";
import { requiredFieldsSuite } from "./requiredFields.ts";
import { type ConformanceInput, type SuiteFailure, type SuiteOutcome } from "./suite.ts";

export function* apiSuites(input: ConformanceInput): Generator<SuiteOutcome> {
  const proven = new Set<string>();
  yield* versionLockSuite(input, proven);
  yield* requiredFieldsSuite(input, proven);
}

/** Fills `proven` with the paths of rules that are built to the letter as Elastic shipped them. */
function* versionLockSuite(
  { rules, schemas }: ConformanceInput,
  proven: Set<string>,
): Generator<SuiteOutcome> {
  if (rules === undefined || schemas === undefined) return;
  const { manifests, lock } = recordsOf(path.join(rules, "detection_rules/etc"));
  const facts = {
    manifests,
    versions: { kind: "lock", entryOf: (id: string) => lock.get(id), hashOf: lockHash },
    threatVersion: undefined,
  } as const;
  const failures: SuiteFailure[] = [];
  let [passed, skipped, index] = [0, 0, 0];
  for (const rule of corpusRules(rules)) {
    const read = snapshot(rule.text, ELASTIC, knowledgeOfCheckout(schemas));
    if (read.rule().isDeprecated) continue;
    index++;
    const built = builtRule(read, manifests);
    const id = built.rule["rule_id"];
    const entry = typeof id === "string" ? lock.get(id) : undefined;
    // What a stack alone tells, and packages that are not in the file.
    const isKnown = built.isExact || keepsEverything(built.rule);
    if (entry === undefined || !isKnown) {
      skipped++;
      continue;
    }
    const minStack = /^min_stack_version = "([^"]+)"/m.exec(rule.text)?.[1];
    const stacks = { built: builtStack(schemas), oldest: oldestStack(schemas, minStack) };
    const [expected, got] = [shippedVersion(entry, stacks), apiRule(read, facts)?.rule["version"]];
    if (got === expected) {
      passed++;
      proven.add(rule.path);
    } else failures.push({ index, name: rule.path, expected, got });
  }
  const notes = [`${passed} rules are built as they were shipped`];
  yield { suite: "api/version-lock", passed, failures, known: 0, skipped, notes };
}

function recordsOf(etcFolder: string): {
  readonly manifests: PackageManifests;
  readonly lock: VersionLock;
} {
  const bytes = gunzipSync(readFileSync(path.join(etcFolder, "integration-manifests.json.gz")));
  const lock = readFileSync(path.join(etcFolder, "version.lock.json"), "utf8");
  return {
    manifests: readPackageManifests(JSON.parse(bytes.toString("utf8"))),
    lock: readVersionLock(JSON.parse(lock)),
  };
}
