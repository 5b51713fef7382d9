/** Puts the ids of all checks into the settings of package.json, so that the editor completes them. */
import { type Check, SEVERITIES } from "../../server/src/core/checks/check.ts";

interface Manifest {
  contributes?: { configuration?: readonly { properties: Record<string, { properties?: object }> }[] };
}

export function manifestWithChecks(text: string, checks: readonly Check[]): string {
  const manifest = JSON.parse(text) as Manifest;
  const sections = manifest.contributes?.configuration ?? [];
  for (const { properties } of sections) {
    const setting = properties["rulewright.checks"];
    if (setting !== undefined) setting.properties = Object.fromEntries(checks.map(severitySetting));
  }
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function severitySetting(check: Check): readonly [string, object] {
  return [
    check.id,
    {
      type: "string",
      enum: ["off", ...SEVERITIES],
      default: check.severity,
      markdownDescription: check.summary,
    },
  ];
}
