/** What a server answers, with nothing in it that could be taken for a text of the client: all words are Greek. */
import { type Requests, type TestRequests } from "../../server/src/lsp/protocol.ts";
import { type AuthorRequests } from "../../server/src/lsp/protocolAuthor.ts";
import { type NavigationRequests } from "../../server/src/lsp/protocolNavigation.ts";
import { type QueryRequests } from "../../server/src/lsp/protocolQuery.ts";
import { type ViewRequests, type ViewedTechnique } from "../../server/src/lsp/protocolViews.ts";

type Asked = Requests & TestRequests & AuthorRequests & NavigationRequests & QueryRequests & ViewRequests;

export type Answers = { readonly [Method in keyof Asked]: Asked[Method]["result"] };

const RULE = "file:///δ/δ.toml";
const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const OUTCOMES = ["passed", "failed", "unsupported", "todo", "error", "scratch"] as const;
const STATES = ["complete", "partial", "missing", "broken"] as const;

/** Everything that is asked for is there, so many times. */
export function fullAnswers(count: number): Answers {
  const rules = Array.from({ length: count }, (_, i) => ({ uri: `${RULE}?${i}`, name: "ρ", detail: "λ" }));
  const indexes = rules.map((_, i) => i);
  const choice = { id: "1", label: "κ", detail: "λ" };
  const cases = OUTCOMES.map((outcome) => ({ id: `δ ${OUTCOMES.indexOf(outcome)}`, outcome }));
  const events = [true, false].map((alerts) => ({ uri: RULE, line: 1, label: "ε", detail: "λ", alerts }));
  return {
    "checks/list": [{ id: "κ", severity: "σ", summary: "π", page: RULE }],
    "server/info": {
      version: "1",
      runtime: "ν",
      status: { state: "ready", fields: "φ", attack: "τ", message: undefined },
      openDocuments: 1,
      checks: 1,
    },
    "knowledge/list": (["embedded", "checkout", "downloaded"] as const).map((name) => ({
      name,
      source: "π",
      parts: STATES.map((state) => ({ name: "μ", detail: "λ", state, problem: null })),
    })),
    "knowledge/update": { ok: true, revision: "α", fileCount: count },
    "tests/list": {
      rules: [
        {
          uri: RULE,
          name: "ρ",
          line: 0,
          cases: cases.map(({ id, outcome }) => ({
            ...{ id, name: "χ", uri: RULE, line: 0 },
            isTodo: outcome === "todo",
            isScratch: outcome === "scratch",
          })),
        },
      ],
      problems: [],
    },
    "tests/run": {
      reports: cases.map(({ id, outcome }) => ({
        ...{ id, outcome, message: count === 1 ? null : "μ", expected: "α", actual: "β" },
        ...{ eventCount: 2, alertCount: 1, range: null, detail: "", milliseconds: 1 },
      })),
      coverage: [],
    },
    "tests/inline": {
      version: 1,
      summary: {
        ...{ passed: 1, failed: 0, unsupported: 0, todo: 0, scratchAlerts: 0, scratchEvents: 0 },
        ...{ series: null, problem: null },
      },
      clauses: [],
      events,
    },
    "events/explain": "ε",
    "events/generate": {
      ok: true,
      files: (["match", "nomatch"] as const).map((expect) => ({
        ...{ uri: RULE, name: "ν", expect, text: "1", header: "" },
      })),
      refused: rules.map(() => "ρ"),
    },
    "events/normalise": {
      ok: true,
      lines: "1",
      count,
      problems: count === 1 ? [] : ["μ"],
      kept: count === 1 ? [] : ["μ"],
      changesVerdict: count !== 1,
      uri: RULE,
    },
    "events/whoFires": {
      rules,
      unsupported: count < 2 ? 0 : 1,
      overSeveral: count < 2 ? 0 : 1,
      judged: count,
    },
    "tests/mutate": { ok: true, changes: [], noticedCount: 0, refusedCount: 0, leftOut: [], page: "π" },
    "rules/choices": {
      ...{ kinds: [choice], sources: [choice], tactics: [choice] },
      techniques: [{ ...choice, tactics: ["1"] }],
    },
    "rules/create": { fileName: "δ.toml", text: "", tabStops: [] },
    "rules/import": {
      rules: rules.map(({ name }) => ({ fileName: "δ.toml", text: "", name, leftOut: ["λ"] })),
      problems: [],
    },
    "rules/subjectAt": null,
    "rules/searchChoices": [{ name: "τ", title: "τ", ruleCount: count }],
    "rules/search": rules.map((rule) => ({ ...rule, path: "δ" })),
    "rules/place": NOWHERE,
    "query/dsl": { ok: true, text: "1" },
    "views/kibana": { text: "1", ndjson: "1" },
    "views/guide": "γ",
    "views/compare": "γ",
    "views/coverage": {
      version: "1",
      rules,
      tactics: [
        {
          ...{ id: "1", name: "τ", rules: indexes },
          techniques: [technique(indexes, [technique(indexes, [])]), technique([], [])],
        },
        { id: "2", name: "τ", rules: [], techniques: [] },
      ],
      groupings: (["status", "integration", "source"] as const).map((kind) => ({
        kind,
        groups: [{ name: "γ", rules: indexes }],
      })),
    },
    "views/export": "1",
  };
}

function technique(rules: readonly number[], subtechniques: readonly ViewedTechnique[]): ViewedTechnique {
  return { id: "1", name: "τ", rules, subtechniques };
}

/** Nothing is there, or nothing works. */
export function emptyAnswers(): Answers {
  const failure = { ok: false, message: "μ" } as const;
  return {
    ...fullAnswers(1),
    "checks/list": [],
    "knowledge/update": failure,
    "tests/inline": null,
    "events/explain": null,
    "events/generate": failure,
    "events/normalise": failure,
    "events/whoFires": { rules: [], unsupported: 0, overSeveral: 0, judged: 0 },
    "tests/mutate": failure,
    "rules/import": { rules: [], problems: [] },
    "rules/searchChoices": [],
    "query/dsl": failure,
    "views/kibana": null,
    "views/export": "",
  };
}
