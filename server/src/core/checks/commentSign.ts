import { type Check } from "./check.ts";

/** What begins a comment in the files that a check looks at. */
export function commentSign(check: Check): "#" | "//" {
  return "file" in check && check.file === "events" ? "//" : "#";
}
