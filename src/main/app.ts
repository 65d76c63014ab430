import { availableParallelism } from "node:os";
import { calls, type Calls } from "../contract/calls.ts";
import { toErrorRecord } from "../contract/errors.ts";
import { serve, type Handlers, type Wire } from "../contract/rpc.ts";
import type { WorkspaceSecret } from "./access/workspace-key.ts";
import { acting } from "./access/accounts/acting.ts";
import { Guard } from "./access/accounts/guard.ts";
import { WorkspaceGate } from "./access/workspace-gate.ts";
import { auditHandlers } from "./calls/audit.ts";
import type { CallContext } from "./calls/context.ts";
import { exportHandlers } from "./calls/exports.ts";
import { fileHandlers } from "./calls/files.ts";
import { findHandlers } from "./calls/find.ts";
import { folderHandlers } from "./calls/folders.ts";
import { keyHandlers } from "./calls/keys.ts";
import { packageHandlers } from "./calls/packages.ts";
import { sourceAuthHandlers } from "./calls/source-auth.ts";
import { sourceFileHandlers } from "./calls/source-files.ts";
import { sourceHandlers } from "./calls/sources.ts";
import { recipeHandlers } from "./calls/recipes.ts";
import { shellHandlers } from "./calls/shell.ts";
import { reviewHandlers } from "./calls/review.ts";
import { reviewTableHandlers } from "./calls/review-table.ts";
import { settingsHandlers } from "./calls/settings.ts";
import { tagHandlers } from "./calls/tags.ts";
import { recordHandlers } from "./calls/records.ts";
import { resourceHandlers } from "./calls/resources.ts";
import { userHandlers } from "./calls/users.ts";
import { watchHandlers } from "./calls/watch.ts";
import { workspaceHandlers } from "./calls/workspace.ts";
import { Changes } from "./calls/changes.ts";
import { createJobs } from "./calls/create-jobs.ts";
import { RunningSyncs } from "./calls/running-syncs.ts";
import type { Jobs } from "./jobs/jobs.ts";
import { Busy } from "./jobs/busy.ts";
import type { RunKind } from "./jobs/messages.ts";
import { WorkerPool } from "./jobs/pool.ts";
import type { PictureRequest } from "../contract/pictures.ts";
import { Pictures, type Picture } from "./pictures/pictures.ts";
import { RecordsGate } from "./records-gate.ts";
import { SideThread } from "./review/side-thread.ts";

