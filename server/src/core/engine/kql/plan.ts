/** What a KQL query is run with beside the events. */
import { type FieldTypes } from "../../query/fieldTypes.ts";

export interface KqlOptions {
  /** Types of fields. Unless they are complete, a field that is missing here is judged by the values that it has. */
  readonly types: FieldTypes;
  /** What `now` stands for, in milliseconds since 1970. */
  readonly now: number;
}

/** Does one value of a field fit? */
export type ValueTest = (value: string | number | boolean) => boolean;
