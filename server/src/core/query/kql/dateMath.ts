/** Dates as Elasticsearch reads them in a query: `2024-05-31`, `1717113600000`, `now-1d/d`, `2024-05-31||+1M/d`. */

export type DateUnit = "y" | "M" | "w" | "d" | "h" | "m" | "s";

export interface DateStep {
  readonly operator: "+" | "-" | "/";
  readonly amount: number;
  readonly unit: DateUnit;
}

export interface DateMath {
  /** What the steps start from: `now`, or a date. */
  readonly anchor: string;
  /** None for a plain date. */
  readonly steps: readonly DateStep[];
}

/** Undefined for what is no date. Whether a month has such a day is left to whoever computes it. */
export function parseDateMath(text: string): DateMath | undefined {
  if (text.startsWith("now")) return withSteps("now", text.slice(3));
  const bars = text.indexOf("||");
  const anchor = bars === -1 ? text : text.slice(0, bars);
  if (!DATE.test(anchor) && !MILLISECONDS.test(anchor)) return undefined;
  return withSteps(anchor, bars === -1 ? "" : text.slice(bars + 2));
}

/** What Elasticsearch calls `strict_date_optional_time`. */
const DATE =
  /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3])(?::[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?$/;
const MILLISECONDS = /^-?\d+$/;

const STEP = /([+\-/])(\d*)([yMwdhHms])/y;

function withSteps(anchor: string, math: string): DateMath | undefined {
  const steps: DateStep[] = [];
  let at = 0;
  while (at < math.length) {
    STEP.lastIndex = at;
    const [step, operator, digits = "", unit = ""] = STEP.exec(math) ?? [];
    if (step === undefined || (operator !== "+" && operator !== "-" && operator !== "/")) return undefined;
    const known = unitOf(unit);
    const amount = digits === "" ? 1 : Number(digits);
    // Elasticsearch rounds to single units only.
    if (known === undefined || (operator === "/" && amount !== 1)) return undefined;
    steps.push({ operator, amount, unit: known });
    at += step.length;
  }
  return { anchor, steps };
}

function unitOf(letter: string): DateUnit | undefined {
  switch (letter) {
    case "y":
    case "M":
    case "w":
    case "d":
    case "h":
    case "m":
    case "s":
      return letter;
    case "H":
      return "h";
    default:
      return undefined;
  }
}
