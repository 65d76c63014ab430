import { createHash } from "node:crypto";
import { chmodSync, existsSync, readdirSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { z } from "../../../contract/schema.ts";
import { makeFolders } from "../../package/make-folders.ts";

/** What a second `satchel open` asks of the one that runs: to open a window, or for an address that works once. */
const question = z.object({ ask: z.enum(["window", "address"]) }).strict();
const reply = z.object({ address: z.string().nullable() }).strict();
export type Question = z.infer<typeof question>["ask"];

const PATIENCE_MS = 3_000;
const LONGEST_LINE = 4096;
/** sun_path of unix(7) less its end; longer ones are cut off or refused, by system. */
const LONGEST_PATH = 103;

/**
 * Where it hangs: in the workspace, whose folder nobody else can enter; on Windows a pipe, which nobody else may write to.
 * @returns undefined where the path is too long for a socket: then a second start says IN_USE
 */
function doorbellPath(workspace: string): string | undefined {
  if (process.platform === "win32")
    return String.raw`\\.\pipe\satchel-${createHash("sha256").update(workspace).digest("hex").slice(0, 32)}`;
  const path = join(workspace, "window.sock");
  return Buffer.byteLength(path) <= LONGEST_PATH ? path : undefined;
}

/** Asks the running Satchel of a workspace. @returns its answer; undefined where none runs, or does not answer */
export function ringDoorbell(workspace: string, ask: Question): Promise<{ address: string | null } | undefined> {
  const path = doorbellPath(workspace);
  if (path === undefined) return Promise.resolve(undefined);
  const { promise, resolve } = Promise.withResolvers<{ address: string | null } | undefined>();
  const socket = connect(path, () => socket.write(`${JSON.stringify({ ask })}\n`));
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  socket.on("close", () => resolve(undefined));
  onLine(socket, (line) => {
    resolve(parse(reply, line));
    socket.destroy();
  });
  return promise;
}

/**
 * Answers those who ring. Does nothing where the folder holds something that is no workspace: what is to be done about that is said when
 * it is opened.
 *
 * @param answer returns the address asked for, or null where a window is being opened
 */
export async function hangDoorbell(
  workspace: string,
  answer: (ask: Question) => string | null,
): Promise<{ close(): Promise<void> }> {
  const path = doorbellPath(workspace);
  const nothing = { close: () => Promise.resolve() };
  if (path === undefined || !isForSatchel(workspace)) return nothing;
  const server = createServer((socket) => {
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    onLine(socket, (line) => {
      const asked = parse(question, line);
      if (asked === undefined) socket.destroy();
      else socket.end(`${JSON.stringify({ address: answer(asked.ask) })}\n`);
    });
  });
  server.maxConnections = 8;
  try {
    makeFolders(workspace, 0o700);
    if (!(await listen(server, path))) {
      // Another was quicker, or one that was killed left it there: only then nobody takes a connection.
      if (process.platform === "win32" || (await isAnswered(path))) return nothing;
      rmSync(path, { force: true });
      if (!(await listen(server, path))) return nothing;
    }
    if (process.platform !== "win32") chmodSync(path, 0o600);
  } catch {
    // A file system without sockets, or a folder that cannot be made. The window works without.
    return nothing;
  }
  return {
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function isForSatchel(workspace: string): boolean {
  if (!existsSync(workspace)) return true;
  const names = readdirSync(workspace);
  return names.includes("workspace.json") || names.every((name) => name === "window.sock");
}

/** @returns false where the name is taken */
function listen(server: Server, path: string): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const failed = (error: NodeJS.ErrnoException): void => {
    if (error.code === "EADDRINUSE") resolve(false);
    else reject(error);
  };
  server.once("error", failed);
  server.listen(path, () => {
    server.off("error", failed);
    resolve(true);
  });
  return promise;
}

function isAnswered(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(path, () => {
    resolve(true);
    socket.destroy();
  });
  socket.on("error", () => resolve(false));
  return promise;
}

function onLine(socket: Socket, handler: (line: string) => void): void {
  let text = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    text += chunk;
    const end = text.indexOf("\n");
    if (end >= 0) handler(text.slice(0, end));
    else if (text.length > LONGEST_LINE) socket.destroy();
  });
}

function parse<T>(schema: z.ZodType<T>, line: string): T | undefined {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