/** What a shell supplies. A port that a shell lacks is left out, and what needs it says so. */
export interface AppPorts {
  paths: { workspace: string };
  /** "write": the one process that may; "read": beside it; "none": no workspace at all (verifying a package). */
  access: "write" | "read" | "none";
  /**
   * Called once, where a workspace is opened or made: Electron's safeStorage, a passphrase, a key file. Left out, the application starts
   * locked and waits for the call `workspace.open`.
   */
  secrets?(): WorkspaceSecret | Promise<WorkspaceSecret>;
  /** Entry of the worker threads. */
  workerFile: URL;
  /** Starts the workers while the workspace is being opened, where it is known what they will be needed for. */
  warm?: RunKind | undefined;
  /** Who is at the keyboard, for the audit log. */
  user: string;
  now(): Date;
  /** Waits between two looks of a watch; left out, by the clock of the machine. @throws where the signal is aborted */
  sleep?(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Which shell this is, for the screens. */
  shell: "electron" | "loopback" | "cli";
  /** Versions of what only the shell knows of: Electron, Chromium. */
  software?: Record<string, string>;
  /** The platform's own dialogs; undefined means that the user chose nothing. */
  chooseFolder?(options: { title: string; path?: string | undefined }): Promise<string | undefined>;
  chooseFile?(options: {
    title: string;
    purpose: "open" | "save";
    name?: string | undefined;
    extensions: readonly string[];
  }): Promise<string | undefined>;
  /** Shows a file in the file manager. */
  reveal?(path: string): Promise<void>;
  /** Opens the address of a sign-in in the user's own browser. */
  openAddress?(address: string): Promise<void>;
  /** Electron only: lets a finished package be dragged out of the window. */
  dragOut?(path: string): void;
  /**
   * Told when jobs or copies begin, go on (at most ten times a second) and end: a window keeps the machine awake and shows the progress.
   *
   * @param progress 0 to 1; null where it is not known
   */
  onBusy?(busy: boolean, progress: number | null): void;
  /**
   * For a window: jobs that waited or ran when the application ended go on when it is opened again, and `close` stops those that run so
   * that they can. A command waits for its jobs instead.
   */
  resumeJobs?: boolean;
}

export interface App {
  /** Answers the calls of the contract over a wire; any number of wires at once. */
  serve(wire: Wire): void;
  /**
   * One frame of an instance as PNG, for a page; shells hand it out by `answerPicture`.
   * @throws NOT_FOUND, CANNOT_RENDER, BAD_DICOM, SOURCE_*, READ_FAILED, CHECKSUM, LOCKED, CANCELLED
   */
  picture(request: PictureRequest, signal: AbortSignal): Promise<Picture>;
  /** Waits for running jobs, or stops them so that they go on at the next start (`resumeJobs`), then closes everything. */
  close(): Promise<void>;
}

/** A third thread on two cores gains nothing (measured), and each takes memory. */
const MOST_WORKERS = 4;

/**
 * The only constructor of the application: joins the rooms. Shells differ only in the ports they hand in.
 *
 * @throws what openWorkspace throws, for the command line: IN_USE, WRONG_KEY, NOT_FOUND, USAGE, READ_FAILED
 */
export async function createApp(given: AppPorts): Promise<App> {
  const ports = namingAccounts(given);
  const pool = new WorkerPool(ports.workerFile, Math.max(1, Math.min(MOST_WORKERS, availableParallelism())));
  if (ports.warm !== undefined) pool.start(ports.warm);
  // Verifies beside a job: that has the others for as long as a package takes.
  const checking = new WorkerPool(ports.workerFile, 1);
  // Two, so that a picture does not wait behind a long examination.
  const looking = new SideThread(ports.workerFile);
  const drawing = new SideThread(ports.workerFile);
  const pictures = new Pictures(drawing);
  const gate = new WorkspaceGate(ports);
  const secrets = ports.secrets?.bind(ports);
  if (ports.access !== "none" && secrets !== undefined) {
    await gate.open(secrets).catch(async (error: unknown) => {
      // A window stays and says why (workspace.state), a command ends.
      if (ports.shell !== "cli") return;
      await pool.close();
      throw error;
    });
  }
  const changes = new Changes();
  const syncs = new RunningSyncs();
  let jobs: Jobs | undefined;
  const context: CallContext = {
    ports,
    pool,
    checking,
    busy: new Busy((busy, progress) => ports.onBusy?.(busy, progress)),
    looking,
    gate,
    changes,
    syncs,
    recordsGate: new RecordsGate(),
    get workspace() {
      return gate.workspace;
    },
    /** Made with the workspace, once. */
    get jobs() {
      return (jobs ??= createJobs(context));
    },
  };
  if (gate.isOpen) jobs = createJobs(context);
  const guard = new Guard({
    workspace: () => (gate.isOpen ? gate.workspace : undefined),
    now: () => ports.now(),
    locksWhenIdle: ports.shell !== "cli",
  });
  const wires = new Set<Wire>();
  const underWay = new Set<Promise<void>>();
  const handlers: Handlers<Calls> = {
    ...workspaceHandlers(context),
    ...sourceHandlers(context),
    ...watchHandlers(context),
    ...sourceFileHandlers(),
    ...sourceAuthHandlers(context),
    ...findHandlers(context),
    ...keyHandlers(context),
    ...exportHandlers(context),
    ...fileHandlers(context),
    ...packageHandlers(context),
    ...auditHandlers(context),
    ...tagHandlers(context),
    ...reviewHandlers(context),
    ...recipeHandlers(context),
    ...settingsHandlers(context),
    ...folderHandlers(context),
    ...shellHandlers(context),
    ...reviewTableHandlers(context),
    ...recordHandlers(context),
    ...resourceHandlers(context),
    ...userHandlers(context, guard),
  };
  return {
    serve(wire) {
      wires.add(wire);
      const session = guard.begin();
      const onClose = (handler: () => void): void =>
        wire.onClose(() => {
          wires.delete(wire);
          guard.end(session);
          handler();
        });
      serve(calls, logging(gate, underWay, guard.over(handlers, session)), { ...wire, onClose });
    },
    picture: async (request, signal) => {
      const ended = begin(underWay);
      try {
        guard.assertPicture(request.instance, request.session);
        return await pictures.render(gate.workspace, request, signal);
      } catch (thrown) {
        if (toErrorRecord(thrown).code === "INTERNAL") gate.log("picture", thrown);
        throw thrown;
      } finally {
        ended();
      }
    },
    async close() {
      await Promise.all([ports.resumeJobs === true ? jobs?.stopForExit() : jobs?.close(), syncs.close()]);
      // Calls that nobody waits for any more (a sync that was cancelled) write down what they have before the catalog is closed.
      for (const wire of wires) wire.close();
      await Promise.all([pool.close(), looking.close(), drawing.close()]);
      pictures.forget();
      await Promise.all(underWay);
      gate.close();
    },
  };
}

/** The audit log and receipts name the account on whose behalf something is done; without accounts, who is at the keyboard. */
function namingAccounts(given: AppPorts): AppPorts {
  return Object.create(given, {
    user: { get: () => acting()?.account ?? given.user, enumerable: true },
  }) as AppPorts;
}

/** Unexpected errors leave as INTERNAL; what a developer needs of them goes to the local log. */
function logging<H extends Record<string, (input: never, signal: AbortSignal) => unknown>>(
  gate: WorkspaceGate,
  underWay: Set<Promise<void>>,
  handlers: H,
): H {
  const note = (name: string, thrown: unknown): never => {
    if (toErrorRecord(thrown).code === "INTERNAL") gate.log(name, thrown);
    throw thrown;
  };
  const wrapped = Object.entries(handlers).map(([name, handler]) => [
    name,
    (input: never, signal: AbortSignal): unknown => {
      try {
        const result = handler(input, signal);
        if (result instanceof Promise) {
          const ended = begin(underWay);
          return result.catch((thrown: unknown) => note(name, thrown)).finally(ended);
        }
        return isAsyncIterable(result) ? noting(result, (thrown) => note(name, thrown), underWay) : result;
      } catch (thrown) {
        return note(name, thrown);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as H;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

async function* noting(
  values: AsyncIterable<unknown>,
  note: (thrown: unknown) => never,
  underWay: Set<Promise<void>>,
): AsyncGenerator {
  const ended = begin(underWay);
  try {
    yield* values;
  } catch (thrown) {
    note(thrown);
  } finally {
    ended();
  }
}

/** @returns what is called once at the end */
function begin(underWay: Set<Promise<void>>): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  underWay.add(promise);
  return () => {
    underWay.delete(promise);
    resolve();
  };
}
