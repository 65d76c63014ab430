import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { OrthancServer } from "./orthanc.ts";

/** Sends the instances of a demo hospital to an Orthanc server. @returns how many it took */
export async function uploadFolder(orthanc: OrthancServer, folder: string): Promise<number> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  let taken = 0;
  for (const { parentPath, name } of entries.filter((entry) => entry.isFile() && entry.name.startsWith("IM"))) {
    const { status } = await orthanc.upload(readFileSync(join(parentPath, name)));
    if (status === 200) taken += 1;
  }
  return taken;
}
