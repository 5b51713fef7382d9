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

export function threatExample({ technique, subtechnique, tactic }: ThreatExample): string {
  return [
    '[rule]\ntype = "eql"\n\n[[rule.threat]]\nframework = "MITRE ATT&CK"\n',
    refTable("[[rule.threat.technique]]", "techniques", technique),
    ...(subtechnique === undefined
      ? []
      : [refTable("[[rule.threat.technique.subtechnique]]", "techniques", subtechnique)]),
    refTable("[rule.threat.tactic]", "tactics", tactic),
  ].join("\n");
}

function refTable(header: string, folder: string, { id, name, page = id }: ExampleRef): string {
  const url = `https://attack.mitre.org/${folder}/${page.replace(".", "/")}/`;
  return `${header}\nid = "${id}"\nname = "${name}"\nreference = "${url}"\n`;
}
