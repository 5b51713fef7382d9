/** Which schemas a rule is tried against: fixtures declare small ones, and list the targets of each part of the query. */
import { describe, expect, test } from "vitest";
import { ELASTIC, knowledgeWith, snapshot } from "../support/analyse.ts";
import { fixturesIn } from "../support/fixture.ts";

describe.each(fixturesIn("targets"))("$id", ({ cases }) => {
  test.each(cases)("$name", ({ blocks }) => {
    const textOf = (language: string): string =>
      blocks.find((block) => block.language === language)?.text ?? "";
    const [query] = snapshot(textOf("toml"), ELASTIC, knowledgeWith(textOf("schemas"))).queries();
    const scope = query?.scope();
    const parts = scope?.subject.parts ?? [];
    const found = parts.flatMap((_part, i) =>
      (scope?.targets(i) ?? []).map(
        ({ kind, label, isComplete, isEnforced, schemas }) =>
          `${i} ${kind}: ${label}${isComplete ? "" : ", incomplete"}${isEnforced ? "" : ", not enforced"} (${schemas.map(({ name }) => name).join(", ")})`,
      ),
    );
    expect(`${found.join("\n")}\n`).toBe(textOf("targets"));
  });
});
