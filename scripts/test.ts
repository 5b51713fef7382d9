/** `npm test`: every check of the project that needs no editor, with one closing line. */
import { spawn } from "node:child_process";
import path from "node:path";

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

const root = path.resolve(import.meta.dirname, "..");

/** Steps that stand together run side by side, as each keeps one core busy. Nothing runs beside what is timed. */
const STEPS: readonly (readonly Step[])[] = [
  [
    { name: "types", command: ["tsc", "-b"] },
    { name: "lint", command: ["eslint", "."] },
    { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
    { name: "generated files", command: ["node", "scripts/gen.ts", "--check"] },
    { name: "grammars", command: ["vscode-tmgrammar-test", "test/grammar/*.toml"] },
    { name: "build", command: ["node", "scripts/build.ts"] },
    { name: "conformance", command: ["node", "test/conformance/run.ts"] },
  ],
  [{ name: "unit, fixture, wire, CLI and fuzz tests", command: ["vitest", "run"] }],
];

interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

/** A step that counts its tests says so in its last `N passed, N failed`; any other one counts as one test. */
function run({ name, command }: Step): Promise<Outcome> {
  console.log(`\n# ${name}: ${command.join(" ")}`);
  const started = performance.now();
  return new Promise((resolve) => {
    const [program = "", ...args] = command;
    // No shell: the programs are found on the PATH that npm sets, node_modules/.bin first.
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      process.stdout.write(chunk);
      output += chunk.toString("utf8");
    });
    child.on("error", (error) => {
      console.log(`${name}: ${error.message}`);
      resolve({ passed: 0, failed: 1 });
    });
    child.on("close", (code) => {
      console.log(`# ${name}: ${code === 0 ? "ok" : `failed with ${String(code)}`}, ${seconds(started)} s`);
      resolve(outcomeOf(output, code === 0));
    });
  });
}

function outcomeOf(output: string, isGreen: boolean): Outcome {
  const counted = [...output.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1);
  if (counted === undefined) return isGreen ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const failed = Number(counted[2]);
  return { passed: Number(counted[1]), failed: isGreen ? 0 : Math.max(1, failed) };
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

const started = performance.now();
let passed = 0;
let failed = 0;
for (const steps of STEPS) {
  for (const outcome of await Promise.all(steps.map(run))) {
    passed += outcome.passed;
    failed += outcome.failed;
  }
}
console.log(`\nall steps: ${seconds(started)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
