/** Puts all checks into the settings of package.json, so that the editor completes them, and their texts into package.nls.json. */
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

/** The texts of the manifest, with those of the checks last. */
export function manifestTexts(text: string, checks: readonly Check[]): string {
  const texts = JSON.parse(text) as Readonly<Record<string, string>>; // Our own file.
  const others = Object.entries(texts).filter(([key]) => !key.startsWith("check."));
  const ofChecks = checks.map((check) => [textKey(check), check.summary] as const);
  return `${JSON.stringify(Object.fromEntries([...others, ...ofChecks]), null, 2)}\n`;
}

function textKey({ id }: Check): string {
  return `check.${id}`;
}

function severitySetting(check: Check): readonly [string, object] {
  return [
    check.id,
    {
      type: "string",
      enum: ["off", ...SEVERITIES],
      default: check.severity,
      markdownDescription: `%${textKey(check)}%`,
    },
  ];
}
