/** Coverage as text for a terminal, and as JSON for other programs. */
import { type Coverage, nameOf } from "./coverage.ts";

export function coverageTable({ tactics, version, rules, groupings }: Coverage): string {
  const lines = [`${counted(rules.length)}, ATT&CK ${version}`, ""];
  for (const { id, name, rules: own, techniques } of tactics) {
    const covered = techniques.filter((one) => 0 < one.rules.length);
    lines.push(
      `${id}  ${name}: ${covered.length} of ${techniques.length} techniques, ${counted(own.length)}`,
    );
    for (const technique of covered)
      lines.push(
        `  ${technique.id.padEnd(9)} ${String(technique.rules.length).padStart(4)}  ${technique.name}`,
      );
  }
  for (const { kind, groups } of groupings) {
    lines.push("", `By ${kind}`);
    for (const { name, rules: own } of groups) lines.push(`  ${String(own.length).padStart(4)}  ${name}`);
  }
  return `${lines.join("\n")}\n`;
}

export function coverageJson({ tactics, version, rules, groupings }: Coverage): string {
  const listed = rules.map((rule) => ({
    path: rule.path,
    name: nameOf(rule),
    id: rule.id?.value ?? null,
  }));
  return `${JSON.stringify({ attack: version, rules: listed, tactics, groupings }, undefined, 2)}\n`;
}

function counted(count: number): string {
  return `${count} ${count === 1 ? "rule" : "rules"}`;
}
