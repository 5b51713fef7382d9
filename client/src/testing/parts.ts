import { type RuleTesting } from "./controller.ts";
import { type InlineResults } from "./inline.ts";
import { type MutationPages } from "./mutationPages.ts";
import { type ExplanationPages } from "./pages.ts";
import { type TestServer } from "./server.ts";

/** What the commands about sample events and their files act on. */
export interface TestParts {
  readonly server: TestServer;
  readonly testing: RuleTesting;
  readonly inline: InlineResults;
  readonly pages: ExplanationPages;
  readonly mutations: MutationPages;
}
