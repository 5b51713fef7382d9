/** KQL as EQL and back: what is offered, what is refused and why, and that both mean the same. */
import { describe, expect, test } from "vitest";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { compileCondition } from "../../server/src/core/engine/eql/compile.ts";
import { defaultEqlOptions } from "../../server/src/core/engine/eql/run.ts";
import { type Predicate } from "../../server/src/core/engine/eql/plan.ts";
import { compileKql } from "../../server/src/core/engine/kql/compile.ts";
import { parseEql, verifyEql } from "../../server/src/core/query/eql/index.ts";
import {
  eqlOfKql,
  kqlOfEql,
  misreadByPython,
  parseKql,
  refusedByPython,
} from "../../server/src/core/query/kql/index.ts";
import { fieldTypesOfMapping } from "../../server/src/core/query/mapping.ts";
import { seededRandom } from "../support/random.ts";
import { randomTypedDocument, randomTypedQuery } from "./randomTyped.ts";
import { OPTIONS, TYPES } from "./smallWorld.ts";

const FIELDS = fieldTypesOfMapping({
  "@timestamp": "date",
  "event.category": "keyword",
  "event.type": "keyword",
  "process.name": "keyword",
  "process.args": "keyword",
  "process.command_line": "wildcard",
  "process.pid": "long",
  "process.where.sample": "keyword",
  message: "match_only_text",
  "source.ip": "ip",
  trusted: "boolean",
  score: "float",
  rate: "double",
  "host.os.version": "version",
  flat: "flattened",
  unread: "scaled_float",
  items: { type: "nested", properties: { name: { type: "keyword" } } },
});

function toEql(query: string): string {
  const outcome = eqlOfKql(parseKql(query), FIELDS);
  return outcome.ok ? outcome.value : refusal(query, outcome.error);
}

function toKql(query: string): string {
  const outcome = kqlOfEql(parseEql(query), FIELDS);
  return outcome.ok ? outcome.value : refusal(query, outcome.error);
}

function refusal(
  query: string,
  { span, message }: { span: { start: number; end: number }; message: string },
): string {
  return `✗ ${query.slice(span.start, span.end)}: ${message}`;
}

