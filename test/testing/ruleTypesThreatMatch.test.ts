/** Indicator match rules on events and indicators: which events alert, by which of the indicators. */
import { describe } from "vitest";
import { check, mapping, threatMatch, threatQuery, BAD_IP } from "./ruleTypeRows.ts";

const BAD_HASH = { threat: { indicator: { ip: "1.2.3.4", hash: "abc" } } };

describe("indicator match rules", () => {
  check([
    [
      "an event alerts that has the indicator's value",
      threatMatch(
        [BAD_IP],
        [{ a: "x", source: { ip: "1.2.3.4" } }, { a: "x", source: { ip: "4.3.2.1" } }, { a: "x" }],
      ),
      ["1 source.ip=1.2.3.4@1"],
      [
        "2 matches no indicator: none has `source.ip` `4.3.2.1` in `threat.indicator.ip`",
        "3 has none of the fields of the mapping: `source.ip`",
      ],
    ],
    ["the event must match the query", threatMatch([BAD_IP], [{ a: "y", source: { ip: "1.2.3.4" } }]), []],
    ["without indicators nothing alerts", threatMatch([], [{ a: "x", source: { ip: "1.2.3.4" } }]), []],
    [
      "however many indicators match, there is one alert",
      threatMatch([BAD_IP, BAD_IP, BAD_HASH], [{ a: "x", source: { ip: "1.2.3.4" } }]),
      ["1 source.ip=1.2.3.4@1 source.ip=1.2.3.4@2 source.ip=1.2.3.4@3"],
    ],
    [
      "one of several values of the event is enough",
      threatMatch([BAD_IP], [{ a: "x", source: { ip: ["9.9.9.9", "1.2.3.4"] } }]),
      ["1 source.ip=1.2.3.4@1"],
    ],
    [
      "of several values of an indicator the first one counts",
      threatMatch(
        [{ threat: { indicator: { ip: ["1.2.3.4", "5.6.7.8"] } } }],
        [
          { a: "x", source: { ip: "1.2.3.4" } },
          { a: "x", source: { ip: "5.6.7.8" } },
        ],
      ),
      ["1 source.ip=1.2.3.4@1"],
    ],
    [
      "but of a number, an indicator with several values is left out",
      threatMatch(
        [{ threat: { indicator: { port: [22, 80] } } }, { threat: { indicator: { port: 443 } } }],
        [
          { a: "x", source: { port: 22 } },
          { a: "x", source: { port: 443 } },
        ],
        {
          more: threatQuery("*:*", mapping([[["source.port", "threat.indicator.port"]]])),
          mapping: { a: "keyword", "source.port": "long", "threat.indicator.port": "long" },
        },
      ),
      ["2 source.port=443@2"],
    ],
    [
      "an indicator without the value matches nothing",
      threatMatch([{ threat: { indicator: {} } }], [{ a: "x" }, { a: "x", source: { ip: "1.2.3.4" } }]),
      [],
    ],
    [
      "any of several groups will do",
      threatMatch(
        [BAD_HASH],
        [
          { a: "x", hash: "abc" },
          { a: "x", source: { ip: "1.2.3.4" } },
        ],
        {
          more: threatQuery(
            "*:*",
            mapping([[["source.ip", "threat.indicator.ip"]], [["hash", "threat.indicator.hash"]]]),
          ),
        },
      ),
      ["1 hash=abc@1", "2 source.ip=1.2.3.4@1"],
    ],
    [
      "all entries of a group must hold for one indicator",
      threatMatch(
        [BAD_HASH, { threat: { indicator: { ip: "5.6.7.8", hash: "def" } } }],
        [
          { a: "x", hash: "abc", source: { ip: "1.2.3.4" } },
          { a: "x", hash: "def", source: { ip: "1.2.3.4" } },
          { a: "x", source: { ip: "1.2.3.4" } },
        ],
        {
          more: threatQuery(
            "*:*",
            mapping([
              [
                ["source.ip", "threat.indicator.ip"],
                ["hash", "threat.indicator.hash"],
              ],
            ]),
          ),
        },
      ),
      ["1 source.ip=1.2.3.4@1 hash=abc@1"],
    ],
    [
      "in a group an indicator with several values is left out",
      threatMatch(
        [{ threat: { indicator: { ip: "1.2.3.4", hash: ["abc", "def"] } } }],
        [{ a: "x", hash: "abc", source: { ip: "1.2.3.4" } }],
        {
          more: threatQuery(
            "*:*",
            mapping([
              [
                ["source.ip", "threat.indicator.ip"],
                ["hash", "threat.indicator.hash"],
              ],
            ]),
          ),
        },
      ),
      [],
    ],
    [
      "a negated entry must not hold",
      threatMatch(
        [BAD_HASH],
        [
          { a: "x", hash: "abc", source: { ip: "1.2.3.4" } },
          { a: "x", hash: "def", source: { ip: "1.2.3.4" } },
          { a: "x", source: { ip: "1.2.3.4" } },
        ],
        {
          more: threatQuery(
            "*:*",
            mapping([
              [
                ["source.ip", "threat.indicator.ip"],
                ["hash", "threat.indicator.hash", "not"],
              ],
            ]),
          ),
        },
      ),
      ["2 source.ip=1.2.3.4@1 hash=other@1", "3 source.ip=1.2.3.4@1 hash=other@1"],
    ],
    [
      "a negated entry comes first, too",
      threatMatch([BAD_HASH], [{ a: "x", hash: "def", source: { ip: "1.2.3.4" } }], {
        more: threatQuery(
          "*:*",
          mapping([
            [
              ["hash", "threat.indicator.hash", "not"],
              ["source.ip", "threat.indicator.ip"],
            ],
          ]),
        ),
      }),
      ["1 hash=other@1 source.ip=1.2.3.4@1"],
    ],
    [
      "addresses are the same however they are written",
      threatMatch(
        [{ threat: { indicator: { ip: "::ffff:1.2.3.4" } } }],
        [{ a: "x", source: { ip: "1.2.3.4" } }],
        {
          mapping: { a: "keyword", "source.ip": "ip", "threat.indicator.ip": "ip" },
        },
      ),
      ["1 source.ip=::ffff:1.2.3.4@1"],
    ],
    [
      "keywords differ by case",
      threatMatch(
        [{ threat: { indicator: { ip: "A.example" } } }],
        [{ a: "x", source: { ip: "a.example" } }],
      ),
      [],
    ],
    [
      "texts match by a word",
      threatMatch(
        [{ threat: { indicator: { ip: "evil" } } }],
        [{ a: "x", source: { ip: "an Evil thing" } }],
        {
          mapping: { a: "keyword", "source.ip": "text", "threat.indicator.ip": "keyword" },
        },
      ),
      ["1 source.ip=evil@1"],
    ],
    [
      "a number equals one that is written otherwise",
      threatMatch([{ threat: { indicator: { ip: "443" } } }], [{ a: "x", source: { ip: 443 } }], {
        mapping: { a: "keyword", "source.ip": "long", "threat.indicator.ip": "keyword" },
      }),
      ["1 source.ip=443@1"],
    ],
    [
      "indicators must match their query",
      threatMatch([BAD_IP, { ...BAD_IP, kind: "k" }], [{ a: "x", source: { ip: "1.2.3.4" } }], {
        more: threatQuery("kind:k"),
      }),
      ["1 source.ip=1.2.3.4@2"],
    ],
    [
      "indicators must be as new as their query asks",
      threatMatch(
        [
          { at: "12-02T00:00", ...BAD_IP },
          { at: "12-01T23:59", ...BAD_IP },
        ],
        [{ at: "10:00", a: "x", source: { ip: "1.2.3.4" } }],
        { more: threatQuery('@timestamp >= "now-30d/d"') },
      ),
      ["1 source.ip=1.2.3.4@1"],
    ],
    [
      "filters take indicators away",
      threatMatch([BAD_IP, { ...BAD_IP, kind: "k" }], [{ a: "x", source: { ip: "1.2.3.4" } }], {
        more: `${threatQuery("*:*")}\n[[rule.threat_filters]]\n[rule.threat_filters.query.match_phrase]\nkind = "k"`,
      }),
      ["1 source.ip=1.2.3.4@2"],
    ],
    [
      "indicators of other indices are not read",
      threatMatch(
        [
          { ...BAD_IP, data_stream: { dataset: "ti_a" } },
          { ...BAD_IP, data_stream: { dataset: "b" } },
        ],
        [{ a: "x", source: { ip: "1.2.3.4" } }],
      ),
      ["1 source.ip=1.2.3.4@1"],
    ],
    [
      "events are folded by suppression",
      threatMatch(
        [BAD_IP],
        [
          { a: "x", source: { ip: "1.2.3.4" } },
          { a: "x", source: { ip: "1.2.3.4" } },
        ],
        {
          more: `${threatQuery("*:*")}\n[rule.alert_suppression]\ngroup_by = ["source.ip"]`,
        },
      ),
      ['1+2 source.ip=1.2.3.4@1 ["1.2.3.4" +1]'],
    ],
  ]);
});
