import { jheConfig } from "../../../src/main/sources/jhe/jhe-config.ts";
import { jheSource } from "../../../src/main/sources/jhe/jhe-source.ts";
import type { SyncReport } from "../../../src/main/sources/source.ts";
import type { SyncOptions } from "../../../src/contract/calls/sources.ts";
import type { JheData } from "../../support/jhe-data.ts";
import { startJheServer, type JheQuirks, type JheRelease, type JheServer } from "../../support/jhe-server.ts";
import { recordingResources, type RecordingResources } from "../recording-resources.ts";

const never = new AbortController().signal;
export const RELEASES = ["0.0.8", "0.0.9", "0.0.13", "head"] as const satisfies readonly JheRelease[];

/** Exchanges of one test file, and what a source makes of them. */
export function jheBench() {
  const servers: JheServer[] = [];
  return {
    start: async (release: JheRelease, data: JheData, quirks: JheQuirks = {}): Promise<JheServer> => {
      const server = await startJheServer(release, data, quirks);
      servers.push(server);
      return server;
    },
    close: async () => {
      await Promise.all(servers.splice(0).map((server) => server.close()));
    },
    config,
    sync,
    check: async (server: JheServer, more: Record<string, unknown> = {}, secret = "a-token") => {
      const report = await jheSource.check(config(server, more), secret, never);
      return { ...report, text: report.findings.map(({ level, text }) => `${level}: ${text}`).join("\n") };
    },
  };
}

function config({ url }: JheServer, more: Record<string, unknown> = {}) {
  return jheConfig.parse({ url, auth: { kind: "bearer" }, callsPerMinute: 60_000, timeZone: "UTC", ...more });
}

export interface Synced {
  report: SyncReport;
  target: RecordingResources;
  /** What came beside a resource, by "Type/id". */
  extras: Map<string, Readonly<Record<string, string>>>;
}

async function sync(
  server: JheServer,
  more: Record<string, unknown> = {},
  before?: Synced,
  options: SyncOptions = {},
): Promise<Synced> {
  const target = before?.target ?? recordingResources();
  const extras = new Map<string, Readonly<Record<string, string>>>();
  const recording = {
    ...target,
    put: (resource: Parameters<RecordingResources["put"]>[0]) => {
      if (resource.extra !== undefined) extras.set(resource.ref ?? "", resource.extra);
      return target.put(resource);
    },
  };
  target.consents = [];
  target.groups = [];
  target.forget();
  const report = await jheSource.sync(config(server, more), "a-token", recording, () => undefined, never, options);
  return { report, target, extras };
}
