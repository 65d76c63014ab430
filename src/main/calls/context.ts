import type { Calls } from "../../contract/calls.ts";
import type { Handlers } from "../../contract/rpc.ts";
import type { Workspace } from "../access/workspace.ts";
import type { AppPorts } from "../app.ts";
import type { WorkspaceGate } from "../access/workspace-gate.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Busy } from "../jobs/busy.ts";
import type { Changes } from "./changes.ts";
import type { RunningSyncs } from "./running-syncs.ts";
import type { WorkerPool } from "../jobs/pool.ts";
import type { RecordsGate } from "../records-gate.ts";
import type { SideThread } from "../review/side-thread.ts";

/** What the handlers of calls work with. */
export interface CallContext {
  readonly ports: AppPorts;
  readonly pool: WorkerPool;
  /** One worker more, for verifying while a job has the others. */
  readonly checking: WorkerPool;
  /** Adds up long work for the shell. */
  readonly busy: Busy;
  /** Looks into instances for a page, beside the workers: those may be busy with a job. */
  readonly looking: SideThread;
  readonly gate: WorkspaceGate;
  readonly changes: Changes;
  readonly syncs: RunningSyncs;
  /** Between exports that read records and syncs that change them. */
  readonly recordsGate: RecordsGate;
  /** @throws INTERNAL where the application was opened without one; LOCKED */
  readonly workspace: Workspace;
  /** Of the open workspace. @throws as `workspace` */
  readonly jobs: Jobs;
}

/** The handlers of the calls whose names begin with one of these words. */
export type HandlersOf<Prefix extends string> = Pick<Handlers<Calls>, Extract<keyof Calls, `${Prefix}.${string}`>>;