describe("KQL as EQL", () => {
  test.each<readonly [kql: string, eql: string]>([
    ["", "any where true"],
    ["*:*", "any where true"],
    ["event.category:process", "process where true"],
    [
      "event.category:process and event.type:start and process.name:cmd.exe",
      'process where event.type == "start" and process.name == "cmd.exe"',
    ],
    ["event.category:any and process.name:a", '"any" where process.name == "a"'],
    ['event.category:"two words"', '"two words" where true'],
    ["event.category:(a or b)", 'any where event.category in ("a", "b")'],
    ["not event.category:process", 'any where event.category != "process"'],
    ["process.name:(a or b)", 'any where process.name in ("a", "b")'],
    ["process.name:(a or b or c*)", 'any where (process.name in ("a", "b") or process.name like "c*")'],
    ["process.name:(a* or *b)", 'any where process.name like ("a*", "*b")'],
    ["process.args:(a and b)", 'any where process.args == "a" and process.args == "b"'],
    ["process.args:(a and not b)", 'any where process.args == "a" and process.args != "b"'],
    ["not process.name:(a or b)", 'any where process.name not in ("a", "b")'],
    ["not process.name:a*", 'any where not process.name like "a*"'],
    ["not (process.name:a and process.pid:1)", 'any where not (process.name == "a" and process.pid == 1)'],
    [
      "process.name:a and (process.pid:1 or process.pid > 4)",
      'any where process.name == "a" and (process.pid == 1 or process.pid > 4)',
    ],
    [
      "process.name:a or process.pid:1 and process.pid > 4",
      'any where process.name == "a" or (process.pid == 1 and process.pid > 4)',
    ],
    ["process.name:*", "any where process.name != null"],
    ["not process.name:*", "any where process.name == null"],
    ['process.name:"a*"', 'any where process.name == "a*"'],
    ["process.command_line:C\\:\\\\x\\\\*", 'any where process.command_line like "C:\\\\x\\\\*"'],
    ['process.name:"say \\"a\\""', 'any where process.name == "say \\"a\\""'],
    ["process.where.sample:a", 'any where process.`where`.`sample` == "a"'],
    ["process.pid:(1 or 47.0)", "any where process.pid in (1, 47)"],
    ["process.pid:-3", "any where process.pid == -3"],
    ["rate:1.5", "any where rate == 1.5"],
    ["trusted:true", "any where trusted == true"],
    ["source.ip:10.0.0.1", 'any where source.ip == "10.0.0.1"'],
    [
      'source.ip:(10.0.0.0/8 or "::1" or 1.2.3.4)',
      'any where (cidrMatch(source.ip, "10.0.0.0/8") or source.ip == "::1" or source.ip == "1.2.3.4")',
    ],
    ['@timestamp >= "2024-05-28"', 'any where @timestamp >= "2024-05-28"'],
    ["host.os.version < 10.1", 'any where host.os.version < "10.1"'],
    [
      "not source.ip:(1.2.3.4 or 10.0.0.1) or process.pid:1",
      'any where (source.ip != "1.2.3.4" and source.ip != "10.0.0.1") or process.pid == 1',
    ],
    [
      "host.os.version:(1.2 or 1.3) and process.pid:1",
      'any where (host.os.version == "1.2" or host.os.version == "1.3") and process.pid == 1',
    ],
    ["process.name:**", 'any where process.name like "**"'],
  ])("%s", (kql, eql) => {
    expect(toEql(kql)).toBe(eql);
    const { ast, errors } = parseEql(eql);
    expect(errors).toEqual([]);
    expect(verifyEql(ast, FIELDS, { categoryField: "event.category" })).toEqual([]);
  });

  test.each<readonly [kql: string, reason: string]>([
    ["foo", "✗ foo: EQL does not look for a text in all fields"],
    ["null:a", "✗ null: EQL does not look for a text in all fields"],
    ["process.*:a", "✗ process.*: EQL has no patterns for the names of fields"],
    ["items:{ name:a }", "✗ items:{ name:a }: EQL does not look into nested fields"],
    ["items.name:a", "✗ items.name: EQL does not look into nested fields such as `items.name`"],
    ["message:a", "✗ message: KQL looks for words in `message`, and EQL for the whole text"],
    ["nowhere:a", "✗ nowhere: The type of `nowhere` is not known"],
    ["flat.a:b", "✗ flat.a: `flat.a` is of the type flattened, of which EQL asks nothing"],
    [
      "process.name:a?b*",
      "✗ process.name:a?b*: `a?b` holds a wildcard of EQL that cannot be taken literally there",
    ],
    ["@timestamp > now-1d", "✗ now-1d: KQL and EQL do not read `now-1d` of `@timestamp` alike"],
    ["process.name > a", "✗ a: KQL and EQL do not read `a` of `process.name` alike"],
    ["process.name:007", "✗ 007: KQL and EQL do not read `007` of `process.name` alike"],
    ["process.pid:4.5", "✗ 4.5: KQL and EQL do not read `4.5` of `process.pid` alike"],
    ["host.os.version:10.*", "✗ 10.*: `host.os.version` is a version, for which EQL has no patterns"],
    ["score:0.1", "✗ 0.1: KQL and EQL do not read `0.1` of `score` alike"],
    [
      "process.pid:9007199254740993",
      "✗ 9007199254740993: KQL and EQL do not read `9007199254740993` of `process.pid` alike",
    ],
  ])("%s is refused", (kql, reason) => {
    expect(toEql(kql)).toBe(reason);
  });
});

