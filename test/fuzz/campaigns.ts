/** The fuzzing campaigns. `share` is the part of the whole that is run; the seed chooses which. */
import { type Random, seededRandom } from "../support/random.ts";
import { ODD_INPUTS, rulesToBreak } from "./inputs.ts";
import { type Probe, probe } from "./probe.ts";

export interface CampaignResult {
  readonly name: string;
  readonly probes: number;
  readonly slowestMilliseconds: number;
  readonly problems: readonly string[];
}

/** A rule of this size or less is a normal one, and must never take longer than `LIMIT_MILLISECONDS`. */
const NORMAL_SIZE = 30_000;
const LIMIT_MILLISECONDS = 100;
/** Odd inputs may be huge; they must still end. */
const ODD_LIMIT_MILLISECONDS = 5_000;

export interface CampaignOptions {
  readonly seed: number;
  readonly share: number;
}

export function prefixes({ seed, share }: CampaignOptions): CampaignResult {
  const random = seededRandom(seed);
  return campaign("every prefix of 50 rules", rulesToBreak(50, random), random, share, (rule, at) =>
    rule.slice(0, at),
  );
}

export function deletions({ seed, share }: CampaignOptions): CampaignResult {
  const random = seededRandom(seed + 1);
  const rules = rulesToBreak(10, random);
  return campaign(
    "every deletion of a character of 10 rules",
    rules,
    random,
    share,
    (rule, at) => rule.slice(0, at) + rule.slice(at + 1),
  );
}

function campaign(
  name: string,
  rules: readonly string[],
  random: Random,
  share: number,
  broken: (rule: string, at: number) => string,
): CampaignResult {
  const problems: string[] = [];
  let probes = 0;
  let slowest = 0;
  for (const rule of rules.filter((one) => one.length <= NORMAL_SIZE)) {
    const step = Math.round(1 / share);
    for (let at = random.below(step); at < rule.length; at += step) {
      const text = broken(rule, at);
      const result = fastest(text, Math.min(at, text.length));
      probes++;
      slowest = Math.max(slowest, result.milliseconds);
      if (result.problem !== undefined)
        problems.push(`at ${at} of ${JSON.stringify(rule.slice(0, 60))}: ${result.problem}`);
      else if (LIMIT_MILLISECONDS < result.milliseconds)
        problems.push(`at ${at}: ${Math.round(result.milliseconds)} ms`);
    }
  }
  return { name, probes, slowestMilliseconds: slowest, problems };
}

/** A slow probe is tried again: a pause of the garbage collector or of the machine is not ours. */
function fastest(text: string, offset: number): Probe {
  const first = probe(text, offset);
  if (first.problem !== undefined || first.milliseconds < LIMIT_MILLISECONDS) return first;
  const again = probe(text, offset);
  return again.milliseconds < first.milliseconds ? again : first;
}

export function oddInputs(): CampaignResult {
  const problems: string[] = [];
  let slowest = 0;
  for (const [name, text] of ODD_INPUTS) {
    const result = probe(text, text.length >> 1);
    slowest = Math.max(slowest, result.milliseconds);
    if (result.problem !== undefined) problems.push(`${name}: ${result.problem}`);
    else if (ODD_LIMIT_MILLISECONDS < result.milliseconds)
      problems.push(`${name}: ${Math.round(result.milliseconds)} ms`);
  }
  return { name: "odd inputs", probes: ODD_INPUTS.length, slowestMilliseconds: slowest, problems };
}
