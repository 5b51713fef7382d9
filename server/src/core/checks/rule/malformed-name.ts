import { type SourcedText } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { endRunStart } from "../../text/ends.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { replaceText } from "../../toml/edits.ts";
import { type PlaceCheck } from "../check.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const malformedName: PlaceCheck = {
  id: "rule/malformed-name",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-name-pattern"],
  summary: "A rule name of another form than Elastic's loader takes.",
  why: "Elastic's loader wants a name of three characters or more that begins with a letter or digit and ends with a letter, a digit or a bracket. Rules of your own are free.",
  bad: `[rule]
type = "eql"
name = "Suspicious Logon!"
`,
  good: `[rule]
type = "eql"
name = "Suspicious Logon"
`,
  *run({ name }, { repository }) {
    if (name === undefined || repository.kind !== "elastic") return;
    // An empty name has a finding of its own.
    if (name.value.trim() === "" || FORM.test(name.value)) return;
    const problem = problemOf(name.value);
    yield {
      span: problem.at === undefined ? name.span : name.host.map.toHostSpan(problem.at),
      message: `A rule name ${problem.sentence}`,
      fixes: trimmed(name),
    };
  },
};

const FORM = /^[a-zA-Z0-9].+?[a-zA-Z0-9[\]()]$/;
const WRONG_START = /^[^a-zA-Z0-9]+/;
const WRONG_END = /[^a-zA-Z0-9[\]()]/;

interface Problem {
  readonly sentence: string;
  /** In the name; undefined: the whole of it. */
  readonly at?: Span;
}

function problemOf(name: string): Problem {
  const [start] = WRONG_START.exec(name) ?? [];
  if (start !== undefined) {
    return { sentence: `begins with a letter or digit, not \`${start}\``, at: spanOf(0, start.length) };
  }
  const at = spanOf(endRunStart(name, WRONG_END), name.length);
  if (at.start < at.end) {
    const end = name.slice(at.start);
    return { sentence: `ends with a letter, a digit or a bracket, not \`${end}\``, at };
  }
  if (name.length < 3) return { sentence: "has three characters or more" };
  return { sentence: "stands on one line" };
}

function trimmed(name: SourcedText): readonly Fix[] {
  const value = name.value
    .slice(0, endRunStart(name.value, WRONG_END))
    .replace(WRONG_START, "")
    .replace(/\s+/g, (blanks) => (blanks.includes("\n") ? " " : blanks));
  const edit = FORM.test(value) ? replaceText(name.host, value) : undefined;
  return unsafeFix(`Write ${value}`, edit);
}
