/** Every whole rule that is offered in an empty file, accepted: it is a rule, and nothing is wrong with it. */
import { expect, test } from "vitest";
import { NEW_RULE_KINDS } from "../server/src/core/author/newRule.ts";
import { hasTabStops } from "../server/src/core/text/snippet.ts";
import { diagnose, ELASTIC, knowledge } from "./support/analyse.ts";
import { accepted, completionsIn } from "./support/complete.ts";

test.each(NEW_RULE_KINDS)("$label", ({ label }) => {
  const item = completionsIn("", 0).find((one) => one.label === `New rule: ${label}`);
  if (item === undefined) throw new Error("It is not offered");
  expect(hasTabStops(item.snippet)).toBe(true);
  const text = `${accepted("", item)}\n`;
  const found = diagnose(text, ELASTIC, knowledge, { path: "rules/windows/x.toml", today: "2026/08/01" });
  expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
});
