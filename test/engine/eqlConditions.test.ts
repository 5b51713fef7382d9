/** What a condition says of a document: values, arrays, nulls, optional fields. */
import { describe, expect, test } from "vitest";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { asked, type Mapping } from "./eqlAsk.ts";

const DOCUMENT: JsonObject = {
  name: "Cmd.exe",
  pid: 12,
  text: "12",
  ratio: 2.5,
  yes: true,
  no: false,
  none: null,
  empty: [],
  nulls: [null],
  tags: ["one", "Two", null],
  numbers: [1, 20],
  "process.name": "a",
  process: { pid: 1, args: [{ v: "x" }, { v: ["y", "z"] }] },
  path: "C:\\Windows\\cmd.exe",
  star: "a*",
};

type Row = readonly [condition: string, holds: boolean];

function table(rows: readonly Row[], document: JsonObject = DOCUMENT, mapping: Mapping = {}): void {
  test.each(rows)("%s: %s", (condition, holds) => expect(asked(condition, document, mapping)).toBe(holds));
}

describe("equality is exact", () =>
  table([
    [`name == "Cmd.exe"`, true],
    [`name == "cmd.exe"`, false],
    [`name == "Cmd*"`, false],
    [`star == "a*"`, true],
    [`name in ("x", "Cmd.exe")`, true],
    [`name in ("x", "cmd.exe")`, false],
    [`name in~ ("x", "cmd.EXE")`, true],
    [`name in~ ("cmd*", "y")`, false],
    [`name not in ("x", "y")`, true],
    [`name < "cmd"`, true],
    [`name >= "Cmd.exe"`, true],
    [`"Cmd.exe" == name`, true],
    [`5 < pid`, true],
    [`5 > pid`, false],
  ]));

describe("patterns match whole values", () =>
  table([
    [`name : "cmd.exe"`, true],
    [`name : "cmd"`, false],
    [`name : ("x*", "*.EXE")`, true],
    [`name : "cmd?exe"`, true],
    [`name : "cmd??exe"`, false],
    [`name like "cmd*"`, false],
    [`name like "Cmd*"`, true],
    [`name like~ "cmd*"`, true],
    [`path : "c:\\\\windows\\\\*"`, true],
    [`path : """*\\cmd.exe"""`, true],
    [`name regex "Cmd"`, false],
    [`name regex "[A-Z]md\\\\.exe"`, true],
    [`name regex "[a-z]+\\\\.exe"`, false],
    [`name regex~ ("x", "[a-z]+\\\\.exe")`, true],
  ]));

describe("a missing field makes a leaf false, and what is not said of it true", () =>
  table([
    [`empty : "x"`, false],
    [`not empty : "x"`, true],
    [`empty != "x"`, true],
    [`empty not in ("x")`, true],
    [`empty > 3`, false],
    [`not empty > 3`, true],
    [`empty == null`, true],
    [`none == null`, true],
    [`nulls == null`, true],
    [`null == nulls`, true],
    [`tags == null`, false],
    [`tags != null`, true],
    [`name != null`, true],
    [`process == null`, true],
    [`not startsWith(empty, "x")`, true],
    [`startsWith(empty, "x") == false`, true],
    [`length(empty) == null`, true],
    [`concat(name, empty) == null`, true],
    [`null == (empty > 1)`, true],
  ]));

describe("one of several values is enough", () =>
  table([
    [`tags == "Two"`, true],
    [`tags != "Two"`, false],
    [`tags != "three"`, true],
    [`tags : "two"`, true],
    [`not tags : "two"`, false],
    [`tags in ("x", "one")`, true],
    [`numbers > 10`, true],
    [`numbers < 10`, true],
    [`numbers > 30`, false],
    [`numbers + 1 == 21`, true],
    [`numbers + numbers == 21`, true],
    [`concat(tags, tags) == "oneTwo"`, true],
    [`process.args.v == "z"`, true],
    [`process.args.v : ("X", "q")`, true],
    [`length(tags) == 3`, true],
    [`indexOf(tags, "T") == null`, false],
    [`indexOf(tags, "T") != null`, true],
    [`indexOf(tags, "q") == null`, true],
  ]));

describe("numbers and texts", () =>
  table([
    [`text == 12`, true],
    [`text > 9`, true],
    [`text in (1, 12)`, true],
    [`pid == "12"`, true],
    [`pid in ("12", "13")`, true],
    [`pid == 12.0`, true],
    [`name == 12`, false],
    [`not name == 12`, true],
    [`pid / 5 == 2`, true],
    [`pid / 5.0 == 2.4`, true],
    [`pid % -5 == 2`, true],
    [`-pid % 5 == -2`, true],
    [`ratio * 2 == 5`, true],
    [`text + 1 == 13`, true],
  ]));

describe("booleans", () =>
  table([
    [`yes`, true],
    [`no`, false],
    [`not no`, true],
    [`yes == true`, true],
    [`no == false`, true],
    [`empty == true`, false],
    [`empty == false`, false],
    [`empty != true`, true],
    [`(name : "cmd*") == true`, true],
    [`(name : "x*") == false`, true],
    [`(empty : "x*") != true`, true],
    [`false == (empty : "x*")`, true],
    [`(name : "cmd*" and pid == 12) == true`, true],
    [`(yes == true) == (no == false)`, true],
  ]));

describe("optional fields that nobody maps are null", () =>
  table([
    [`?gone == null`, true],
    [`?gone != null`, false],
    [`?gone`, false],
    [`?gone == ?lost`, true],
    [`?gone == "x"`, false],
    [`?gone != "x"`, true],
    [`not ?gone == "x"`, true],
    [`?gone : "x"`, false],
    [`not ?gone : "x"`, false],
    [`?gone : "x" or yes`, true],
    [`not (?gone : "x" or no)`, false],
    [`not (?gone : "x" and no)`, true],
    [`not (?gone : "x" and yes)`, false],
    [`?gone not in ("x")`, false],
    [`?name : "cmd*"`, true],
    [`not ?name : "x"`, true],
    [`not gone : "x"`, true],
  ]));

describe("constants are folded with three values", () =>
  table([
    [`null`, false],
    [`not null`, false],
    [`null and false`, false],
    [`not (null and false)`, true],
    [`null or true`, true],
    [`null == null`, true],
    [`null != null`, false],
    [`not null < 3`, false],
    [`3 in (1, null)`, false],
    [`not 3 in (1, null)`, false],
    [`pid in (12, null)`, true],
    [`pid not in (13, null)`, true],
  ]));

describe("letters of other alphabets", () =>
  table(
    [
      [`s : "stra\u00dfe"`, true],
      [`e : "\u00c9"`, false],
      [`string(e) : "\u00c9"`, true],
      [`startsWith~(e, "\u00c9")`, true],
      [`kelvin : "k"`, false],
      [`kelvin : ("k*", "q*")`, false],
      [`kelvin in~ ("k", "q")`, false],
      [`string(kelvin) : "k"`, true],
      [`face : "?"`, true],
      [`face : "??"`, false],
      [`face : "*?"`, true],
      [`face regex "."`, true],
      [`dotted : "a?b"`, true],
    ],
    { s: "STRA\u00dfE", e: "\u00e9", kelvin: "\u212a", face: "\u{1f600}", dotted: "a\u0130b" },
  ));
