/** How long a piece of work takes, where others may use the machine too. */

/** In milliseconds of processor time; a slow run is repeated, for it may be the garbage collector's. */
export function fastest(work: () => void, limit: number): number {
  let best = Infinity;
  for (let round = 0; round < 6 && limit <= best; round++) {
    const started = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(started);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}
