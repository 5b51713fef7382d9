/** A tenth of `npm run fuzz`. */
import { expect, test } from "vitest";
import { deletions, oddInputs, prefixes } from "./fuzz/campaigns.ts";
import { randomEdits } from "./fuzz/edits.ts";
import { editorRequests } from "./fuzz/requests.ts";

const options = { seed: 1, share: 0.1 };

test("odd inputs neither crash nor hang", () => {
  expect(oddInputs().problems).toEqual([]);
});

test("no prefix of a rule crashes, hangs or yields a wild span", () => {
  expect(prefixes(options).problems).toEqual([]);
});

test("no deleted character crashes, hangs or yields a wild span", () => {
  expect(deletions(options).problems).toEqual([]);
});

test("the server survives random edits and ends as after a fresh start", async () => {
  expect((await randomEdits(options)).problems).toEqual([]);
});

test("whatever an editor asks about a broken rule is answered with places in it", async () => {
  expect((await editorRequests(options)).problems).toEqual([]);
});
