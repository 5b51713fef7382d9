/** Where the command line keeps what it downloads and distils; in an editor, the client says where. */
import { homedir } from "node:os";
import path from "node:path";

/** `RULEWRIGHT_HOME`, or where programs keep data of their own on this system. */
export function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const own = env["RULEWRIGHT_HOME"] ?? "";
  if (own !== "") return path.resolve(own);
  switch (platform) {
    case "win32":
      return path.join(set(env["LOCALAPPDATA"]) ?? path.join(homedir(), "AppData", "Local"), "rulewright");
    case "darwin":
      return path.join(homedir(), "Library", "Application Support", "rulewright");
    default:
      return path.join(set(env["XDG_DATA_HOME"]) ?? path.join(homedir(), ".local", "share"), "rulewright");
  }
}

/** Schemas that an update left. */
export function downloadsFolder(data: string): string {
  return path.join(data, "downloads");
}

/** Distilled schemas, which can be made again. */
export function cacheFolder(data: string): string {
  return path.join(data, "cache");
}

function set(value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : value;
}
