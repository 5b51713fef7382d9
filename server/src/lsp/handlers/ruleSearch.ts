/** Rules by a search: workspace symbols, all rules for a technique, all rules that read a field. */
import * as lsp from "vscode-languageserver";
import { type Subject } from "../../core/features/definitionSubject.ts";
import { placesIn } from "../../core/features/references.ts";
import { searchChoices, searchRules, titleOf } from "../../core/features/ruleSearch.ts";
import { workspaceSymbols, type WorkspaceSymbol } from "../../core/features/workspaceSymbols.ts";
import { type AttackCatalog } from "../../core/knowledge/attack.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { type RuleSummary } from "../../core/rule/summary.ts";
import { spanOf } from "../../core/text/span.ts";
import { toRange } from "../convert.ts";
import { type Guard } from "../guard.ts";
import { type FoundRule, type NavigationRequests, type SearchSubject } from "../protocolNavigation.ts";
import { type Navigation } from "./navigation.ts";

const MOST_SYMBOLS = 200;

const KIND: Readonly<Record<WorkspaceSymbol["kind"], lsp.SymbolKind>> = {
  rule: lsp.SymbolKind.Class,
  id: lsp.SymbolKind.Key,
  technique: lsp.SymbolKind.Method,
  tag: lsp.SymbolKind.String,
};

interface SymbolData {
  readonly root: string;
  readonly path: string;
}

export interface SymbolAnswers {
  list(params: lsp.WorkspaceSymbolParams): Promise<lsp.WorkspaceSymbol[]>;
  resolve(symbol: lsp.WorkspaceSymbol): Promise<lsp.WorkspaceSymbol>;
}

export function findSymbols(navigation: Navigation, client: () => lsp.ClientCapabilities): SymbolAnswers {
  const { session, rules } = navigation;
  const placed = async (
    symbol: lsp.WorkspaceSymbol,
    root: string,
    rule: RuleSummary,
  ): Promise<lsp.WorkspaceSymbol> => {
    const file = await rules.fileAt(root, rule.path);
    const span = (rule.name ?? rule.id)?.span ?? spanOf(0, 0);
    const range = file === undefined ? ZERO : toRange(file.lines, span);
    return { ...symbol, location: { uri: symbol.location.uri, range } };
  };
  const resolve = async (symbol: lsp.WorkspaceSymbol): Promise<lsp.WorkspaceSymbol> => {
    if (!isSymbolData(symbol.data)) return symbol;
    const { root, path } = symbol.data;
    const rule = (await rules.around(root)).rule(path);
    return rule === undefined ? symbol : placed(symbol, root, rule);
  };
  return {
    resolve,
    async list({ query }) {
      const attack = await session.packagedAttack();
      const techniqueName = nameIn(attack);
      const workspaces = await rules.all();
      const found = workspaces.flatMap(({ root, index }) =>
        workspaceSymbols(index, { query, techniqueName, limit: MOST_SYMBOLS }).map((one) => ({
          ...{ root, rule: one.rule },
          symbol: toSymbol(one, root, rules.uriOf(root, one.rule.path)),
        })),
      );
      const listed = found.slice(0, MOST_SYMBOLS);
      const properties = client().workspace?.symbol?.resolveSupport?.properties ?? [];
      // The places of all would have to be looked up in their files.
      return properties.includes("location.range")
        ? listed.map(({ symbol }) => symbol)
        : Promise.all(listed.map(({ symbol, root, rule }) => placed(symbol, root, rule)));
    },
  };
}

function toSymbol({ name, kind, rule }: WorkspaceSymbol, root: string, uri: string): lsp.WorkspaceSymbol {
  const data: SymbolData = { root, path: rule.path };
  return { name, kind: KIND[kind], containerName: rule.path, location: { uri }, data };
}

const ZERO: lsp.Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function isSymbolData(data: unknown): data is SymbolData {
  if (typeof data !== "object" || data === null) return false;
  return "root" in data && typeof data.root === "string" && "path" in data && typeof data.path === "string";
}

function nameIn(attack: AttackCatalog | undefined): (id: string) => string | undefined {
  return (id) => {
    const technique = attack?.technique(id);
    return technique?.name;
  };
}

export function answerRuleSearch(connection: lsp.Connection, guard: Guard, navigation: Navigation): void {
  function on<M extends keyof NavigationRequests>(
    method: M,
    fallback: NavigationRequests[M]["result"],
    answer: (params: NavigationRequests[M]["params"]) => Promise<NavigationRequests[M]["result"]>,
  ): void {
    connection.onRequest(method, guard.request(method, fallback, answer));
  }
  on("rules/subjectAt", null, async ({ uri, position }) => {
    const asked = await navigation.at({ textDocument: { uri }, position });
    const subject = asked?.found?.subject;
    if (subject?.kind === "technique") return { kind: "technique", name: subject.id };
    return subject?.kind === "field" ? { kind: "field", name: subject.name } : null;
  });
  on("rules/searchChoices", [], async ({ kind }) => {
    const techniqueName = nameIn(await navigation.session.packagedAttack());
    const workspaces = await navigation.rules.all();
    const choices = searchChoices(
      kind,
      workspaces.map(({ index }) => index),
    );
    return choices.map(({ name, ruleCount }) => ({
      ...{ name, ruleCount },
      title: kind === "technique" ? (techniqueName(name) ?? "") : "",
    }));
  });
  on("rules/search", [], async (wanted) => {
    const subject = subjectOf(wanted);
    return (await navigation.rules.all()).flatMap(({ root, index }) =>
      searchRules(subject, index).map(({ rule, detail }): FoundRule => {
        return { uri: navigation.rules.uriOf(root, rule.path), name: titleOf(rule), path: rule.path, detail };
      }),
    );
  });
  on("rules/place", null, ({ uri, subject }) => placeOf(navigation, uri, subject));
}

function subjectOf({ kind, name }: SearchSubject): Subject {
  return kind === "technique" ? { kind, id: name } : { kind, name };
}

async function placeOf(
  navigation: Navigation,
  uri: string,
  wanted: SearchSubject,
): Promise<lsp.Range | null> {
  for (const { root, index } of await navigation.rules.all()) {
    const rule = [...index.rules()].find(({ path }) => navigation.rules.uriOf(root, path) === uri);
    const file = rule && (await navigation.rules.ruleText(root, rule));
    if (rule === undefined || file === undefined) continue;
    // A technique stands there by a sub-technique alone, and an object by one of its fields.
    const names = wanted.kind === "technique" ? rule.techniques : Object.keys(rule.fields);
    const below = names.filter((name) => name === wanted.name || name.startsWith(`${wanted.name}.`));
    const spans = below.flatMap((name) => placesIn(subjectOf({ kind: wanted.kind, name }), undefined, file));
    const [first] = [...spans].sort((a, b) => a.start - b.start);
    return first === undefined ? null : toRange(lineIndexOf(file.text), first);
  }
  return null;
}
