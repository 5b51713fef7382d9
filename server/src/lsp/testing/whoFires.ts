/** Which rules of the workspace alert on one event. */
import { type CancellationToken } from "vscode-languageserver";
import { type WhoFires } from "../protocol.ts";
import { cancelled, type TestService } from "./testService.ts";

/** `line` counts from 1, and lies within the event. Throws if it was cancelled. */
export async function whoFires(
  service: TestService,
  { uri, line }: { readonly uri: string; readonly line: number },
  token: CancellationToken,
): Promise<WhoFires> {
  const file = service.places.pathOf(uri);
  if (file === undefined) return NOBODY;
  const root = service.places.rootOf(file);
  const found = await service.events(uri, await service.places.optionsFor(root, token));
  if (token.isCancellationRequested) throw cancelled();
  const event = found?.events.findLast((one) => one.line <= line);
  if (event === undefined) return NOBODY;
  const inputs = { events: [event], history: [], indicators: [], now: undefined, index: undefined };
  const rules: WhoFires["rules"][number][] = [];
  let unsupported = 0;
  let overSeveral = 0;
  let judged = 0;
  for (const folder of service.places.roots.length === 0 ? [root] : service.places.roots) {
    const options = await service.places.optionsFor(folder, token);
    for await (const { rule, prepared } of service.ready(
      folder,
      options,
      await service.places.typesFor(folder),
    )) {
      if (token.isCancellationRequested) throw cancelled();
      // Kibana runs no deprecated rule.
      if (rule.isDeprecated) continue;
      const result = prepared.ok ? await options.drive(prepared.value.run(inputs)) : prepared;
      if (result === undefined) throw cancelled();
      judged++;
      if (!result.ok) unsupported++;
      else if (0 < result.value.alerts.length)
        rules.push({ uri: service.places.uriOf(folder, rule.path), name: rule.name });
      // An event that the query is not true of takes no part, whatever else there is.
      else if (
        prepared.ok &&
        !prepared.value.isPerEvent &&
        prepared.value.explainEvent(event)?.verdict !== false
      )
        overSeveral++;
    }
  }
  return { rules, unsupported, overSeveral, judged };
}

const NOBODY: WhoFires = { rules: [], unsupported: 0, overSeveral: 0, judged: 0 };
