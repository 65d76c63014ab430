#!/usr/bin/env node
// The command `satchel`. Plain JavaScript: it may be started by a Node.js too old to run TypeScript, or to load the database without
// a segmentation fault.
import { fileURLToPath } from "node:url";
import { findNode, RUNTIME_MISSING, runInPlace } from "./node-runtime.mjs";

const commandLine = new URL("../src/main/shells/cli/index.ts", import.meta.url);
const node = findNode();
if (node === undefined) {
  console.error(RUNTIME_MISSING);
  process.exitCode = 1;
} else if (node === process.execPath) {
  await import(commandLine.href);
} else {
  process.exitCode = await runInPlace(node, [fileURLToPath(commandLine), ...process.argv.slice(2)]);
}
