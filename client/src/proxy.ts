import { workspace } from "vscode";

/**
 * The proxy that the editor's settings name for an address: empty if they forbid one for it,
 * null if they say nothing, so that the environment decides.
 */
export function proxyFor(address: string | undefined): string | null {
  const http = workspace.getConfiguration("http");
  if (http.get("proxySupport") === "off") return "";
  const without = http.get<readonly string[]>("noProxy", []);
  if (address !== undefined && isExempt(address, without)) return "";
  const proxy = http.get("proxy", "");
  return proxy === "" ? null : proxy;
}

/** An entry is a host, or with a dot before it all hosts of a domain. */
function isExempt(address: string, without: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return without.some(
    (entry) => entry === "*" || entry === hostname || hostname.endsWith(`.${entry.replace(/^\*?\./, "")}`),
  );
}
