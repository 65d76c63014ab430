import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { listSources } from "../catalog/sources.ts";
import type { CallContext } from "./context.ts";

/**
 * Refuses a destination inside the workspace, which is Satchel's own, and inside a folder source: what leaves would come back with the
 * next sync, pseudonyms beside the patients they stand for.
 *
 * @throws USAGE
 */
export function assertApart(context: CallContext, destination: string): void {
  const { workspace } = context;
  const place = realPath(destination);
  if (isWithin(realPath(workspace.folder), place))
    throw new SatchelError("USAGE", "The destination lies in Satchel's own workspace.", "Choose another folder.");
  for (const { kind, config, name } of listSources(workspace.catalog)) {
    const { path } = config as { path?: string };
    if ((kind === "folder" || kind === "ndjson") && path !== undefined && isWithin(realPath(path), place))
      throw new SatchelError(
        "USAGE",
        `The destination lies in the folder of source ${name}: the next sync would read the packages as records.`,
        "Choose a folder outside.",
      );
  }
}

/** Refuses a folder source in the workspace, or around it. @param config of a source of any kind. @throws USAGE */
export function assertSourceApart({ workspace }: CallContext, config: Record<string, unknown>): void {
  const { path } = config;
  if (typeof path !== "string") return;
  const [own, place] = [realPath(workspace.folder), realPath(path)];
  if (isWithin(own, place) || isWithin(place, own))
    throw new SatchelError(
      "USAGE",
      "The folder lies in Satchel's own workspace, or around it.",
      "Choose a folder apart from the workspace.",
    );
}

/** Without links, as far as it exists. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
