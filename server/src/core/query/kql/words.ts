/** What a hover says of a keyword, operator or value with a meaning of its own. */
export interface KqlWord {
  readonly signature: string;
  readonly text: string;
  readonly example: string;
}

/** By how they are written, in lower case. */
export const KQL_WORDS: ReadonlyMap<string, KqlWord> = new Map([
  [
    "and",
    {
      signature: "condition and condition",
      text: "True if both conditions are. Binds tighter than `or`. Among values, each of them must be one of the field's.",
      example: "event.category:network and destination.port:22",
    },
  ],
  [
    "or",
    {
      signature: "condition or condition",
      text: "True if one of the conditions is. Binds looser than `and`.",
      example: 'user.name:root or user.id:"0"',
    },
  ],
  [
    "not",
    {
      signature: "not condition",
      text: "True if the condition is not, which includes documents where the field is missing. Stands before the field.",
      example: "not process.name:svchost.exe",
    },
  ],
  [
    ":",
    {
      signature: "field:value",
      text: "True if the field has the value, or one of several in parentheses. Keywords are compared whole and case-sensitively, texts word by word. `*` stands for any characters, but not in quotes.",
      example: 'process.name:(cmd.exe or powershell.exe or "rundll32.exe")',
    },
  ],
  [
    "<",
    {
      signature: "field < value",
      text: "True if one of the field's values is less. Dates are rounded down: `< 2024-05-31` ends before that day.",
      example: "destination.port < 1024",
    },
  ],
  [
    "<=",
    {
      signature: "field <= value",
      text: "True if one of the field's values is less or equal. Dates are rounded up: `<= 2024-05-31` has all of that day.",
      example: "file.size <= 1048576",
    },
  ],
  [
    ">",
    {
      signature: "field > value",
      text: "True if one of the field's values is greater. Dates are rounded up: `> 2024-05-31` begins after that day.",
      example: "process.args_count > 10",
    },
  ],
  [
    ">=",
    {
      signature: "field >= value",
      text: "True if one of the field's values is greater or equal. Dates are rounded down, and may be such as `now-1d/d`.",
      example: "@timestamp >= now-1d/d",
    },
  ],
  [
    "{",
    {
      signature: "field:{ condition }",
      text: "True if one of the objects of a nested field satisfies the whole condition. Names in it follow the field: `file.name` stands for `email.attachments.file.name`.",
      example: "email.attachments:{ file.extension:exe and file.size > 100 }",
    },
  ],
  [
    "*",
    {
      signature: "field:*",
      text: "True if the field has any value. Beside other characters, `*` stands for any number of them, on keyword and text fields.",
      example: "process.parent.name:* and process.executable:/tmp/*",
    },
  ],
  [
    "null",
    {
      signature: "null",
      text: "Elasticsearch refuses to compare with it. `not field:*` is true where a field has no value.",
      example: "not process.parent.name:*",
    },
  ],
]);
