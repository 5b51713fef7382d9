import { textIn } from "../../rule/read.ts";
import { type SourcedText } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { type RuleCheck } from "../check.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const impossibleDate: RuleCheck = {
  id: "metadata/impossible-date",
  on: "rule",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A date that is not in the calendar.",
  why: "Elastic's loader looks at the form of a date only, so a 13th month and a 31st of February pass, and whatever reads the date later fails or guesses.",
  bad: `[metadata]
creation_date = "2024/02/31"
maturity = "production"
`,
  good: `[metadata]
creation_date = "2024/02/29"
maturity = "production"
`,
  *run({ metadata }) {
    for (const name of ["creation_date", "updated_date", "deprecation_date"]) {
      const date = metadata && textIn(metadata, name);
      const [, year, month, day] = /^(\d{4})\/(\d{2})\/(\d{2})$/.exec(date?.value ?? "") ?? [];
      if (date === undefined || day === undefined) continue;
      if (isInCalendar(Number(year), Number(month), Number(day))) continue;
      const message = `There is no ${date.value} in the calendar`;
      yield { span: date.span, message, fixes: swapped(date) };
    }
  },
};

function isInCalendar(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && 1 <= day && day <= days;
}

/** Day and month in the other order, where that is a date. */
function swapped(date: SourcedText): readonly Fix[] {
  const [year = "", month = "", day = ""] = date.value.split("/");
  if (!isInCalendar(Number(year), Number(day), Number(month))) return [];
  const value = `${year}/${day}/${month}`;
  const edit = replaceText(date.host, value);
  return unsafeFix(`Write ${value}`, edit);
}
