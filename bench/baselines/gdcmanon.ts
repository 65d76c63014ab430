import { existsSync } from "node:fs";
import { join } from "node:path";
import { runChecked } from "../../test/support/run-command.ts";
import { listFiles } from "../corpus.ts";
import type { Side } from "../measure.ts";

/** gdcmanon encrypts what it replaces, for which it wants a certificate. */
async function ensureCertificate(cache: string): Promise<string> {
  const certificate = join(cache, "gdcmanon-certificate.pem");
  if (existsSync(certificate)) return certificate;
  const key = join(cache, "gdcmanon-key.pem");
  const subject = ["-subj", "/CN=Satchel benchmark", "-days", "3650"];
  const files = ["-nodes", "-keyout", key, "-out", certificate];
  await runChecked("openssl", ["req", "-x509", "-newkey", "rsa:2048", ...subject, ...files]);
  return certificate;
}

/** gdcmanon into a folder, then `7z a -mx0` of that folder. */
export async function gdcmanonSide(cache: string, corpus: string): Promise<Side> {
  const certificate = await ensureCertificate(cache);
  const expected = listFiles(corpus).length;
  return {
    name: "gdcmanon, 7z a -mx0",
    commands: (output) => {
      const folder = join(output, "anonymised");
      const anonymise = ["--de-identify", "--recursive", "--certificate", certificate, "-i", corpus, "-o", folder];
      return [
        { command: "gdcmanon", args: anonymise },
        { command: "7z", args: ["a", "-tzip", "-mx0", "-bd", "-y", join(output, "anonymised.zip"), folder] },
      ];
    },
    check: async (output) => {
      const names = await runChecked("unzip", ["-Z1", join(output, "anonymised.zip")]);
      const files = names.split("\n").filter((name) => name !== "" && !name.endsWith("/")).length;
      if (files !== expected) throw new Error(`gdcmanon and 7z left ${files} of ${expected} files.`);
    },
  };
}
