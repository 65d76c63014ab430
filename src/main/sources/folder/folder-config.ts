import { isAbsolute } from "node:path";
import { z } from "../../../contract/schema.ts";

export const folderConfig = z
  .object({
    /** Absolute path of the folder: what is relative changes its meaning with the place Satchel is started from. */
    path: z.string().min(1).refine(isAbsolute, "the path of the folder must be absolute"),
  })
  .strict();
export type FolderConfig = z.infer<typeof folderConfig>;
