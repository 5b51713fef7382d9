/** The smallest rule with one threat entry, for the examples of the checks on it. */

interface ExampleRef {
  readonly id: string;
  readonly name: string;
  /** The id whose page is linked, if it is another one. */
  readonly page?: string;
}

export interface ThreatExample {
  readonly technique: ExampleRef;
  readonly subtechnique?: ExampleRef;
  readonly tactic: ExampleRef;
}

const RULE_HEAD = '[rule]\ntype = "eql"\n\n';

export function threatExample({ technique, subtechnique, tactic }: ThreatExample): string {
  return [
    `${RULE_HEAD}[[rule.threat]]\nframework = "MITRE ATT&CK"\n`,
    refTable("[[rule.threat.technique]]", "techniques", technique),
    ...(subtechnique === undefined
      ? []
      : [refTable("[[rule.threat.technique.subtechnique]]", "techniques", subtechnique)]),
    refTable("[rule.threat.tactic]", "tactics", tactic),
  ].join("\n");
}

/** A rule with a block of mappings for each of some versions of ATT&CK. */
export function mappingExample(...versions: readonly string[]): string {
  const entry = threatExample({
    technique: { id: "T1059", name: "Command and Scripting Interpreter" },
    tactic: { id: "TA0002", name: "Execution" },
  }).slice(`${RULE_HEAD}[[rule.threat]]\n`.length);
  const blocks = versions.map((version) =>
    [
      `[[rule.threat_mappings]]\nframework = "MITRE ATT&CK"\nversion = "${version}"\n`,
      `[[rule.threat_mappings.threat]]\n${entry.replaceAll("rule.threat.", "rule.threat_mappings.threat.")}`,
    ].join("\n"),
  );
  return RULE_HEAD + blocks.join("\n");
}

/** A rule with one technique of ATLAS in `rule.threat`, linked to the page of its id. */
export function atlasExample({ id, name }: ExampleRef): string {
  const page = (folder: string, one: string): string => `https://atlas.mitre.org/${folder}/${one}/`;
  return [
    `${RULE_HEAD}[[rule.threat]]\nframework = "MITRE ATLAS"\n`,
    `[[rule.threat.technique]]\nid = "${id}"\nname = "${name}"\nreference = "${page("techniques", id)}"\n`,
    `[rule.threat.tactic]\nid = "AML.TA0005"\nname = "Execution"\nreference = "${page("tactics", "AML.TA0005")}"\n`,
  ].join("\n");
}

function refTable(header: string, folder: string, { id, name, page = id }: ExampleRef): string {
  const url = `https://attack.mitre.org/${folder}/${page.replace(".", "/")}/`;
  return `${header}\nid = "${id}"\nname = "${name}"\nreference = "${url}"\n`;
}
