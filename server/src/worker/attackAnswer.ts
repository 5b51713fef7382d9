/** Reads the bundles of ATT&CK and ATLAS of a checkout and keeps what is needed of them for the next time. */
import { type Result } from "../core/base/result.ts";
import { atlasData, atlasFileErrorText } from "../core/knowledge/atlasBundle.ts";
import { attackData, attackFileErrorText } from "../core/knowledge/attackBundle.ts";
import { type AttackData } from "../core/knowledge/attackData.ts";
import { type FileFault } from "../core/knowledge/etc/schemaParts.ts";
import {
  ATTACK_KIND,
  type BundleFile,
  type ReadBundle,
  bundleFiles,
  packedBundles,
} from "../host/attackBundles.ts";
import { readFiles, revisionOf } from "../host/revision.ts";
import { LARGEST_UNPACKED, unpackedJson } from "../host/unpack.ts";
import { type WorkerAnswer, type WorkerJob } from "../host/workerJob.ts";
import { keptAnswer } from "./keptAnswer.ts";

export async function attackAnswer({ source, cacheFolder, madeBy }: WorkerJob): Promise<WorkerAnswer> {
  const files = await readFiles(await bundleFiles(source.etcFolder));
  const revision = await revisionOf(files, madeBy);
  const bundles = files.map((file): ReadBundle => {
    const { path, framework, version } = { ...file, path: file.file.path };
    const read = bundleData(file, file.bytes);
    const data = read.ok ? read.value : undefined;
    return { path, framework, version, data, fault: read.ok ? undefined : read.error };
  });
  return keptAnswer(cacheFolder, { kind: ATTACK_KIND, key: revision }, packedBundles(bundles));
}

function bundleData(
  { framework, version }: BundleFile,
  bytes: Result<Uint8Array, FileFault>,
): Result<AttackData, FileFault> {
  const json = bytes.ok ? unpackedJson(bytes.value, LARGEST_UNPACKED.others) : bytes;
  if (!json.ok) return json;
  if (framework === "MITRE ATLAS") {
    const atlas = atlasData(json.value, version);
    return atlas.ok ? atlas : broken(atlasFileErrorText(atlas.error));
  }
  const attack = attackData(json.value, version);
  return attack.ok ? attack : broken(attackFileErrorText(attack.error));
}

function broken(text: string): Result<never, FileFault> {
  return { ok: false, error: { kind: "broken", text: `cannot be used: ${text}` } };
}
