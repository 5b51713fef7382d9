/** Words of ES|QL that mean something by themselves, in small letters. */

/** What may stand first in a query or behind a bar. Two words are one command where both stand here. */
export const COMMANDS: ReadonlySet<string> = new Set([
  ...[
    "change_point",
    "completion",
    "dissect",
    "drop",
    "enrich",
    "eval",
    "explain",
    "fork",
    "from",
    "fuse",
    "grok",
  ],
  ...[
    "inline stats",
    "inlinestats",
    "insist",
    "keep",
    "limit",
    "lookup join",
    "lookup",
    "metrics_info",
    "mmr",
  ],
  ...[
    "mv_expand",
    "promql",
    "registered_domain",
    "rename",
    "rerank",
    "row",
    "sample",
    "show",
    "sort",
    "stats",
  ],
  ...["ts", "ts_info", "uri_parts", "user_agent", "where"],
]);

/** Commands that name what is read. */
export const SOURCE_COMMANDS: ReadonlySet<string> = new Set(["from", "ts"]);

/** Commands in which a star belongs to a pattern of names. */
export const PATTERN_COMMANDS: ReadonlySet<string> = new Set(["drop", "insist", "keep", "rename"]);

/** Words within commands. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  ...["as", "asc", "by", "desc", "first", "last", "metadata", "nulls", "on", "using", "where", "with"],
]);

export const WORD_OPERATORS: ReadonlySet<string> = new Set(["and", "in", "is", "like", "not", "or", "rlike"]);

export const CONSTANTS: ReadonlySet<string> = new Set(["false", "null", "true"]);

/** Units of a span of time, behind a number. */
export const UNITS: ReadonlySet<string> = new Set([
  ...["millisecond", "milliseconds", "ms", "second", "seconds", "sec", "s", "minute", "minutes", "min", "m"],
  ...["hour", "hours", "h", "day", "days", "d", "week", "weeks", "w", "month", "months", "mo"],
  ...["quarter", "quarters", "q", "year", "years", "yr", "y"],
]);
