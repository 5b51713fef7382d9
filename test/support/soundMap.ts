import { expect } from "vitest";
import { type TomlString } from "../../server/src/core/toml/model.ts";
import { soundMapProblem } from "./mapProof.ts";

export function expectSoundMap(text: string, host: TomlString): void {
  expect(soundMapProblem(text, host)).toBeUndefined();
}
