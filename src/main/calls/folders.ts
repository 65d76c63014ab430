import { listFolder } from "../folders/list-folder.ts";
import { makeFolderIn } from "../folders/make-folder.ts";
import { Patience } from "../folders/patience.ts";
import { listPlaces } from "../folders/places.ts";
import type { CallContext, HandlersOf } from "./context.ts";

/** What a drive that spins up or a server far away needs, and a person still waits for. */
const PATIENCE_MS = 5_000;

/** The folder browser of the page, for shells without the platform's dialogs. Nobody looks around before the workspace is open. */
export function folderHandlers(context: CallContext): HandlersOf<"folders"> {
  const patience = new Patience(PATIENCE_MS);
  const assertOpen = (): void => void context.workspace;
  return {
    "folders.places": async () => {
      assertOpen();
      return listPlaces(patience);
    },
    "folders.list": async ({ path, files }) => {
      assertOpen();
      return listFolder(path, files, patience);
    },
    "folders.make": async ({ path, name }) => {
      assertOpen();
      return { path: await makeFolderIn(path, name) };
    },
  };
}
