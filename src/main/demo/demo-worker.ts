import type { MessagePort } from "node:worker_threads";
import { toErrorRecord } from "../../contract/errors.ts";
import type { FromDemoThread, ToDemoThread } from "./demo-messages.ts";
import { makeDemoHospital } from "./make-demo-hospital.ts";

/** Makes the demo hospital in a thread of its own, which ends with it; see demo-messages.ts. */
export async function serveDemoThread(port: MessagePort, folder: string): Promise<void> {
  const abort = new AbortController();
  const post = (message: FromDemoThread): void => port.postMessage(message);
  port.on("message", (message: ToDemoThread) => {
    if (message.type === "abort") abort.abort();
  });
  try {
    await makeDemoHospital(folder, {
      signal: abort.signal,
      onProgress: (progress) => post({ type: "progress", progress }),
    });
    post({ type: "made" });
  } catch (thrown) {
    post({ type: "error", error: toErrorRecord(thrown) });
  } finally {
    port.close();
  }
}
