import { join } from "node:path";
import type { Side } from "../measure.ts";

/** dcmjs read and write, with JSZip streaming the archive into its file. */
export function dcmjsSide(corpus: string): Side {
  const program = join(import.meta.dirname, "dcmjs-jszip.ts");
  return {
    name: "dcmjs, JSZip",
    // JSZip keeps every entry until the archive is written.
    commands: (output) => [
      {
        command: process.execPath,
        args: ["--max-old-space-size=8192", program, corpus, join(output, "anonymised.zip")],
      },
    ],
  };
}
