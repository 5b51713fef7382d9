/** Which cases of which rules a run is to go through. */
import { type TestController, type TestItem, type TestRunRequest } from "vscode";
import { type TestTree } from "./tree.ts";

/** Cases by rule, as they are now. What is excluded, or belongs to what is excluded, is left out. */
export function wantedCases(
  controller: TestController,
  tree: TestTree,
  { include, exclude }: TestRunRequest,
): ReadonlyMap<string, readonly TestItem[]> {
  // Items of a request that goes on for long may have been replaced since.
  const excluded = new Set((exclude ?? []).map((item) => keyOf(tree, item)));
  const byRule = new Map<string, Set<TestItem>>();
  for (const root of include ?? childrenOf(controller.items)) {
    const uri = tree.ruleOf(root);
    if (uri === undefined || excluded.has(keyOf(tree, root))) continue;
    const known = byRule.get(uri) ?? new Set();
    byRule.set(uri, known);
    for (const item of casesOf(tree, root, uri)) if (!excluded.has(keyOf(tree, item))) known.add(item);
  }
  return new Map([...byRule].map(([uri, items]) => [uri, [...items]]));
}

/** Of what a request asks for, the rules that changed: all of a rule, if a case of it is asked for. */
export function onlyRules(
  request: TestRunRequest,
  tree: TestTree,
  ruleUris: readonly string[],
): TestRunRequest {
  const asked = request.include && new Set(request.include.map((item) => tree.ruleOf(item)));
  const include = ruleUris
    .filter((uri) => asked === undefined || asked.has(uri))
    .flatMap((uri) => tree.rule(uri) ?? []);
  const { exclude, profile } = request;
  return { include, exclude, profile, continuous: true, preserveFocus: true };
}

function casesOf(tree: TestTree, root: TestItem, ruleUri: string): readonly TestItem[] {
  const caseId = tree.caseOf(root);
  if (caseId !== undefined) return [tree.itemOf(ruleUri, caseId) ?? root];
  return childrenOf((tree.rule(ruleUri) ?? root).children);
}

function keyOf(tree: TestTree, item: TestItem): string {
  return `${tree.ruleOf(item) ?? ""} ${tree.caseOf(item) ?? ""}`;
}

function childrenOf(collection: TestItem["children"]): readonly TestItem[] {
  return [...collection].map(([, item]) => item);
}
