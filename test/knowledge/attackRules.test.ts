/** Rules against several versions at once: what `rule.threat_mappings` is judged by, and what hovers say of a later version. */
import { describe, expect, test } from "vitest";
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { allDiagnostics } from "../../server/src/core/analysis/runChecks.ts";
import { type Snapshot, snapshotOf } from "../../server/src/core/analysis/snapshot.ts";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";
import { hoverAt } from "../../server/src/core/features/hover.ts";
import { links } from "../../server/src/core/features/links.ts";
import { atlasData } from "../../server/src/core/knowledge/atlasBundle.ts";
import { attackData } from "../../server/src/core/knowledge/attackBundle.ts";
import { attackCatalogOf } from "../../server/src/core/knowledge/attackData.ts";
import { attackVersionMap } from "../../server/src/core/knowledge/attackVersionMap.ts";
import { attackConversion, withOthers } from "../../server/src/core/knowledge/attackVersions.ts";
import { type Result } from "../../server/src/core/base/result.ts";
import { ELASTIC, knowledge } from "../support/analyse.ts";
import { withCursor } from "../support/fixture.ts";
import { LATER, MAP, OLDER } from "./attackWorld.ts";

function valueOf<T>(result: Result<T, { readonly kind: string }>): T {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

const ATLAS = {
  collection: { version: "2026.08" },
  tactics: { a: { id: "AML.TA9001", name: "Teasing" } },
  techniques: { a: { id: "AML.T9001", name: "Riddle" } },
};

const older = attackCatalogOf(valueOf(attackData(OLDER, "18.1")));
const later = attackCatalogOf(valueOf(attackData(LATER, "19.0")));
const loaded = withOthers(
  older,
  [later, attackCatalogOf(valueOf(atlasData(ATLAS, "2026.08")))],
  attackConversion(valueOf(attackVersionMap(MAP)), older, later),
);

function snapshot(text: string): Snapshot {
  const all = { ...knowledge, revision: "18.1 and 19.0", attack: loaded };
  return snapshotOf({ text, knowledge: all, config: ELASTIC, cache: queryCache() });
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** An entry below `table`, with references that go with the ids. */
function entry(table: string, tactic: Named, technique: Named, subtechnique?: Named): string {
  const page = ({ id }: Named): string => `${id.replace(".", "/")}/`;
  const named = (one: Named, folder: string): string =>
    `id = "${one.id}"\nname = "${one.name}"\nreference = "https://attack.mitre.org/${folder}/${page(one)}"\n`;
  return `[[${table}]]
framework = "MITRE ATT&CK"

[[${table}.technique]]
${named(technique, "techniques")}
${subtechnique === undefined ? "" : `[[${table}.technique.subtechnique]]\n${named(subtechnique, "techniques")}`}
[${table}.tactic]
${named(tactic, "tactics")}`;
}

const RULE = '[rule]\ntype = "eql"\n\n';

function mapping(version: string, inside: string, framework = "MITRE ATT&CK"): string {
  return `${RULE}[[rule.threat_mappings]]\nframework = "${framework}"\nversion = "${version}"\n\n${inside}`;
}

function findings(text: string): readonly string[] {
  const found = allDiagnostics(snapshot(text), {
    checks: CHECKS.filter(({ id }) => id.startsWith("threat/")),
    onCrash: (check, error) => {
      throw new Error(check, { cause: error });
    },
  });
  return found.map(({ check, severity, message, span }) => {
    return `${severity} ${check} on ${text.slice(span.start, span.end)}: ${message}`;
  });
}

const HIDING = { id: "TA9002", name: "Hiding" };
const BLENDING = { id: "TA9002", name: "Blending In" };
const CREEPING = { id: "TA9001", name: "Creeping In" };
const IN_MAPPING = "rule.threat_mappings.threat";

describe("an entry is judged by its own version", () => {
  test.each([
    [
      "the baseline's name of a tactic",
      RULE + entry("rule.threat", HIDING, { id: "T9002", name: "Tinted Glass" }),
      [],
    ],
    [
      "a later name in the baseline",
      RULE + entry("rule.threat", BLENDING, { id: "T9002", name: "Tinted Glass" }),
      ['error threat/name-mismatch on "Blending In": TA9002 is named `Hiding` in ATT&CK 18.1'],
    ],
    [
      "a later name in a later mapping",
      mapping("19", entry(IN_MAPPING, BLENDING, { id: "T9002", name: "Dark Glass" })),
      [],
    ],
    [
      "a mapping of the baseline's version",
      mapping("18", entry(IN_MAPPING, HIDING, { id: "T9002", name: "Tinted Glass" })),
      [],
    ],
    [
      "an older name in a later mapping",
      mapping("19", entry(IN_MAPPING, HIDING, { id: "T9002", name: "Dark Glass" })),
      ['error threat/name-mismatch on "Hiding": TA9002 is named `Blending In` in ATT&CK 19.0'],
    ],
    [
      "a technique that has moved",
      mapping("19.0", entry(IN_MAPPING, CREEPING, { id: "T9002", name: "Dark Glass" })),
      [
        'error threat/tactic-mismatch on "T9002": T9002 Dark Glass belongs to Blending In, Breaking, not to Creeping In',
      ],
    ],
    [
      "a technique that is new in the later version",
      RULE + entry("rule.threat", HIDING, { id: "T9008", name: "Sky Light" }),
      ['error threat/unknown-technique on "T9008": ATT&CK 18.1 has no technique `T9008`'],
    ],
    [
      "a sub-technique that was revoked is an error in a mapping",
      mapping(
        "19",
        entry(
          IN_MAPPING,
          BLENDING,
          { id: "T9002", name: "Dark Glass" },
          { id: "T9002.002", name: "Green Glass" },
        ),
      ),
      [
        'error threat/replaced-technique on "T9002.002": T9002.002 Green Glass was replaced by T9002.001 Blue Glass',
      ],
    ],
    ["a version that is not loaded", mapping("20", entry(IN_MAPPING, HIDING, { id: "T1", name: "?" })), []],
    [
      "a mapping without a version yet",
      mapping("19", entry(IN_MAPPING, HIDING, { id: "T1", name: "?" })).replace(/version.*\n/, ""),
      [],
    ],
    [
      "a framework that we do not know",
      mapping("19", entry(IN_MAPPING, HIDING, { id: "T1", name: "?" }), "Mine"),
      [expect.stringContaining("threat/framework-mismatch")],
    ],
  ])("%s", (_name, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  const atlasEntry = (name: string): string => `[[rule.threat_mappings.threat]]
framework = "MITRE ATLAS"
[[rule.threat_mappings.threat.technique]]
id = "AML.T9001"
name = "${name}"
reference = "https://atlas.mitre.org/techniques/AML.T9001/"
[rule.threat_mappings.threat.tactic]
id = "AML.TA9001"
name = "Teasing"
reference = "https://atlas.mitre.org/tactics/AML.TA9001/"
`;

  test("a name of ATLAS is held against the very release, and against no other", () => {
    expect(findings(mapping("2026.08", atlasEntry("Riddle"), "MITRE ATLAS"))).toEqual([]);
    expect(findings(mapping("2026.08", atlasEntry("Puzzle"), "MITRE ATLAS"))).toEqual([
      'warning threat/atlas-mismatch on "Puzzle": AML.T9001 is named `Riddle` in ATLAS 2026.08',
    ]);
    expect(findings(mapping("2026.09", atlasEntry("Puzzle"), "MITRE ATLAS"))).toEqual([]);
  });
});

function hover(text: string, ruleCount?: (id: string) => number | undefined): string {
  const { text: plain, offset } = withCursor(text);
  return hoverAt(snapshot(plain), offset, { docs: undefined, checks: CHECKS, ruleCount })?.markdown ?? "none";
}

describe("hovers", () => {
  test("show what the bundle knows, in a few lines", () => {
    const text = RULE + entry("rule.threat", CREEPING, { id: "T90<|>01", name: "Open Window" });
    expect(hover(text, (id) => (id === "T9001" ? 1 : undefined))).toBe(`**T9001 Open Window** · ATT&CK 18.1

Somebody left a window open. See Back Door for more, or run \`open *\`.

- Tactics: Creeping In \\(TA9001\\)
- Platforms: Linux, Windows
- Mitigations: M9001 Close Windows, M9002 Draw Curtains
- ATT&CK 19.0, on stacks from 9.5: unchanged
- Covered by 1 rule of the workspace

[https://attack.mitre.org/techniques/T9001/](https://attack.mitre.org/techniques/T9001/)`);
  });

  test.each([
    [
      HIDING,
      "T9002",
      ["Sub-techniques: T9002.001 Blue Glass, T9002.002 Green Glass", ": renamed to Dark Glass\n"],
    ],
    [
      CREEPING,
      "T9002",
      [": renamed to Dark Glass, moved to Blending In \\(TA9002\\) and Breaking \\(TA9003\\)\n"],
    ],
    [
      HIDING,
      "T9003",
      ["**Replaced by T9002 Tinted Glass**", ": becomes T9008 Sky Light, under Breaking \\(TA9003\\)\n"],
    ],
    [CREEPING, "T9004", ["**Deprecated**", ": left out, as the version map says\n"]],
    [CREEPING, "T9006", [": left out, as it is revoked there; its successor is T9008 Sky Light\n"]],
    [CREEPING, "T9007", [": left out, as it is deprecated there\n"]],
  ])("under %o, %s", (tactic, id, expected) => {
    const text = RULE + entry("rule.threat", tactic, { id: `${id}<|>`, name: "" });
    for (const line of expected) expect(hover(text)).toContain(line);
  });

  test("of a sub-technique, a tactic and an uncounted rule", () => {
    const blue = { id: "T9002.001<|>", name: "Blue Glass" };
    const ofPart = hover(RULE + entry("rule.threat", CREEPING, { id: "T9002", name: "Tinted Glass" }, blue));
    expect(ofPart).toContain("Sub-technique of: T9002 Tinted Glass");
    expect(ofPart).toContain(": moved to Blending In \\(TA9002\\) and Breaking \\(TA9003\\)");
    expect(ofPart).not.toContain("Covered by");
    const ofTactic = hover(
      RULE + entry("rule.threat", { ...HIDING, id: "TA9002<|>" }, { id: "T9002", name: "Tinted Glass" }),
      () => 0,
    );
    expect(ofTactic).toContain("on stacks from 9.5: renamed to Blending In");
    expect(ofTactic).toContain("Covered by no rule of the workspace");
  });

  test("in a mapping speak of its version, or of the one that is there", () => {
    const text = (version: string): string =>
      mapping(version, entry(IN_MAPPING, BLENDING, { id: "T9002<|>", name: "Dark Glass" }));
    expect(hover(text("19"))).toContain("**T9002 Dark Glass** · ATT&CK 19.0");
    expect(hover(text("19"))).not.toContain("on stacks");
    expect(hover(text("20"))).toContain("**T9002 Tinted Glass** · ATT&CK 18.1");
  });
});

test("ids of every version and framework are links", () => {
  const text = mapping("19", entry(IN_MAPPING, BLENDING, { id: "T9008", name: "Sky Light" }));
  const atlas = '\n[[rule.threat]]\nframework = "MITRE ATLAS"\n[[rule.threat.technique]]\nid = "AML.T9001"\n';
  expect(links(snapshot(text + atlas)).map(({ url }) => url)).toEqual([
    "https://attack.mitre.org/techniques/T9008/",
    "https://attack.mitre.org/tactics/TA9002/",
    "https://atlas.mitre.org/techniques/AML.T9001/",
  ]);
});
