/** Where the command line writes to, and what it may do there. */
export interface Terminal {
  readonly cwd: string;
  /** Standard output is a terminal that shows colours, and nobody asked for none. */
  readonly colour: boolean;
  /** Standard error is a terminal on which a line can be rewritten. */
  readonly canRewrite: boolean;
  print(text: string): void;
  error(text: string): void;
}

export function processTerminal(): Terminal {
  const { env, stdout, stderr } = process;
  const noColour = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  const forced = (env["FORCE_COLOR"] ?? "") !== "" && env["FORCE_COLOR"] !== "0";
  return {
    cwd: process.cwd(),
    colour: !noColour && (forced || stdout.isTTY),
    canRewrite: stderr.isTTY,
    print: (text) => void stdout.write(text),
    error: (text) => void stderr.write(text),
  };
}
