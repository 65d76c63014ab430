// Program: node orthanc-anonymise.ts URL [FOLDER]. Orthanc's own anonymisation of every patient, and the archives into FOLDER if one is
// given. Prints the identifiers of the patients it made.
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

async function main(url: string, folder: string | undefined): Promise<void> {
  const patients = (await (await fetch(`${url}/patients`)).json()) as string[];
  for (const patient of patients) {
    const answer = await fetch(`${url}/patients/${patient}/anonymize`, { method: "POST", body: "{}" });
    if (!answer.ok) throw new Error(`Orthanc answered ${answer.status} to anonymize`);
    const { ID: made } = (await answer.json()) as { ID: string };
    console.log(made);
    if (folder === undefined) continue;
    const archive = await fetch(`${url}/patients/${made}/archive`);
    if (!archive.ok || archive.body === null) throw new Error(`Orthanc answered ${archive.status} to archive`);
    const target = createWriteStream(join(folder, `${made}.zip`));
    await pipeline(Readable.fromWeb(archive.body), target);
  }
}

const [url, folder] = process.argv.slice(2);
if (url === undefined) throw new Error("Usage: orthanc-anonymise.ts URL [FOLDER]");
await main(url, folder);
