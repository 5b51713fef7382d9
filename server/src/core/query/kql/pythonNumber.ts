/** Numbers as Python reads and writes them, for what lib/kql makes of a text without quotes. */

const INTEGER = /^([+-]?)(\d+(?:_\d+)*)$/;
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;

/** The number as Python would print it; undefined if the text is none. */
export function pythonNumber(text: string): string | undefined {
  const integer = INTEGER.exec(text);
  if (integer !== null) {
    const [, sign, digits = ""] = integer;
    const plain = digits.replaceAll("_", "").replace(/^0+(?=\d)/, "");
    return sign === "-" && plain !== "0" ? `-${plain}` : plain;
  }
  return FLOAT.test(text) ? floatText(Number(text.replaceAll("_", ""))) : undefined;
}

function floatText(value: number): string {
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [digits = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (-4 <= exponent && exponent < 16) return Number.isInteger(value) ? `${value}.0` : String(value);
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `${digits}e${exponent < 0 ? "-" : "+"}${size}`;
}
