/** How the paths of files stand to folders. On Windows letters of either case are the same, and so are both slashes. */
import ownSystem, { type PlatformPath } from "node:path";

/** The path of a file below a folder, with `/`; undefined if it stands elsewhere. */
export function pathBelow(
  folder: string,
  file: string,
  system: PlatformPath = ownSystem,
): string | undefined {
  const way = pathFrom(folder, file, system);
  return way === "" || way === ".." || way.startsWith("../") || system.isAbsolute(way) ? undefined : way;
}

/** Whether `file` is the folder, or stands below it. */
export function isWithin(folder: string, file: string, system: PlatformPath = ownSystem): boolean {
  return pathFrom(folder, file, system) === "" || pathBelow(folder, file, system) !== undefined;
}

/** The way from a folder to a file, with `/`: it begins with `..` if the file stands elsewhere. */
export function pathFrom(folder: string, file: string, system: PlatformPath = ownSystem): string {
  return system.relative(folder, file).replaceAll(system.sep, "/");
}

/**
 * The file that a repository's own settings name. Undefined for one on another drive, on another machine or among the
 * system's devices: a folder that somebody merely opens must not make us ask a server.
 */
export function pathNamedIn(
  folder: string,
  named: string,
  system: PlatformPath = ownSystem,
): string | undefined {
  // Elastic's tools count paths from the folder of the settings, and `../../rules` is common.
  const place = system.resolve(folder, named);
  const rootOf = (one: string): string => system.parse(one).root.toLowerCase();
  return rootOf(place) === rootOf(system.resolve(folder)) ? place : undefined;
}
