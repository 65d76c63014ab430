import type { SourceKind } from "../source.ts";
import { checkFolder } from "./check-folder.ts";
import type { FolderConfig } from "./folder-config.ts";
import { createFolderReader } from "./folder-reader.ts";
import { syncFolder } from "./sync-folder.ts";

/** A folder of DICOM files on this computer or a share. */
export const folderSource: SourceKind<FolderConfig> = {
  kind: "folder",
  check: async (config, _secret, signal) => await Promise.resolve(checkFolder(config, signal)),
  sync: (config, _secret, target, onProgress, signal) => syncFolder(config, target, onProgress, signal),
  openReader: (config) => createFolderReader(config),
};
