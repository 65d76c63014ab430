/** What the thread that makes the demo hospital says, and the one thing that is said to it. */
import type { ErrorRecord } from "../../contract/errors.ts";
import type { DemoProgress } from "./make-demo-hospital.ts";

export type FromDemoThread =
  | { type: "progress"; progress: DemoProgress }
  | { type: "made" }
  | { type: "error"; error: ErrorRecord };

export type ToDemoThread = { type: "abort" };
