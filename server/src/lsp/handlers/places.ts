/** Where a thing is made known, and where it is named: in rules, tests, records of the repository and custom schemas. */
import type * as lsp from "vscode-languageserver";
import { definitions } from "../../core/features/definition.ts";
import { recordPlace, schemaFieldPlaces } from "../../core/features/definitionJson.ts";
import { placeholderPlaces, type Subject } from "../../core/features/definitionSubject.ts";
import { hasId } from "../../core/features/references.ts";
import { occurrences } from "../../core/text/occurrences.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { type Span, spanOf } from "../../core/text/span.ts";
import { ruleFilesBelow } from "../../host/ruleFiles.ts";
import { eventFilesOf } from "../../host/testProject.ts";
import { toRange } from "../convert.ts";
import { testDocumentKind } from "../testing/testDocuments.ts";
import { type Asked, type Navigation } from "./navigation.ts";

const START: lsp.Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export async function findDefinitions(
  navigation: Navigation,
  params: lsp.DefinitionParams,
  token: lsp.CancellationToken,
): Promise<lsp.Location[] | null> {
  const { uri } = params.textDocument;
  if (testDocumentKind(uri) !== undefined) return ruleOfTests(navigation, uri, token);
  const asked = await navigation.at(params);
  if (asked?.found === undefined) return null;
  const { subject } = asked.found;
  const inRules = await ruleDefinitions(navigation, asked, subject);
  if (0 < inRules.length) return inRules;
  switch (subject.kind) {
    case "rule":
      return recordPlaces(navigation, asked, subject.id);
    case "field":
      return schemaPlaces(navigation, uri, subject.name);
    case "exception-list":
      return exceptionPlaces(navigation, asked, subject.id);
    case "technique":
    case "tag":
    case "placeholder":
      return null;
  }
}

async function ruleDefinitions(
  { rules }: Navigation,
  { document, root, index }: Asked,
  subject: Subject,
): Promise<lsp.Location[]> {
  const { snapshot, uri } = document;
  const found: lsp.Location[] = [];
  for (const { path, span } of definitions(snapshot, subject, index)) {
    const lines = path === undefined ? snapshot.lines() : (await rules.fileAt(root, path))?.lines;
    const target = path === undefined ? uri : rules.uriOf(root, path);
    if (lines !== undefined) found.push({ uri: target, range: toRange(lines, span) });
  }
  return found;
}

/** The tests of a rule, from wherever its id or name stands. */
export async function findImplementations(
  navigation: Navigation,
  params: lsp.ImplementationParams,
  token: lsp.CancellationToken,
): Promise<lsp.Location[] | null> {
  const asked = await navigation.at(params);
  if (asked === undefined) return null;
  const { subject } = asked.found ?? {};
  if (subject?.kind !== "rule") return testPlaces(navigation, asked.document.uri, token);
  const rule = [...asked.index.rules()].find((one) => hasId(one, subject.id));
  return rule === undefined
    ? null
    : testPlaces(navigation, navigation.rules.uriOf(asked.root, rule.path), token);
}

export async function findReferences(
  navigation: Navigation,
  params: lsp.ReferenceParams,
  token: lsp.CancellationToken,
): Promise<lsp.Location[] | null> {
  const asked = await navigation.at(params);
  if (asked?.found === undefined) return null;
  const { subject } = asked.found;
  if (subject.kind === "placeholder")
    return ownPlaces(asked, subject.name, params.context.includeDeclaration);
  const isStopped = (): boolean => token.isCancellationRequested;
  const files = await navigation.rules.places(asked, subject, isStopped);
  const inRules = files.flatMap(({ uri, lines, spans }) =>
    spans.map((span) => ({ uri, range: toRange(lines, span) })),
  );
  if (subject.kind === "field") {
    const declared = params.context.includeDeclaration
      ? await schemaPlaces(navigation, asked.document.uri, subject.name)
      : [];
    return [...inRules, ...declared];
  }
  if (subject.kind !== "rule") return inRules;
  const own = [...asked.index.rules()].find((rule) => hasId(rule, subject.id));
  const tests =
    own === undefined
      ? []
      : await testPlaces(navigation, navigation.rules.uriOf(asked.root, own.path), token);
  return [...inRules, ...tests, ...(await recordPlaces(navigation, asked, subject.id))];
}

