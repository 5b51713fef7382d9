/** What a hover says of a keyword, operator, pipe or unit. */
export interface EqlWord {
  readonly signature: string;
  readonly text: string;
  readonly example: string;
}

function word(signature: string, text: string, example: string): EqlWord {
  return { signature, text, example };
}

const CASE_SENSITIVE = "Case-sensitive, and `*` and `?` stand for themselves.";
const ARITHMETIC = "Null if one side has no value.";

/** Keywords and operators by how they are written. */
export const EQL_WORDS: ReadonlyMap<string, EqlWord> = new Map([
  [
    "and",
    word(
      "condition and condition",
      "True if both conditions are. Binds tighter than `or`.",
      'process.name : "cmd.exe" and process.pid > 4',
    ),
  ],
  [
    "or",
    word(
      "condition or condition",
      "True if one of the conditions is. Binds looser than `and`.",
      'user.name == "root" or user.id == "0"',
    ),
  ],
  [
    "not",
    word(
      "not condition",
      "True if the condition is not, which includes events where the field is missing.",
      'not process.name : "svchost.exe"',
    ),
  ],
  ["any", word("any where condition", "Events of every category.", 'any where host.name == "srv-1"')],
  [
    "where",
    word(
      "category where condition",
      "The events of a category that meet a condition. The category is compared with `event.category`, case-sensitively.",
      "process where process.pid == 4",
    ),
  ],
  [
    "in",
    word(
      "value in (value, …)",
      `True if the value equals one of the list. ${CASE_SENSITIVE} \`not in\` is its opposite; \`in~\` ignores case.`,
      'process.name in ("cmd.exe", "powershell.exe")',
    ),
  ],
  [
    "in~",
    word(
      "value in~ (value, …)",
      "True if the value equals one of the list, ignoring case. `*` and `?` stand for themselves.",
      'process.name in~ ("CMD.exe", "powershell.exe")',
    ),
  ],
  [
    "like",
    word(
      "value like pattern",
      "True if the whole value fits the pattern or one of a list. Case-sensitive; `*` stands for any characters, `?` for one.",
      'file.path like "C:\\\\Users\\\\*"',
    ),
  ],
  [
    "like~",
    word(
      "value like~ pattern",
      "True if the whole value fits the pattern or one of a list, ignoring case; the same as :",
      'file.path like~ ("*.exe", "*.dll")',
    ),
  ],
  [
    "regex",
    word(
      "value regex pattern",
      "True if the whole value fits the Lucene regular expression or one of a list. Case-sensitive; there are no anchors.",
      'process.name regex "[a-z]{8}\\\\.exe"',
    ),
  ],
  [
    "regex~",
    word(
      "value regex~ pattern",
      "True if the whole value fits the Lucene regular expression or one of a list, ignoring case; there are no anchors.",
      'process.name regex~ """[a-z]{8}\\.exe"""',
    ),
  ],
  [
    ":",
    word(
      "value : pattern",
      "True if the whole value fits the pattern or one of a list, ignoring case. `*` stands for any characters, `?` for one.",
      'process.name : ("cmd.exe", "power*.exe")',
    ),
  ],
  [
    "==",
    word(
      "value == value",
      `True if both values are equal. ${CASE_SENSITIVE} \`field == null\` is true where the field has no value.`,
      'user.id == "S-1-5-18"',
    ),
  ],
  [
    "!=",
    word(
      "value != value",
      `True if the values differ, or the field has no value. ${CASE_SENSITIVE}`,
      'user.id != "S-1-5-18"',
    ),
  ],
  [
    "<",
    word(
      "value < value",
      "True if the first value is less. Texts are compared by character codes.",
      "process.pid < 100",
    ),
  ],
  [
    "<=",
    word(
      "value <= value",
      "True if the first value is less or equal. Texts are compared by character codes.",
      "process.pid <= 100",
    ),
  ],
  [
    ">",
    word(
      "value > value",
      "True if the first value is greater. Texts are compared by character codes.",
      "file.size > 1024",
    ),
  ],
  [
    ">=",
    word(
      "value >= value",
      "True if the first value is greater or equal. Texts are compared by character codes.",
      "file.size >= 1024",
    ),
  ],
  [
    "+",
    word(
      "number + number",
      `The sum of two numbers. ${ARITHMETIC}`,
      "source.bytes + destination.bytes > 1000",
    ),
  ],
  [
    "-",
    word(
      "number - number",
      `The difference of two numbers, or the negative of one. ${ARITHMETIC}`,
      "process.exit_code == -1",
    ),
  ],
  ["*", word("number * number", `The product of two numbers. ${ARITHMETIC}`, "source.packets * 100 > 1000")],
  [
    "/",
    word(
      "number / number",
      `The quotient of two numbers; two whole numbers give a whole number, cut towards zero. ${ARITHMETIC}`,
      "file.size / 1024 > 10",
    ),
  ],
  [
    "%",
    word(
      "number % number",
      `The remainder of a division, with the sign of the first number. ${ARITHMETIC}`,
      "process.pid % 4 == 0",
    ),
  ],
  [
    "?",
    word(
      "?field",
      "An optional field: if no searched index has it in its mapping, it counts as null instead of failing the query.",
      "?process.code_signature.trusted == true",
    ),
  ],
  [
    "true",
    word("true", "The boolean value true; as a condition it lets every event through.", "process where true"),
  ],
  ["false", word("false", "The boolean value false.", "process.code_signature.exists == false")],
  [
    "null",
    word(
      "null",
      "No value: `== null` finds events without the field, `!= null` those with it.",
      "user.name != null",
    ),
  ],
  [
    "sequence",
    word(
      "sequence [by field, …] [with maxspan=duration] [event] [event] …",
      "Events that follow each other in time, with equal keys. At least two.",
      "sequence by host.id with maxspan=1m\n  [process where true]\n  [network where true]",
    ),
  ],
  [
    "sample",
    word(
      "sample by field, … [event] [event] …",
      "Events with equal keys in any order of time. At least two events and one key.",
      "sample by host.id\n  [process where true]\n  [file where true]",
    ),
  ],
  ["join", word("join", "Not supported by Elasticsearch: use `sequence` or `sample`.", "")],
  [
    "by",
    word(
      "by field, …",
      "Keys: only events whose values of these fields are equal belong together, compared case-sensitively. Several keys count by their position.",
      "sequence by host.id, user.name",
    ),
  ],
  [
    "with",
    word(
      "with maxspan=duration, with runs=number",
      "An option: `maxspan` after the keys of a sequence, `runs` after one of its events.",
      "sequence by host.id with maxspan=5m",
    ),
  ],
  [
    "maxspan",
    word(
      "with maxspan=duration",
      "The longest time from the first to the last event of a sequence, inclusive. Units: ms, s, m, h, d.",
      "sequence by host.id with maxspan=30s",
    ),
  ],
  [
    "runs",
    word(
      "with runs=number",
      "The event must occur this many times in a row, from 1 to 100.",
      '[authentication where event.outcome == "failure"] with runs=5',
    ),
  ],
  [
    "until",
    word(
      "until [event]",
      "Ends sequences that are not complete when this event occurs. It needs as many keys as the others.",
      'until [process where event.type == "end"]',
    ),
  ],
  [
    "![",
    word(
      "![category where condition]",
      "A missing event: the sequence matches only if no such event occurs here within the maxspan.",
      "sequence by host.id with maxspan=1m\n  [process where true]\n  ![network where true]",
    ),
  ],
  ["of", word("child of [event]", "Process relationships are not supported by Elasticsearch.", "")],
]);

export const EQL_PIPE_WORDS: ReadonlyMap<string, EqlWord> = new Map([
  [
    "head",
    word("| head number", "The first results only, in the order of time.", "process where true | head 5"),
  ],
  [
    "tail",
    word("| tail number", "The last results only, in the order of time.", "process where true | tail 5"),
  ],
]);

export const EQL_UNIT_WORDS: ReadonlyMap<string, EqlWord> = new Map([
  ["ms", word("ms", "Milliseconds.", "with maxspan=500ms")],
  ["s", word("s", "Seconds.", "with maxspan=30s")],
  ["m", word("m", "Minutes.", "with maxspan=5m")],
  ["h", word("h", "Hours.", "with maxspan=1h")],
  ["d", word("d", "Days.", "with maxspan=1d")],
]);
