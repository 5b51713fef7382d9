/** What Elastic's tooling refuses, and which checks of ours stand for it. */
import { expect, test } from "vitest";
import { UPSTREAM } from "../../scripts/gen/upstream.ts";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";

const rows = UPSTREAM.flatMap(({ checks }) => checks);
const told = new Set(CHECKS.flatMap(({ upstream }) => upstream ?? []));

test("each of theirs is named once", () => {
  expect(rows.length).toBeGreaterThan(130);
  expect(rows.map(({ id }) => id)).toEqual([...new Set(rows.map(({ id }) => id))]);
});

test.each(rows)("$id has a check of ours, or a reason why not", ({ id, absent }) => {
  expect(told.has(id)).toBe(absent === undefined);
});

test.each(CHECKS.filter(({ upstream }) => upstream !== undefined))(
  "$id stands for what there is",
  ({ upstream }) => {
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([...(upstream ?? [])]));
  },
);
