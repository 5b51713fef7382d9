/** The stack that a repository builds rules for, and from which one on rules are built in another form. */
import { type StackVersion, compareStacks, stackVersion } from "../knowledge/etc/stackVersion.ts";
import { type SchemaSet, type StackSchemas } from "../knowledge/schema.ts";

/** The first stack that gets rules with a later ATT&CK, and packages of any later major (`stack_emit` of Elastic's tools). */
const OTHER_FORM_FROM: StackVersion = { major: 9, minor: 5, patch: 0 };

/** The version of `packages.yaml`; else the newest stack that there are schemas of. */
export function builtStack({ packageVersion, stacks }: SchemaSet): StackVersion | undefined {
  const text = packageVersion ?? stacks.at(-1)?.version;
  return text === undefined ? undefined : stackVersion(text);
}

/** The schemas of that stack, else of the newest one before it. */
export function builtStackSchemas(schemas: SchemaSet): StackSchemas | undefined {
  const wanted = builtStack(schemas);
  if (wanted === undefined) return undefined;
  return schemas.stacks.findLast(({ version }) => {
    const own = stackVersion(version);
    return own !== undefined && compareStacks(own, wanted) <= 0;
  });
}

export function getsOtherForm(stack: StackVersion): boolean {
  return 0 <= compareStacks(stack, OTHER_FORM_FROM);
}

/** The oldest supported stack that a rule runs on, as lock files name it: "8.19". */
export function oldestStack({ stacks }: SchemaSet, minStack: string | undefined): string | undefined {
  const versions = [stacks[0]?.version, minStack].flatMap((text) => {
    const version = text === undefined ? undefined : stackVersion(text);
    return version === undefined ? [] : [version];
  });
  const oldest = versions.sort(compareStacks).at(-1);
  return oldest && `${oldest.major}.${oldest.minor}`;
}
