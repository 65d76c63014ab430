#!/usr/bin/env node
// Entry of the command line. Turns on Node's cache of compiled (and type-stripped) modules before any other module is loaded, which is
// why the program itself is imported only then: start-up and workers take half the time, and most commands are little more than that.
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";

const packages = join(import.meta.dirname, "..", "..", "..", "..", "node_modules");
// Never the default place, a folder of the system that all users share: whoever may write there could put code into this process.
// An installed tree is bundled, and nothing is to be written there.
if (import.meta.filename.endsWith(".ts") && existsSync(packages)) {
  const cache = join(packages, ".cache", "satchel");
  enableCompileCache(cache);
  // Worker threads look for it in the environment.
  process.env.NODE_COMPILE_CACHE ??= cache;
}
await import("./program.ts");
