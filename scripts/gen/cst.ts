import { generateCstDts } from "@chevrotain/cst-dts-gen";
import { EqlParser } from "../../server/src/core/query/eql/grammar.ts";

/** Types for the concrete syntax trees of our grammars, by path from the root of the repository. */
export async function generateCst(): Promise<ReadonlyMap<string, string>> {
  const types = generateCstDts(new EqlParser("full").getGAstProductions(), {
    includeVisitorInterface: false,
  });
  // Without the visitor its import is unused, which our compiler refuses.
  const content = types.replace("CstNode, ICstVisitor, IToken", "CstNode, IToken");
  return Promise.resolve(new Map([["server/src/core/query/eql/cst.generated.ts", content]]));
}
