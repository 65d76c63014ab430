/** Preloaded into the command line (`--import`): says on stderr, at the end, how much memory the process had at most. */
import { isMainThread } from "node:worker_threads";

if (isMainThread) process.on("exit", () => process.stderr.write(`PEAK ${process.resourceUsage().maxRSS} kB\n`));
