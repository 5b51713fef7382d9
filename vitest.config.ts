import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/support/closingLine.ts";

/** What asserts milliseconds or the size of the heap: each in a process of its own, and nothing beside it. */
const TIMED = [
  "test/fuzz.test.ts",
  "test/engine/eqlLimits.test.ts",
  "test/engine/pauses.test.ts",
  "test/engine/sequenceStress.test.ts",
  "test/kql/fuzz.test.ts",
  "test/kql/longLiterals.test.ts",
  "test/testing/stress.test.ts",
];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    reporters: ["default", new ClosingLine()],
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: ["test/**/*.test.ts"],
          exclude: [...TIMED, "test/client/**", "test/vscode/**", "node_modules/**"],
          // The core keeps no state of its own: its modules are read once a thread, not once a file.
          isolate: false,
          pool: "threads",
          // Two cores are what the slowest machines have; by default one of them would idle.
          maxWorkers: "100%",
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // Each on a VS Code of its own making.
        test: { name: "client", include: ["test/client/*.test.ts"], sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: "timed",
          include: TIMED,
          pool: "forks",
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
