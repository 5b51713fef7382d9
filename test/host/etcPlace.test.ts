/** Where the schemas for the rules in a folder are found. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { etcFolderAbove } from "../../server/src/host/etcPlace.ts";
import { nodeHost } from "../../server/src/host/node.ts";
import { temporaryFolder, writeFiles } from "./tinyEtc.ts";

const CONFIG = "rule_dirs:\n  - rules\nfiles:\n  packages: p.yaml\n";

/** A checkout with custom rules in it, custom rules beside it, with and without schemas, and a folder with none of that. */
const TREE = {
  "checkout/detection_rules/etc/_config.yaml": CONFIG,
  "checkout/detection_rules/etc/ecs_schemas/9.4.0/x": "",
  "checkout/rules/windows/a.toml": "",
  "checkout/mine/_config.yaml": CONFIG,
  "checkout/mine/rules/a.toml": "",
  "alone/_config.yaml": CONFIG,
  "alone/rules/a.toml": "",
  "whole/_config.yaml": `"rule_dirs": [rules]\n`,
  "whole/etc/ecs_schemas/9.4.0/x": "",
  "whole/rules/a.toml": "",
  "site/_config.yaml": "title: A site\ntheme: plain\n",
  "site/pages/a.md": "",
  "downloaded/ecs_schemas/9.4.0/x": "",
  "downloaded/_config.yaml": CONFIG,
};

type Place = readonly [etcFolder: string | undefined, configFolder?: string];

describe("schemas", () => {
  const cases: readonly (readonly [
    name: string,
    folder: string,
    setting: string | undefined,
    place: Place | undefined,
  ])[] = [
    ["of a checkout", "checkout/rules/windows", undefined, ["checkout/detection_rules/etc"]],
    ["in the checkout itself", "checkout", undefined, ["checkout/detection_rules/etc"]],
    ["in its etc", "checkout/detection_rules/etc", undefined, ["checkout/detection_rules/etc"]],
    [
      "of custom rules in a checkout",
      "checkout/mine/rules",
      undefined,
      ["checkout/detection_rules/etc", "checkout/mine"],
    ],
    ["of custom rules without a checkout", "alone/rules", undefined, [undefined, "alone"]],
    ["of custom rules with schemas of their own", "whole/rules", undefined, ["whole/etc", "whole"]],
    ["of another tool's configuration", "site/pages", undefined, undefined],
    ["of nothing", "elsewhere", undefined, undefined],
    ["of a checkout that the setting names", "site/pages", "checkout", ["checkout/detection_rules/etc"]],
    ["of its etc", "site/pages", "checkout/detection_rules/etc", ["checkout/detection_rules/etc"]],
    ["of a downloaded folder", "checkout/rules", "downloaded", ["downloaded"]],
    [
      "of custom rules that the setting names",
      "site/pages",
      "checkout/mine",
      ["checkout/detection_rules/etc", "checkout/mine"],
    ],
    ["of custom rules alone", "checkout/rules", "alone", [undefined, "alone"]],
    ["of a setting that names nothing", "checkout/rules", "nowhere", undefined],
  ];
  test.each(cases)("%s", async (_name, folder, setting, place) => {
    const top = temporaryFolder();
    writeFiles(top, TREE);
    const absolute = (relative: string): string => path.join(top, ...relative.split("/"));
    const found = await etcFolderAbove(nodeHost(top), absolute(folder), setting && absolute(setting));
    const relative = (file: string | undefined): string | undefined =>
      file === undefined ? undefined : path.relative(top, file).split(path.sep).join("/");
    expect(found && [relative(found.etcFolder), relative(found.configFolder)]).toEqual(
      place && [place[0], place[1]],
    );
  });
});
