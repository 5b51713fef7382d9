import { walk } from "../../query/ast.ts";
import { childrenOf, type EqlAst } from "../../query/eql/index.ts";
import { isAddressOrBlock } from "../../query/addresses.ts";
import { type QueryCheck } from "../check.ts";
import { eqlParseOf } from "../eqlParse.ts";

export const malformedCidr: QueryCheck = {
  id: "query/malformed-cidr",
  on: "query",
  languages: ["eql"],
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-arg"],
  summary: "A text given to `cidrMatch` that is no address block.",
  why: "Elasticsearch refuses the query when it runs: a block is an address of IPv4 or IPv6 with the length of its prefix, such as `10.0.0.0/8` or `fe80::/10`, or a single address.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'network where cidrMatch(source.ip, "10.0.0.0/99")'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'network where cidrMatch(source.ip, "10.0.0.0/8")'
`,
  *run(query) {
    for (const node of walk<EqlAst>(eqlParseOf(query).ast, childrenOf)) {
      if (node.kind !== "call" || node.name.toLowerCase() !== "cidrmatch") continue;
      for (const block of node.arguments.slice(1)) {
        if (block.kind !== "string" || isAddressOrBlock(block.value)) continue;
        const message = `\`${block.value.slice(0, 50)}\` is no address block such as \`10.0.0.0/8\``;
        yield { span: block.span, message, fixes: [] };
      }
    }
  },
};
