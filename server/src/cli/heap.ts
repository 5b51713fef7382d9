/** Keeps the room for values that live shortly from growing without need. */
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** With more room fewer values are moved, which is hardly faster, but all of it is touched over and over. */
const ENOUGH = 16 * 1024 * 1024;

/** To be called now and then while much is read: once there is enough room, no more is added. */
export function youngSpaceKeeper(): () => void {
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
