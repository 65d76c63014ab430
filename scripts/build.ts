// `npm run build`: the page, the preload and the main process into out/ (or a folder that is named), and beside them what the product is
// made of.
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { writeLicences } from "./make-licences.ts";

const root = join(import.meta.dirname, "..");
const out = resolve(process.argv[2] ?? join(root, "out"));
const electronVite = join(root, "node_modules", "electron-vite", "bin", "electron-vite.js");
const { status } = spawnSync(process.execPath, [electronVite, "build", "--outDir", out, "--logLevel", "warn"], {
  cwd: root,
  stdio: "inherit",
});
if (status === 0) writeLicences(root, join(out, "licences.json"));
process.exitCode = status ?? 1;
