/** The fields of an integration, from the archive that the package registry gives. */
import { unzipSync } from "fflate";
import { flattened, typesIn } from "../../core/knowledge/etc/fieldTree.ts";
import { parsedYaml } from "../../core/knowledge/etc/yaml.ts";
import { type Result } from "../../core/base/result.ts";

/** Types by field and stream. */
export type PackageFields = Readonly<Record<string, Readonly<Record<string, string>>>>;

const FIELD_FILE = /^[^/]+\/data_stream\/([^/]+)\/fields\/[^/]+\.yml$/;
const LARGEST_FIELD_FILE = 16 * 1024 * 1024;

/** The error goes on after the name of the package. */
export function packageFields(archive: Uint8Array): Result<PackageFields, string> {
  const files = fieldFiles(archive);
  if (files === undefined) return { ok: false, error: "is no archive of a package" };
  const streams: Record<string, Record<string, string>> = {};
  for (const [path, bytes] of Object.entries(files)) {
    const stream = FIELD_FILE.exec(path)?.[1];
    const yaml = parsedYaml(new TextDecoder().decode(bytes));
    if (!yaml.ok) return { ok: false, error: `has a ${path} that cannot be read: ${yaml.error}` };
    if (stream === undefined || !Array.isArray(yaml.value)) continue;
    const fields = (streams[stream] ??= {});
    for (const [name, type] of typesIn(flattened(yaml.value, ""))) fields[name] = type;
  }
  return { ok: true, value: streams };
}

/** Undefined for what is no archive. */
function fieldFiles(archive: Uint8Array): Readonly<Record<string, Uint8Array>> | undefined {
  try {
    return unzipSync(archive, {
      filter: ({ name, originalSize }) => FIELD_FILE.test(name) && originalSize <= LARGEST_FIELD_FILE,
    });
  } catch {
    return undefined;
  }
}
