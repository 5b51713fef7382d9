import { textIn } from "../../rule/read.ts";
import { replaceText } from "../../toml/edits.ts";
import { type PlaceCheck } from "../check.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const futureDate: PlaceCheck = {
  id: "metadata/future-date",
  on: "place",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  summary: "A date that has not come yet.",
  why: "Dates say when a rule was written and changed. One in the future is a slip, often in the year, and Elastic's CI lets it pass. Where no clock is at hand nothing is told.",
  bad: `[metadata]
updated_date = "2099/01/01"
`,
  good: `[metadata]
updated_date = "2024/01/31"
`,
  *run({ metadata }, { today }) {
    if (metadata === undefined || today === undefined) return;
    for (const name of ["creation_date", "updated_date", "deprecation_date"]) {
      const date = textIn(metadata, name);
      // What has another form has a finding of its own.
      if (date === undefined || !/^\d{4}\/\d{2}\/\d{2}$/.test(date.value) || date.value <= today) continue;
      yield {
        span: date.span,
        message: `\`${name}\` is in the future: today is ${today}`,
        fixes: unsafeFix(`Write ${today}`, replaceText(date.host, today)),
      };
    }
  },
};
