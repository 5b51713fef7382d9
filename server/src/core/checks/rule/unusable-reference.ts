import { type Span, spanOf } from "../../text/span.ts";
import { replaceText } from "../../toml/edits.ts";
import { type RuleCheck } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unusableReference: RuleCheck = {
  id: "rule/unusable-reference",
  on: "rule",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A reference that no browser can open.",
  why: "Kibana shows references as links. They must begin with `https://` or `http://`: browsers have dropped `ftp` and `gopher`, and open no addresses of files. Blanks and the brackets of Markdown do not belong to an address.",
  bad: `[rule]
type = "eql"
references = ["ftp://example.com/report.pdf"]
`,
  good: `[rule]
type = "eql"
references = ["https://example.com/report.pdf"]
`,
  *run({ rule }) {
    if (rule === undefined) return;
    for (const item of textsIn(rule, "references").slice(0, MOST)) {
      const problem = problemOf(item.value);
      if (problem === undefined) continue;
      const { at, message, meant } = problem;
      yield {
        span: at === undefined ? item.span : item.map.toHostSpan(at),
        message,
        fixes: meant === undefined ? [] : unsafeFix(`Write ${meant}`, replaceText(item, meant)),
      };
    }
  },
};

interface Problem {
  /** Undefined: the whole reference. */
  readonly at?: Span;
  readonly message: string;
  /** The address that was probably meant. */
  readonly meant?: string | undefined;
}

function problemOf(reference: string): Problem | undefined {
  const text = reference.trim();
  const [link, address = ""] = /^!?\[[^\]]*\]\(([^()\s]+)\)$/.exec(text) ?? /^<([^<>\s]+)>$/.exec(text) ?? [];
  if (link !== undefined)
    return { message: "A reference is the address alone, without Markdown", meant: address };
  const scheme = /^([a-z][a-z0-9+.-]*):(?=\/|[^\d])/i.exec(text)?.[1];
  if (scheme === undefined) {
    const isBare = /^(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?$/.test(text);
    return { message: "A reference begins with `https://`", meant: isBare ? `https://${text}` : undefined };
  }
  if (!/^https?$/i.test(scheme)) {
    const meant = SLIPS.test(scheme) ? text.replace(/^[^:]*:\/*/, "https://") : undefined;
    const at = spanOf(reference.indexOf(scheme), reference.indexOf(scheme) + scheme.length);
    return { at, message: `Browsers open no references that begin with \`${scheme}:\``, meant };
  }
  if (!/^https?:\/\/[^/?#\s]/i.test(text)) {
    const meant = text.replace(/^(https?):?\/*/i, "$1://");
    return {
      message: "The name of a host is missing after `//`",
      meant: /^https?:\/\/\w/i.test(meant) ? meant : undefined,
    };
  }
  const blank = /\s/.exec(text);
  if (blank === null) return undefined;
  const at = spanOf(reference.indexOf(text) + blank.index, reference.indexOf(text) + blank.index + 1);
  return { at, message: "There is a blank in the address" };
}

const SLIPS = /^(?:hxxps?|htp?s?|https?s|httpd?|http[a-z])$/i;

/** More of them no rule has. */
const MOST = 200;