function ownPlaces({ document }: Asked, name: string, withEntry: boolean): lsp.Location[] {
  const { snapshot, uri } = document;
  const lines = snapshot.lines();
  return placeholderPlaces(snapshot.rule())
    .filter((place) => place.name === name && (withEntry || place.role === "use"))
    .map(({ span }) => ({ uri, range: toRange(lines, span) }));
}

async function ruleOfTests(
  { session, rules }: Navigation,
  uri: string,
  token: lsp.CancellationToken,
): Promise<lsp.Location[] | null> {
  const file = await session.tests.file(uri, token);
  if (file?.rule === undefined) return null;
  const { path, text, rule } = file.rule;
  const span = rule.name?.span ?? spanOf(0, 0);
  return [{ uri: rules.uriOf(file.root, path), range: toRange(lineIndexOf(text), span) }];
}

/** Each test at its case in a manifest, and the files of its events. */
async function testPlaces(
  { session, rules }: Navigation,
  ruleUri: string,
  token: lsp.CancellationToken,
): Promise<lsp.Location[]> {
  const rule = await session.tests.rule(ruleUri, token);
  if (rule === undefined || rule === "stopped") return [];
  const found = new Map<string, lsp.Location>();
  for (const { testCase } of rule.cases) {
    const { path, span } = testCase.origin;
    const text = rule.manifests.get(path);
    const range = span === undefined || text === undefined ? START : toRange(lineIndexOf(text), span);
    const whole = [...eventFilesOf(testCase)].map((file) => ({ path: file, range: START }));
    for (const place of [{ path, range }, ...whole]) {
      const uri = rules.uriOf(rule.root, place.path);
      found.set(`${uri} ${place.range.start.line}`, { uri, range: place.range });
    }
  }
  return [...found.values()];
}

const RECORDS = ["version.lock.json", "deprecated_rules.json"];
const RECORD_FOLDERS = ["detection_rules/etc", "etc"];

async function recordPlaces(navigation: Navigation, { root }: Asked, id: string): Promise<lsp.Location[]> {
  const paths = RECORD_FOLDERS.flatMap((folder) => RECORDS.map((name) => `${folder}/${name}`));
  return inFiles(navigation, root, paths, (text) => {
    const span = recordPlace(text, id);
    return span === undefined ? [] : [span];
  });
}

async function schemaPlaces(navigation: Navigation, uri: string, field: string): Promise<lsp.Location[]> {
  const { session } = navigation;
  const found: lsp.Location[] = [];
  for (const file of await session.customSchemaFiles(uri)) {
    const text = await session.files.currentText(file);
    if (text === undefined || !file.endsWith(".json")) continue;
    const lines = lineIndexOf(text);
    for (const span of schemaFieldPlaces(text, field))
      found.push({ uri: session.files.uriOf(file), range: toRange(lines, span) });
  }
  return found;
}

/** Elastic's tools keep exception lists of custom rules in a folder beside these. */
const EXCEPTIONS = "exceptions";

async function exceptionPlaces(navigation: Navigation, { root }: Asked, id: string): Promise<lsp.Location[]> {
  const { host } = navigation.session;
  const folder = host.join(root, EXCEPTIONS);
  if (!(await host.isFolder(folder))) return [];
  const files = await ruleFilesBelow(folder, { within: "everywhere" });
  const paths = files.map((file) => `${EXCEPTIONS}${file.slice(folder.length).replaceAll("\\", "/")}`);
  return inFiles(navigation, root, paths, (text) =>
    // Items of a list name it as well; the container is the first that does.
    occurrences(text, JSON.stringify(id)).slice(0, 1),
  );
}

async function inFiles(
  { rules }: Navigation,
  root: string,
  paths: readonly string[],
  placesIn: (text: string) => readonly Span[],
): Promise<lsp.Location[]> {
  const found: lsp.Location[] = [];
  for (const path of paths) {
    const file = await rules.fileAt(root, path);
    if (file === undefined) continue;
    for (const span of placesIn(file.text))
      found.push({ uri: rules.uriOf(root, path), range: toRange(file.lines, span) });
  }
  return found;
}
