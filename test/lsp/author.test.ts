/** New and imported rules, as an editor asks for them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AuthorRequests } from "../../server/src/lsp/protocolAuthor.ts";
import { type WireClient, startWire } from "../support/wire.ts";

let client: WireClient;
beforeAll(async () => {
  client = await startWire();
});
afterAll(() => client.stop());

function ask<M extends keyof AuthorRequests>(
  method: M,
  params: AuthorRequests[M]["params"],
): Promise<AuthorRequests[M]["result"]> {
  return client.connection.sendRequest(method, params ?? undefined);
}

const ORDER = {
  kind: "threshold",
  source: "okta-system",
  name: "Many Logins",
  author: "Jo",
  tactic: null,
  technique: "T1110.003",
};

test("every choice that is offered can be taken", async () => {
  const { kinds, sources, tactics, techniques } = await ask("rules/choices", undefined);
  expect([kinds.length, tactics.length]).toEqual([8, 14]);
  expect(sources.length).toBeGreaterThan(10);
  expect(techniques.find(({ id }) => id === "T1110.003")).toEqual({
    id: "T1110.003",
    label: "Password Spraying",
    detail: "T1110.003",
    tactics: ["TA0006"],
  });
  const created = await ask("rules/create", ORDER);
  expect(created?.fileName).toBe("credential_access_many_logins.toml");
  expect(created?.text).toContain('name = "Password Spraying"');
});

test("what is no choice is refused in words", async () => {
  await expect(ask("rules/create", { ...ORDER, technique: "T9" })).rejects.toThrow("has no technique `T9`");
});

test("a text without rules gives the reason", async () => {
  expect(await ask("rules/import", { text: "nothing" })).toMatchObject({
    rules: [],
    problems: [expect.stringMatching(/^There is no rule/)],
  });
});
