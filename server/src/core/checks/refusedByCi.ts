import { type QuerySyntaxError } from "../query/language.ts";
import { type Finding } from "./check.ts";

/** More findings than this in one query help nobody. */
const MOST = 50;

/** Says who refuses what Elasticsearch takes. */
export function* refusedByCi(refused: Iterable<QuerySyntaxError>): Generator<Finding> {
  let count = 0;
  for (const { span, message, fixes } of refused) {
    if (MOST <= count++) return;
    yield { span, message: `Elastic's CI refuses ${message}`, fixes };
  }
}
