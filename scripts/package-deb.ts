// `npm run package:deb`: one file to carry into a hospital, with the loopback window, the command line and Node.js inside. Of the machine
// that it runs on; the build must be there.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildDeb } from "./packaging/build-deb.ts";

const root = join(import.meta.dirname, "..");
const MACHINES: Record<string, string> = { x64: "amd64", arm64: "arm64" };
const architecture = MACHINES[process.arch];
const runtime = join(root, "node_modules", `node-linux-${process.arch}`);
const out = join(root, "out");

/** SOURCE_DATE_EPOCH (reproducible-builds.org), or the time of the last commit. */
function sourceEpoch(): number {
  const given = process.env.SOURCE_DATE_EPOCH;
  return Number(given ?? execFileSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8" }));
}

if (process.platform !== "linux" || architecture === undefined || !existsSync(runtime)) {
  console.error("A .deb is made on Linux, x64 or arm64, after `npm ci`.");
  process.exitCode = 1;
} else if (existsSync(join(out, "licences.json"))) {
  const options = { root, out, runtime, target: `linux-${process.arch}`, architecture, epoch: sourceEpoch() };
  console.log(buildDeb({ ...options, compression: { kind: "xz", level: 6 }, destination: join(root, "dist") }));
} else {
  console.error("The product is not built yet: npm run build");
  process.exitCode = 1;
}
