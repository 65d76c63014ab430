// Program: node dcmjs-jszip.ts FOLDER ZIP. What one would write with dcmjs and JSZip: read, replace, write, zip.
import { createHash } from "node:crypto";
import { createWriteStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { relative } from "node:path";
import { pipeline } from "node:stream/promises";
import JSZip from "jszip";
import { listFiles } from "../corpus.ts";

const REMOVED = ["00081048", "00081050", "00081060", "00081070", "00101040", "00102154", "001021B0", "00104000"];
const REPLACED = ["00080018", "00081155", "0020000D", "0020000E", "00200052"];

interface DicomElement {
  vr: string;
  Value: unknown[];
}

/** What this program uses of dcmjs, which comes without types. */
interface Dcmjs {
  data: {
    DicomMessage: {
      readFile: (bytes: ArrayBuffer) => { dict: Record<string, DicomElement>; write: () => ArrayBuffer };
    };
  };
}

const { data } = createRequire(import.meta.url)("dcmjs") as Dcmjs;

/** A handful of attributes; a whole profile would only make this side slower. */
function anonymise(dataset: Record<string, DicomElement>): void {
  for (const tag of REMOVED) delete dataset[tag];
  for (const tag of REPLACED) {
    const element = dataset[tag];
    if (element === undefined) continue;
    const digest = createHash("sha256").update(String(element.Value[0])).digest("hex").slice(0, 32);
    element.Value = [`2.25.${BigInt(`0x${digest}`)}`];
  }
  dataset["00100010"] = { vr: "PN", Value: ["Anonymous"] };
  dataset["00100020"] = { vr: "LO", Value: ["ANON"] };
}

async function main(folder: string, target: string): Promise<void> {
  const zip = new JSZip();
  for (const file of listFiles(folder)) {
    const bytes = readFileSync(file);
    const message = data.DicomMessage.readFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    anonymise(message.dict);
    zip.file(relative(folder, file), Buffer.from(message.write()), { compression: "STORE" });
  }
  await pipeline(zip.generateNodeStream({ streamFiles: true }), createWriteStream(target));
}

const [folder, target] = process.argv.slice(2);
if (folder === undefined || target === undefined) throw new Error("Usage: dcmjs-jszip.ts FOLDER ZIP");
await main(folder, target);
