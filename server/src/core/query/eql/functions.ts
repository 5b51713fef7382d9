/** A parameter as the documentation names it. */
export interface EqlParameter {
  readonly name: string;
  readonly types: readonly EqlParameterType[];
  readonly optional?: true;
  /** May be given any number of times, at least once. */
  readonly repeated?: true;
  /** Must be a literal, not a field or call. */
  readonly constant?: true;
}

export type EqlParameterType = "string" | "number" | "integer" | "boolean" | "ip" | "any";

export interface EqlFunction {
  readonly name: string;
  readonly parameters: readonly EqlParameter[];
  readonly returns: "string" | "number" | "integer" | "boolean";
  /** There is a form with `~` that ignores case. */
  readonly hasInsensitiveForm: boolean;
  readonly text: string;
  readonly example: string;
}

const string = (name: string): EqlParameter => ({ name, types: ["string"] });
const number = (name: string): EqlParameter => ({ name, types: ["number"] });
const optionalInteger = (name: string): EqlParameter => ({ name, types: ["integer"], optional: true });

function arithmetic(name: string, text: string, example: string): EqlFunction {
  const parameters = [number("left"), number("right")];
  return { name, parameters, returns: "number", hasInsensitiveForm: false, text, example };
}

/** Every function of EQL in Elasticsearch. */
export const EQL_FUNCTIONS: readonly EqlFunction[] = [
  arithmetic("add", "The sum of two numbers, like +.", "add(process.pid, 1) == 5"),
  {
    name: "between",
    parameters: [
      string("source"),
      string("left"),
      string("right"),
      { name: "greedy", types: ["boolean"], optional: true },
    ],
    returns: "string",
    hasInsensitiveForm: true,
    text: "The text between the first `left` and the next `right`, or the last one if `greedy` is true. Empty if either is not found.",
    example: 'between(file.path, "Users\\\\", "\\\\") == "admin"',
  },
  {
    name: "cidrMatch",
    parameters: [
      { name: "address", types: ["ip"] },
      { name: "block", types: ["string"], repeated: true, constant: true },
    ],
    returns: "boolean",
    hasInsensitiveForm: false,
    text: "True if the address lies in one of the CIDR blocks, of IPv4 or IPv6.",
    example: 'cidrMatch(destination.ip, "10.0.0.0/8", "fc00::/7")',
  },
  {
    name: "concat",
    parameters: [{ name: "value", types: ["any"], repeated: true }],
    returns: "string",
    hasInsensitiveForm: false,
    text: "All values as text, one after the other. Null if one of them is null.",
    example: 'concat(user.domain, "\\\\", user.name) == "CORP\\\\admin"',
  },
  arithmetic(
    "divide",
    "The first number divided by the second. Two whole numbers give a whole number, cut towards zero.",
    "divide(file.size, 1024) > 100",
  ),
  {
    name: "endsWith",
    parameters: [string("source"), string("suffix")],
    returns: "boolean",
    hasInsensitiveForm: true,
    text: "True if the text ends with the suffix. Case-sensitive; `endsWith~` ignores case.",
    example: 'endsWith~(file.name, ".exe")',
  },
  {
    name: "indexOf",
    parameters: [string("source"), string("part"), optionalInteger("start")],
    returns: "integer",
    hasInsensitiveForm: true,
    text: "Where `part` first occurs in the text, at or after `start`, counted from 0. Null if it does not occur.",
    example: 'indexOf(url.original, "?") > 0',
  },
  {
    name: "length",
    parameters: [string("source")],
    returns: "integer",
    hasInsensitiveForm: false,
    text: "The number of characters of a text.",
    example: "length(process.command_line) > 1000",
  },
  arithmetic(
    "modulo",
    "The remainder of a division, with the sign of the first number.",
    "modulo(process.pid, 4) == 0",
  ),
  arithmetic("multiply", "The product of two numbers, like *.", "multiply(event.duration, 2) > 10"),
  {
    name: "number",
    parameters: [string("text"), { name: "base", types: ["integer"], optional: true }],
    returns: "number",
    hasInsensitiveForm: false,
    text: "The number that a text holds, read in the given base (10 if none is given).",
    example: 'number("0x1f", 16) == 31',
  },
  {
    name: "startsWith",
    parameters: [string("source"), string("prefix")],
    returns: "boolean",
    hasInsensitiveForm: true,
    text: "True if the text begins with the prefix. Case-sensitive; `startsWith~` ignores case.",
    example: 'startsWith~(registry.path, "HKLM\\\\")',
  },
  {
    name: "string",
    parameters: [{ name: "value", types: ["any"] }],
    returns: "string",
    hasInsensitiveForm: false,
    text: "A value as text.",
    example: 'string(process.pid) : "1*"',
  },
  {
    name: "stringContains",
    parameters: [string("source"), string("part")],
    returns: "boolean",
    hasInsensitiveForm: true,
    text: "True if the part occurs in the text. Case-sensitive; `stringContains~` ignores case. An empty part is in no text.",
    example: 'stringContains~(process.command_line, "-enc")',
  },
  {
    name: "substring",
    parameters: [string("source"), { name: "start", types: ["integer"] }, optionalInteger("end")],
    returns: "string",
    hasInsensitiveForm: false,
    text: "The text from `start` up to but without `end`, counted from 0. Negative positions count from the end.",
    example: 'substring(file.name, -4) == ".exe"',
  },
  arithmetic("subtract", "The first number less the second, like -.", "subtract(process.exit_code, 1) == 0"),
];

/** Function names are found whatever the case of their letters; `~` is not part of the name. */
export function functionNamed(name: string): EqlFunction | undefined {
  const wanted = name.replace(/~$/, "").toLowerCase();
  return EQL_FUNCTIONS.find((known) => known.name.toLowerCase() === wanted);
}

/** `between[~](source: string, left: string, right: string, greedy?: boolean): string` */
export function signatureOf(known: EqlFunction): string {
  const parameters = known.parameters.map(({ name, types, optional, repeated }) => {
    const shown = `${name}${optional === true ? "?" : ""}: ${types.join(" | ")}`;
    return repeated === true ? `${shown}, …` : shown;
  });
  return `${known.name}${known.hasInsensitiveForm ? "[~]" : ""}(${parameters.join(", ")}): ${known.returns}`;
}
