import type { Calls } from "../../contract/calls.ts";
import type { Handlers } from "../../contract/rpc.ts";
import type { Workspace } from "../access/workspace.ts";
import type { AppPorts } from "../app.ts";
import type { WorkerPool } from "../jobs/pool.ts";

/** What the handlers of calls work with. */
export interface CallContext {
  readonly ports: AppPorts;
  readonly pool: WorkerPool;
  /** @throws INTERNAL where the application was opened without one */
  readonly workspace: Workspace;
}

/** The handlers of the calls whose names begin with one of these words. */
export type HandlersOf<Prefix extends string> = Pick<Handlers<Calls>, Extract<keyof Calls, `${Prefix}.${string}`>>;
