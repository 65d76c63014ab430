import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findCanary } from "../find-canary.ts";

/** Names and bytes below a folder; of what is deflated (ZIP, and a workbook in it) what it holds as well, read by Python. */
export function bytesThatLeave(folder: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    found.set(`name of ${name}`, Buffer.from(name));
    if (!entry.isFile()) continue;
    found.set(name, readFileSync(path));
    if (/\.(?:zip|xlsx)$/.test(name)) for (const [part, bytes] of partsOf(path)) found.set(`${name}!${part}`, bytes);
  }
  return found;
}

const UNPACK = `
import sys, zipfile, io, json, base64
def walk(data, prefix, out):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        out.append([prefix + "comment", base64.b64encode(archive.comment).decode()])
        for info in archive.infolist():
            out.append([prefix + info.filename + " (header)", base64.b64encode(info.filename.encode() + info.comment + info.extra).decode()])
            content = archive.read(info)
            out.append([prefix + info.filename, base64.b64encode(content).decode()])
            if info.filename.endswith(".xlsx"): walk(content, prefix + info.filename + "!", out)
out = []
walk(open(sys.argv[1], "rb").read(), "", out)
print(json.dumps(out))
`;

function partsOf(path: string): [string, Buffer][] {
  const printed = execFileSync("python3", ["-c", UNPACK, path], { maxBuffer: 256 * 1024 * 1024 });
  return (JSON.parse(printed.toString()) as [string, string][]).map(([name, bytes]) => [
    name,
    Buffer.from(bytes, "base64"),
  ]);
}

/** Where one of the words stands, as "place: word". */
export function findAll(places: ReadonlyMap<string, Buffer>, words: readonly string[]): string[] {
  return [...places].flatMap(([place, bytes]) =>
    words.filter((word) => findCanary(bytes, word).length > 0).map((word) => `${place}: ${word}`),
  );
}
