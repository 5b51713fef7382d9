import { generateCstDts } from "@chevrotain/cst-dts-gen";
import { EqlParser } from "../../server/src/core/query/eql/grammar.ts";
import { KqlParser } from "../../server/src/core/query/kql/grammar.ts";

/** Types for the concrete syntax trees of our grammars, by path from the root of the repository. */
export async function generateCst(): Promise<ReadonlyMap<string, string>> {
  const parsers = [
    ["eql", new EqlParser("full")],
    ["kql", new KqlParser("full")],
  ] as const;
  return Promise.resolve(
    new Map(
      parsers.map(([language, parser]) => {
        const types = generateCstDts(parser.getGAstProductions(), { includeVisitorInterface: false });
        // Without the visitor its import is unused, which our compiler refuses.
        const content = types.replace("CstNode, ICstVisitor, IToken", "CstNode, IToken");
        return [`server/src/core/query/${language}/cst.generated.ts`, content];
      }),
    ),
  );
}
