import { writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { calls, type Calls } from "../../src/contract/calls.ts";
import { createMemoryWire } from "../../src/contract/memory-wire.ts";
import { connect, type Client } from "../../src/contract/rpc.ts";
import { openWorkspace, type Workspace } from "../../src/main/access/workspace.ts";
import { createApp, type App } from "../../src/main/app.ts";

export interface OpenApp {
  app: App;
  client: Client<Calls>;
  /** Another page of the same application. */
  connect: () => Client<Calls>;
}

/** @param root an empty folder of the test's own: the workspace is made in it at the first call, and opened again by later ones. */
export async function openApp(root: string): Promise<OpenApp> {
  const app = await createApp({
    paths: { workspace: join(root, "workspace") },
    access: "write",
    secrets: () => ({ kind: "key-file", path: keyFile(root) }),
    shell: "loopback",
    workerFile: new URL("../../src/main/jobs/worker.ts", import.meta.url),
    user: "tester",
    now: () => new Date(),
  });
  onTestFinished(() => app.close());
  const connectPage = (): Client<Calls> => {
    const [server, client] = createMemoryWire();
    app.serve(server);
    return connect(calls, client);
  };
  return { app, client: connectPage(), connect: connectPage };
}

/** Changes the workspace while no application has it open. */
export async function inWorkspace<T>(root: string, work: (workspace: Workspace) => T): Promise<T> {
  const workspace = await openWorkspace(join(root, "workspace"), () => ({ kind: "key-file", path: keyFile(root) }));
  try {
    return work(workspace);
  } finally {
    workspace.close();
  }
}

function keyFile(root: string): string {
  const path = join(root, "workspace.key");
  try {
    writeFileSync(path, randomBytes(32), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return path;
}
