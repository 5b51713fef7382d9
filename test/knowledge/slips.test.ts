/** Which mistakes lead from a known name to a written one. */
import { describe, expect, test } from "vitest";
import { nameParts } from "../../server/src/core/knowledge/nameParts.ts";
import { slipBetween } from "../../server/src/core/knowledge/slip.ts";

/** Written, known, and what came between. */
const SLIPS: readonly (readonly [string, string, string])[] = [
  ["process.nam", "process.name", "letters, weak"],
  ["proces.name", "process.name", "letters"],
  ["process.naem", "process.name", "letters"],
  ["process.namme", "process.name", "letters"],
  ["urll.path", "url.path", "letters"],
  ["rul.path", "url.path", "letters"],
  ["Process.Name", "process.name", "separator"],
  ["process.exectuable", "process.executable", "letters"],
  ["prcess.exectuable", "process.executable", "letters"],
  ["alerts.status", "alert.status", "letters, weak"],
  ["powershell.fle.script_block_text", "powershell.file.script_block_text", "letters"],
  ["processname", "process.name", "separator"],
  ["process.command.line", "process.command_line", "separator"],
  ["process.dns.name", "process.parent.name", "wrong-part, weak"],
  ["process.pid", "process.name", "wrong-part, weak"],
  ["process.name", "process.parent.name", "missing-part, weak"],
  ["process.the.parent.name", "process.parent.name", "extra-part, weak"],
  ["process.name", "process.name", "none"],
  ["user.gid", "user.uid", "wrong-part, weak"],
  ["winlog.event_data.param1", "winlog.event_data.param2", "wrong-part, weak"],
  ["file.uid", "user.gid", "none"],
  ["os", "so", "none"],
  ["a.b.c", "process.parent.name", "none"],
];

describe("slips", () => {
  test.each(SLIPS)("%s for %s: %s", (written, known, expected) => {
    const slip = slipBetween(nameParts(written), nameParts(known));
    const found = slip === undefined ? "none" : `${slip.kind}${slip.isWeak ? ", weak" : ""}`;
    expect(found).toBe(expected);
  });
});
