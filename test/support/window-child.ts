/**
 * The engine in a process of its own, as `satchel open --headless` runs it: what a test starts, asks for addresses, and kills.
 * Arguments: the built page, the workspace. A line on standard input asks for another address; its end ends the process.
 */
import { createInterface } from "node:readline";
import { workerEntry } from "../../src/main/places.ts";
import { openLoopbackWindow } from "../../src/main/shells/loopback/open-window.ts";
import { ringDoorbell } from "../../src/main/shells/loopback/doorbell.ts";

const [page = "", workspace = ""] = process.argv.slice(2);
const stop = new AbortController();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const questions = createInterface({ input: process.stdin });
questions.on("line", () => void ringDoorbell(workspace, "address").then((answer) => say(answer?.address ?? "none")));
questions.on("close", () => stop.abort());

await openLoopbackWindow(
  {
    paths: { workspace },
    access: "write",
    user: "tester",
    now: () => new Date(),
    workerFile: workerEntry("jobs/worker"),
  },
  {
    page,
    port: 0,
    origins: [],
    browser: undefined,
    headless: true,
    stay: true,
    signal: stop.signal,
    note: () => undefined,
    onAddress: say,
  },
);
