/** `required_fields`: the fields that the query names, with their types, as Elastic's build derives them. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { type JsonObject } from "../engine/event.ts";
import { type FieldScope } from "../knowledge/scope.ts";
import { type Target } from "../knowledge/targets.ts";

/** Of a query in EQL or KQL: ES|QL tells its fields only on a stack, and Lucene none. */
export function requiredFields({ facts }: SnapshotQuery, scope: FieldScope): readonly JsonObject[] {
  const names = [...new Set(facts.fields.map(({ name }) => name))].sort();
  return names.map((name) => {
    const ecs = ecsType(scope, name);
    return { ecs: ecs !== undefined, name, type: ecs ?? otherType(scope, name) ?? "unknown" };
  });
}

/** By the newest stack. */
function ecsType({ schemas, catalog }: FieldScope, name: string): string | undefined {
  const newest = schemas?.stacks.findLast(({ ecs }) => ecs !== undefined)?.ecs;
  return newest === undefined ? catalog.get(name)?.type : newest.typeOf(name);
}

/** Packages count before Beats, and Endgame last. */
const ORDER: readonly Target["kind"][] = ["integration", "stack", "endgame"];

function otherType(scope: FieldScope, name: string): string | undefined {
  const parts = [...scope.subject.parts.keys(), "whole" as const];
  for (const kind of ORDER) {
    for (const part of parts) {
      for (const target of scope
        .targets(part)
        .filter((one) => one.kind === kind)
        .toReversed()) {
        const type = scope.typeIn(target, name)?.type;
        if (type !== undefined) return type;
      }
    }
  }
  if (scope.schemas !== undefined) return undefined;
  const answer = scope.answer(name, "whole");
  return answer.kind === "known" ? answer.type : undefined;
}
