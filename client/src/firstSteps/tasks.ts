/** Tasks that run the command line which comes with the extension: no Node needs to be installed. */
import {
  type ExtensionContext,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  TaskScope,
  Uri,
  type WorkspaceFolder,
  l10n,
  tasks,
  workspace,
} from "vscode";

const TYPE = "rulewright";

interface RulewrightTask extends TaskDefinition {
  /** Of the command line. */
  readonly command: string;
  readonly args?: readonly string[];
}

interface OfferedTask {
  readonly definition: RulewrightTask;
  readonly name: string;
  readonly group: TaskGroup;
}

function offeredTasks(): readonly OfferedTask[] {
  return [
    { definition: { type: TYPE, command: "check" }, name: l10n.t("check rules"), group: TaskGroup.Build },
    { definition: { type: TYPE, command: "test" }, name: l10n.t("test rules"), group: TaskGroup.Test },
    {
      definition: { type: TYPE, command: "format", args: ["--check"] },
      name: l10n.t("check the format of rules"),
      group: TaskGroup.Build,
    },
  ];
}

export function provideTasks({ extensionUri }: ExtensionContext): { dispose(): void } {
  const cli = Uri.joinPath(extensionUri, "dist", "cli.cjs").fsPath;
  return tasks.registerTaskProvider(TYPE, {
    provideTasks: () =>
      (workspace.workspaceFolders ?? []).flatMap((folder) =>
        offeredTasks().map(({ definition, name, group }) => {
          const task = taskOf(cli, definition, folder, name);
          task.group = group;
          return task;
        }),
      ),
    // What a `tasks.json` says keeps its own definition object.
    resolveTask(task) {
      const { definition, scope, name } = task;
      if (typeof definition["command"] !== "string") return undefined;
      const place = typeof scope === "object" ? scope : TaskScope.Workspace;
      return taskOf(cli, definition as RulewrightTask, place, name); // Its schema in package.json is checked above.
    },
  });
}

function taskOf(
  cli: string,
  definition: RulewrightTask,
  scope: WorkspaceFolder | TaskScope.Workspace,
  name: string,
): Task {
  const args = [cli, definition.command, ...(definition.args ?? [])];
  const env = { ELECTRON_RUN_AS_NODE: "1" };
  return new Task(
    definition,
    scope,
    name,
    "rulewright",
    new ProcessExecution(process.execPath, args, { env }),
    "$rulewright",
  );
}
