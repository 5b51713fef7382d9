import { type BuiltInCheck } from "../check.ts";

export const tooLargeEvent: BuiltInCheck = {
  id: "events/too-large",
  on: "run",
  file: "events",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "An event that is longer or nested deeper than any that Elasticsearch takes.",
  why: "Such a document is refused when it is indexed, and here it is passed over. Often several events were glued together.",
  bad: "",
  good: "",
};
