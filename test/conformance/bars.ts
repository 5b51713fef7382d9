/** The share of its cases that each suite must pass. */
export const BARS: Readonly<Record<string, number>> = {
  "corpus/values": 1,
  "corpus/offsets": 1,
  "corpus/no-crash": 1,
  "corpus/no-errors": 1,
  "corpus/attack-facts": 1,
  "corpus/seed-rule": 1,
  "corpus/eql-format": 1,
  "eql/parse": 1,
  "eql/functions": 1,
  "eql/exec": 1,
  "eql/verify": 1,
};
