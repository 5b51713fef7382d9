/** The Test Explorer's tree: what the server lists. An item is never where something is known from. */
import { type TestController, type TestItem, Range, Uri, l10n } from "vscode";
import { type TestCaseItem, type TestList, type TestedRule } from "../../../server/src/lsp/protocol.ts";

export interface TestTree {
  /** All rules with cases, in place of what was there. */
  replace(list: TestList): void;
  /** One rule, as it is now. */
  update(rule: TestedRule): void;
  remove(ruleUri: string): void;
  /** Says something beside the name of a case until its next run; undefined: what it is. */
  describe(item: TestItem, text: string | undefined): void;
  /** The rule that an item is or belongs to; undefined for an item that is not ours. */
  ruleOf(item: TestItem): string | undefined;
  /** The id of the case that an item is; undefined for a rule. */
  caseOf(item: TestItem): string | undefined;
  itemOf(ruleUri: string, caseId: string): TestItem | undefined;
  rule(ruleUri: string): TestItem | undefined;
  /** Rules with a case that is written in a file. */
  rulesTestedIn(fileUri: string): readonly string[];
}

/** What stands beside the name of a case, as long as nothing else is said. */
function plainDescription({ isScratch, isTodo }: TestCaseItem): string | undefined {
  if (isScratch) return l10n.t("scratch: nothing is expected");
  return isTodo ? l10n.t("a known miss") : undefined;
}

export function testTree(controller: TestController): TestTree {
  const rules = new WeakMap<TestItem, string>();
  const cases = new WeakMap<TestItem, TestCaseItem>();
  /** Items come and go with every change of a rule; what its last run said stays. */
  const said = new Map<string, string>();

  function keyOf(item: TestItem): string {
    return `${rules.get(item) ?? ""} ${cases.get(item)?.id ?? ""}`;
  }

  function ruleItem(rule: TestedRule): TestItem {
    const item = controller.createTestItem(rule.uri, rule.name, Uri.parse(rule.uri));
    item.range = new Range(rule.line, 0, rule.line, 0);
    item.description = Uri.parse(rule.uri).path.split("/").at(-1) ?? "";
    rules.set(item, rule.uri);
    item.children.replace(rule.cases.map((one) => caseItem(rule.uri, one)));
    return item;
  }

  function caseItem(ruleUri: string, one: TestCaseItem): TestItem {
    const item = controller.createTestItem(one.id, one.name, Uri.parse(one.uri));
    item.range = new Range(one.line, 0, one.line, 0);
    rules.set(item, ruleUri);
    cases.set(item, one);
    const text = said.get(keyOf(item)) ?? plainDescription(one);
    if (text !== undefined) item.description = text;
    return item;
  }

  return {
    replace: (list) => controller.items.replace(list.rules.map(ruleItem)),
    update(rule) {
      if (rule.cases.length === 0) controller.items.delete(rule.uri);
      else controller.items.add(ruleItem(rule));
    },
    remove: (ruleUri) => controller.items.delete(ruleUri),
    describe(item, text) {
      const one = cases.get(item);
      if (one === undefined) return;
      if (text === undefined) said.delete(keyOf(item));
      else said.set(keyOf(item), text);
      item.description = text ?? plainDescription(one) ?? "";
    },
    ruleOf: (item) => rules.get(item),
    caseOf: (item) => cases.get(item)?.id,
    itemOf: (ruleUri, caseId) => controller.items.get(ruleUri)?.children.get(caseId),
    rule: (ruleUri) => controller.items.get(ruleUri),
    rulesTestedIn: (fileUri) =>
      [...controller.items].flatMap(([uri, item]) => {
        const isTested = [...item.children].some(([, child]) => cases.get(child)?.uri === fileUri);
        return isTested ? [uri] : [];
      }),
  };
}
