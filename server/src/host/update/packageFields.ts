/** The fields of an integration, from the archive that the package registry gives. */
import { unzipSync } from "fflate";
import { flattened, typesIn } from "../../core/knowledge/etc/fieldTree.ts";
import { parsedYaml } from "../../core/knowledge/etc/yaml.ts";
import { type Result } from "../../core/base/result.ts";

/** Types by field and stream. */
export type PackageFields = ReadonlyMap<string, ReadonlyMap<string, string>>;

const FIELD_FILE = /^[^/]+\/data_stream\/([^/]+)\/fields\/[^/]+\.yml$/;
/** Of all files of fields together. The largest package of Elastic's has a tenth of it. */
const LARGEST_FIELDS = 32 * 1024 * 1024;

/** The error goes on after the name of the package. */
export function packageFields(archive: Uint8Array): Result<PackageFields, string> {
  const files = fieldFiles(archive);
  if (!files.ok) return files;
  const streams = new Map<string, Map<string, string>>();
  for (const [path, bytes] of files.value) {
    const stream = FIELD_FILE.exec(path)?.[1];
    const yaml = parsedYaml(new TextDecoder().decode(bytes));
    if (!yaml.ok) return { ok: false, error: `has a ${path} that cannot be read: ${yaml.error}` };
    if (stream === undefined || !Array.isArray(yaml.value)) continue;
    const fields = streams.get(stream) ?? new Map<string, string>();
    streams.set(stream, fields);
    for (const [name, type] of typesIn(flattened(yaml.value, ""))) fields.set(name, type);
  }
  return { ok: true, value: streams };
}

function fieldFiles(archive: Uint8Array): Result<readonly (readonly [string, Uint8Array])[], string> {
  // The directory of the archive says how large each file is, and no more than that is unpacked of it.
  let total = 0;
  try {
    const files = unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        if (!FIELD_FILE.test(name)) return false;
        total += originalSize;
        return total <= LARGEST_FIELDS;
      },
    });
    if (total <= LARGEST_FIELDS) return { ok: true, value: Object.entries(files) };
    return { ok: false, error: "has more fields than any package" };
  } catch {
    return { ok: false, error: "is no archive of a package" };
  }
}
