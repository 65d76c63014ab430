import { SatchelError } from "../../contract/errors.ts";
import type { Workspace } from "../access/workspace.ts";
import type { Catalog } from "../catalog/database.ts";
import { findInstance, findSourceAccess } from "../catalog/one-instance.ts";
import type { InstancePlace, SourceAccess } from "./side-messages.ts";

/** Where the instance of this number is read. @throws NOT_FOUND */
export function placeOf({ catalog, scratch }: Pick<Workspace, "catalog" | "scratch">, id: number): InstancePlace {
  const found = findInstance(catalog, id);
  if (found === undefined) {
    throw new SatchelError("NOT_FOUND", "The catalog no longer holds this instance.", "Load the list again.");
  }
  return { source: accessTo(catalog, found.sourceId), locator: found.locator, scratch };
}

/** @throws NOT_FOUND */
export function accessTo(catalog: Catalog, sourceId: number): SourceAccess {
  const access = findSourceAccess(catalog, sourceId);
  if (access !== undefined) return access;
  throw new SatchelError("NOT_FOUND", "The source of this instance was removed.", "Add it again and sync.");
}