describe("EQL as KQL", () => {
  test.each<readonly [eql: string, kql: string]>([
    ["any where true", "*:*"],
    ["any where false", "not *:*"],
    ["process where true", "event.category:process"],
    [
      'process where event.type == "start" and process.name == "cmd.exe"',
      "event.category:process and event.type:start and process.name:cmd.exe",
    ],
    ['any where process.name != "a b"', 'not process.name:"a b"'],
    ['any where process.name like "**"', "process.name:*"],
    ['any where process.name in ("a", "not")', 'process.name:(a or "not")'],
    ['any where process.name not in ("a", "b")', "not process.name:(a or b)"],
    ['any where process.name like ("a*", "b")', "process.name:(a* or b)"],
    ['any where process.name : ("1*", "2")', 'process.name:(1* or "2")'],
    ['any where process.command_line like "C:\\\\x (y)*"', "process.command_line:C\\:\\\\x \\(y\\)*"],
    ["any where process.name != null", "process.name:*"],
    ["any where process.name == null", "not process.name:*"],
    ["any where null == process.name", "not process.name:*"],
    ['any where "a" == process.name', "process.name:a"],
    ["any where 4 < process.pid", "process.pid > 4"],
    ["any where process.pid == -4", "process.pid:-4"],
    ["any where trusted", "trusted:true"],
    ["any where not trusted == false", "not trusted:false"],
    ['any where cidrMatch(source.ip, "10.0.0.0/8", "fe80::/10")', 'source.ip:("10.0.0.0/8" or "fe80::/10")'],
    ['any where source.ip == "::1"', 'source.ip:"::1"'],
    ['any where startsWith(process.name, "a")', "process.name:a*"],
    ['any where endsWith(process.name, ".exe")', "process.name:*.exe"],
    ['any where stringContains~(process.name, "-")', "process.name:*-*"],
    ['any where not (process.name == "a" or process.pid == 1)', "not (process.name:a or process.pid:1)"],
    [
      'any where process.name == "a" and (process.pid == 1 or process.pid == 2)',
      "process.name:a and (process.pid:1 or process.pid:2)",
    ],
    ['any where process.name == "a\\tb"', 'process.name:"a\\tb"'],
    ['any where process.name like "*"', "process.name:*"],
  ])("%s", (eql, kql) => {
    expect(toKql(eql)).toBe(kql);
    const parse = parseKql(kql);
    expect([...parse.errors, ...misreadByPython(parse), ...refusedByPython(parse)]).toEqual([]);
  });

  test.each<readonly [eql: string, reason: string]>([
    [
      'any where process.name : "cmd.exe"',
      '✗ "cmd.exe": EQL takes `cmd.exe` in any case here, and KQL only as it is written',
    ],
    [
      'any where process.name in~ ("a")',
      '✗ "a": EQL takes `a` in any case here, and KQL only as it is written',
    ],
    [
      'any where startsWith~(process.name, "a")',
      '✗ "a": EQL takes `a` in any case here, and KQL only as it is written',
    ],
    ['any where process.name like "a?"', '✗ "a?": KQL has no wildcard for a single character'],
    ['any where process.name regex "a+"', '✗ process.name regex "a+": KQL has no regular expressions'],
    [
      "any where length(process.name) > 4",
      "✗ length(process.name) > 4: KQL compares fields with values, and nothing else",
    ],
    [
      "any where process.name == process.args",
      "✗ process.args: KQL compares fields with values, and nothing else",
    ],
    [
      "any where process.pid + 1 == 4",
      "✗ process.pid + 1 == 4: KQL compares fields with values, and nothing else",
    ],
    [
      'any where indexOf(process.name, "a") == 0',
      '✗ indexOf(process.name, "a") == 0: KQL compares fields with values, and nothing else',
    ],
    ['any where process.pid : "4"', '✗ "4": KQL and EQL do not read `4` of `process.pid` alike'],
    ["any where process.name", "✗ process.name: `process.name` is not true or false"],
    ['any where nowhere == "a"', "✗ nowhere: The type of `nowhere` is not known"],
    ["any where true | head 5", "✗ | head 5: KQL has no pipes"],
    [
      "sequence [any where true] [any where true]",
      "✗ sequence [any where true] [any where true]: KQL looks at single events, not at several together",
    ],
    [
      'any where process.name like "a and*"',
      '✗ any where process.name like "a and*": `a and*` cannot be written as a pattern of KQL',
    ],
    ["any where process.pid > null", "✗ process.pid > null: Nothing is smaller or larger than `null`"],
  ])("%s is refused", (eql, reason) => {
    expect(toKql(eql)).toBe(reason);
  });
});

const SEED = 20_260_102;
const EVENTS = 1000;

function kqlTest(text: string): Predicate {
  const { ast, errors } = parseKql(text);
  if (errors[0] !== undefined) throw new Error(`${text}: ${errors[0].message}`);
  const compiled = compileKql(ast, OPTIONS);
  if (!compiled.ok) throw new Error(`${text}: ${compiled.error.feature}`);
  return compiled.value;
}

function eqlTest(text: string): Predicate {
  const { ast, errors } = parseEql(text);
  if (errors[0] !== undefined || ast.body.kind !== "event")
    throw new Error(`${text}: ${errors[0]?.message ?? ""}`);
  const compiled = compileCondition(ast.body.condition, { ...defaultEqlOptions, types: TYPES });
  if (!compiled.ok) throw new Error(`${text}: ${compiled.error.feature}`);
  return compiled.value;
}

test(`what is offered means the same, there and back again (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  const documents: readonly JsonObject[] = Array.from({ length: EVENTS }, () => randomTypedDocument(random));
  let offered = 0;
  for (let round = 0; round < 1000; round++) {
    const text = randomTypedQuery(random);
    const forth = eqlOfKql(parseKql(text), TYPES);
    const isRunnable = compileKql(parseKql(text).ast, OPTIONS).ok;
    if (!forth.ok || !isRunnable) continue;
    const [kql, eql] = [kqlTest(text), eqlTest(forth.value)];
    const back = kqlOfEql(parseEql(forth.value), TYPES);
    const again = back.ok ? kqlTest(back.value) : undefined;
    if (again !== undefined) offered++;
    for (const document of documents) {
      const what = `${text} as ${forth.value} on ${JSON.stringify(document)}`;
      expect(eql(document), what).toBe(kql(document));
      if (again !== undefined) expect(again(document), `${what} and back`).toBe(kql(document));
    }
  }
  expect(offered).toBeGreaterThan(200);
});
