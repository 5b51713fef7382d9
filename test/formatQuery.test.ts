/** The layout of a query inside its rule: quotes, escapes and line ends stay as the file has them. */
import { describe, expect, test } from "vitest";
import {
  DEFAULT_LAYOUT,
  type QueryFormatting,
  formatQuery,
} from "../server/src/core/features/formatQuery.ts";
import { applyEdits } from "../server/src/core/text/edit.ts";
import { snapshot } from "./support/analyse.ts";

const HEAD = '[rule]\ntype = "eql"\nlanguage = "eql"\n';

function formatting(text: string): QueryFormatting | undefined {
  const read = snapshot(text);
  const [query] = read.queries();
  return query && formatQuery(read, query, DEFAULT_LAYOUT);
}

/** The rule after formatting, without its head; else why it was left alone. */
function formatted(query: string, head = HEAD): string {
  const text = head + query;
  const result = formatting(text);
  if (result?.kind !== "formatted") return result?.kind === "left-alone" ? result.reason : "nothing";
  const changed = applyEdits(text, result.edits);
  // A second time changes nothing.
  expect(formatting(changed)).toEqual({ kind: "formatted", edits: [] });
  return changed.slice(head.length);
}

describe("queries of several lines", () => {
  test("keep the line end after the opening quotes and get one before the closing ones", () => {
    expect(formatted("query = '''\nprocess where a==1 and\nb==2'''\n")).toBe(
      "query = '''\nprocess where a == 1 and\n  b == 2\n'''\n",
    );
    expect(formatted("query = '''\n\n  process where true\n\n  '''\n")).toBe(
      "query = '''\nprocess where true\n'''\n",
    );
  });

  test("that began beside the quotes move below them", () => {
    expect(formatted("query = '''process where a == 1 and\nb == 2'''\n")).toBe(
      "query = '''\nprocess where a == 1 and\n  b == 2\n'''\n",
    );
  });

  test("keep the line ends of the file", () => {
    const head = HEAD.replaceAll("\n", "\r\n");
    expect(
      formatted("query = '''\r\nprocess where a==1 and // x\r\n/* y\r\n  z */ b==2\r\n'''\r\n", head),
    ).toBe("query = '''\r\nprocess where a == 1 and // x\r\n  /* y\r\n    z */ b == 2\r\n'''\r\n");
  });

  test("in double quotes keep their escapes", () => {
    expect(formatted('query = """\nprocess where a : "C:\\\\\\\\x"  and b=="\\u0041"\n"""\n')).toBe(
      'query = """\nprocess where a : "C:\\\\\\\\x" and b == "\\u0041"\n"""\n',
    );
  });

  test("continued by a backslash are left alone", () => {
    expect(formatted('query = """\nprocess where \\\n   a==1\n"""\n')).toBe(
      "a line of the query is continued by a backslash",
    );
  });
});

describe("queries on one line", () => {
  test("stay in their quotes", () => {
    expect(formatted("query = 'process where a==\"x\"'\n")).toBe("query = 'process where a == \"x\"'\n");
    expect(formatted('query = " process where a==\\"x\\" "\n')).toBe(
      'query = "process where a == \\"x\\""\n',
    );
    expect(formatted("query = '''process where  true'''\n")).toBe("query = '''process where true'''\n");
  });

  test("are left alone if their quotes hold no more lines", () => {
    const reason = "the query does not fit on one line, and its quotes hold only one";
    expect(formatted("query = 'sequence by x [a where true] [b where true]'\n")).toBe(reason);
    expect(formatted('query = "process where true\\n"\n')).toBe('query = "process where true"\n');
  });

  test("move to lines of their own if their quotes hold several", () => {
    expect(formatted("query = '''sequence by x [a where true] [b where true]'''\n")).toBe(
      "query = '''\nsequence by x\n  [a where true]\n  [b where true]\n'''\n",
    );
  });
});

test("rules with errors are left alone, and the place is told", () => {
  expect(formatted("query = '''\nprocess where a = 1\n'''\n")).toBe("the query has errors");
  expect(formatted("query = '''\nprocess where  true\n'''\nname =\n")).toBe("the file has TOML errors");
  expect(formatted("query = '''\nprocess where  true\n'''\nname = 'x'\nname = 'y'\n")).toBe(
    "the file has TOML errors",
  );
  const text = `${HEAD}query = '''\nprocess where a = 1\n'''\n`;
  const result = formatting(text);
  expect(result?.kind === "left-alone" ? text.slice(result.span.start, result.span.end) : "").toBe("=");
});
