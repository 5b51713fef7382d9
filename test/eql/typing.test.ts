import { describe, expect, test } from "vitest";
import { parseEql } from "../../server/src/core/query/eql/index.ts";

/** Right queries of many shapes, as they are typed from the first character to the last. */
const QUERIES: readonly string[] = [
  'process where event.type == "start" and process.name : ("cmd.exe", "power*.exe") and not user.id in ("S-1-5-18", "S-1-5-19")',
  'any where ?host.os.name like~ ("win*", "mac?s") or process.args_count >= 3 and not (process.pid == 4 or process.pid != 0)',
  'file where file.path regex~ """C:\\\\Users\\\\[a-z]+\\\\.*\\.(exe|dll)""" and file.size > 1.5e6 | head 10',
  'network where cidrMatch(destination.ip, "10.0.0.0/8", "172.16.0.0/12") == false and destination.port in (22, 443)',
  "sequence by host.id, ?user.name with maxspan=5m\n  [process where process.pid == -1 or length(process.args) > 2] by process.entity_id\n  [network where true] by process.parent.entity_id\n| tail 3",
  'sequence with maxspan=30s\n  [authentication where event.outcome == "failure"] by user.id with runs=5\n  ![authentication where event.outcome == "success"] by user.id\nuntil [any where event.action : "lock*"] by user.id',
  'sample by host.id, process.name\n  [process where startsWith~(process.command_line, "net ")]\n  [file where endsWith(file.name, ".tmp", ".log")]',
  '"odd category" where `my field`.x == null and message : "say \\"hi\\" \\u{1F600}" // a comment\n and true',
  'registry where registry.path : "HKLM\\\\Software\\\\*" and /* why /* nested */ so */ registry.data.strings != null',
  "process where (process.pid + 2 * process.parent.pid - 1) % 3 == 0 and process.name == process.parent.name",
  'dns where stringContains(dns.question.name, ".onion") and not dns.question.type in~ ("a", "aaaa")\n  and (dns.answers.ttl < 60 or ?dns.id : "0x*")',
  'library where not dll.code_signature.trusted == true and substring(dll.name, 0, 3) == "win" and dll.path :\n  ("?:\\\\Temp\\\\*",\n   "\\\\Device\\\\*")\n| head 5 | tail 2',
];

describe("While a right query is typed, what is wrong is one thing", () => {
  test.each(QUERIES)("%s", (query) => {
    expect(parseEql(query).errors).toEqual([]);
    const prefixes = Array.from({ length: query.length }, (_, length) => query.slice(0, length));
    const counts = prefixes.map((prefix) => parseEql(prefix).errors.length);
    const most = Math.max(...counts);
    expect(most, prefixes[counts.indexOf(most)]).toBeLessThanOrEqual(2);
    const several = prefixes.filter((_, i) => 1 < (counts[i] ?? 0));
    expect(several.length / prefixes.length, several.join("\n")).toBeLessThanOrEqual(0.05);
  });

  test.each(QUERIES)("with what editors close at once: %s", (query) => {
    const closers = new Map([
      ["(", ")"],
      ["[", "]"],
    ]);
    for (let length = 0; length <= query.length; length++) {
      const closer = closers.get(query.charAt(length - 1));
      if (closer === undefined) continue;
      const text = query.slice(0, length) + closer;
      expect(parseEql(text).errors.length, text).toBeLessThanOrEqual(2);
    }
  });
});
