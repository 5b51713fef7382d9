/** Keeps the heap of a run that reads much from growing without need. */
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** With more room fewer values are moved, which is hardly faster, but all of it is touched over and over. */
const ENOUGH = 16 * 1024 * 1024;

/**
 * How much may be added to what is in use before the next collection, in percent. By itself the engine lets a small heap
 * grow fourfold: that is a collection or two less, and 40 MB more.
 */
const GROWTH_PERCENT = 25;

/** To be called now and then while much is read: once there is enough room, no more is added. */
export function heapKeeper(): () => void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
  let isKept = false;
  return () => {
    if (isKept || youngSpace() < ENOUGH) return;
    isKept = true;
    setFlagsFromString("--semi-space-growth-factor=1");
  };
}

function youngSpace(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space")?.space_size ?? 0;
}
