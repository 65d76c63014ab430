import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startOrthanc } from "../../test/support/orthanc.ts";
import type { OrthancServer } from "../../test/support/orthanc.ts";
import { listFiles } from "../corpus.ts";
import type { Side } from "../measure.ts";

const UPLOADS_AT_ONCE = 4;

export interface LoadedOrthanc {
  url: string;
  patients: () => Promise<string[]>;
  remove: (patient: string) => Promise<void>;
  stop: () => Promise<void>;
}

async function upload(server: OrthancServer, corpus: string): Promise<void> {
  const files = listFiles(corpus);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) {
      const { status } = await server.upload(readFileSync(file));
      if (status !== 200) throw new Error(`Orthanc answered ${status} to an upload`);
    }
  };
  await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, work));
}

/** Debian's Orthanc on a free loopback port, without authentication, holding the corpus; its storage is on the disk of the cache. */
export async function startLoadedOrthanc(cache: string, corpus: string): Promise<LoadedOrthanc> {
  const storage = join(cache, "orthanc-storage");
  rmSync(storage, { recursive: true, force: true });
  mkdirSync(storage, { recursive: true });
  const server = await startOrthanc({ credentials: null, storage });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(storage, { recursive: true, force: true });
  };
  try {
    console.log("  loading Orthanc …");
    await upload(server, corpus);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: server.url,
    patients: async () => JSON.parse((await server.request("GET", "/patients")).text) as string[],
    remove: async (patient) => {
      const { status } = await server.request("DELETE", `/patients/${patient}`);
      if (status !== 200) throw new Error(`Orthanc answered ${status} to a deletion`);
    },
    stop,
  };
}

/** Orthanc's own anonymisation, patient by patient, with or without its archives. What it made is deleted, untimed. */
export async function orthancSide(server: LoadedOrthanc, archive: boolean): Promise<Side> {
  const originals = await server.patients();
  const program = join(import.meta.dirname, "orthanc-anonymise.ts");
  return {
    name: archive ? "Orthanc anonymize + archive" : "Orthanc anonymize",
    commands: (output) => [
      { command: process.execPath, args: archive ? [program, server.url, output] : [program, server.url] },
    ],
    check: async () => {
      const made = (await server.patients()).filter((patient) => !originals.includes(patient));
      if (made.length !== originals.length) {
        throw new Error(`Orthanc made ${made.length} of ${originals.length} patients.`);
      }
      for (const patient of made) await server.remove(patient);
    },
  };
}
