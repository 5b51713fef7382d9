/** Settings that stand for variables of the environment which Elastic's tools read: they count before these. */
import { type Switches } from "../host/projects.ts";
import { CUSTOM_RULES, SWITCHES, TEST_CONFIG } from "../host/repository.ts";
import { type ElasticSettings } from "./protocol.ts";

/** What is unset is left to the environment. Clients may send anything: what has another shape counts as unset. */
export function switchesIn(
  settings: ElasticSettings | undefined,
  resolved: (path: string) => string,
): Switches {
  const bypass: unknown = settings?.bypass;
  const names = Object.entries(SWITCHES).flatMap(([name, short]) =>
    Array.isArray(bypass) && (bypass.includes(short) || bypass.includes(name)) ? [name] : [],
  );
  return {
    ...Object.fromEntries(names.map((name) => [name, "1"])),
    ...pathOf(TEST_CONFIG, settings?.testConfiguration, resolved),
    ...pathOf(CUSTOM_RULES, settings?.customRulesDirectory, resolved),
  };
}

function pathOf(name: string, path: unknown, resolved: (path: string) => string): Switches {
  return typeof path === "string" && path.trim() !== "" ? { [name]: resolved(path.trim()) } : {};
}
