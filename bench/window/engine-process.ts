import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Calls } from "../../src/contract/calls.ts";
import { fromErrorRecord, type ErrorRecord } from "../../src/contract/errors.ts";
import type { Client } from "../../src/contract/rpc.ts";
import { keyFileOf } from "./many-studies.ts";
import type { Turns } from "./turns.ts";

export type ToEngine =
  | { ask: "address" }
  | { ask: "turns" }
  | { ask: "memory" }
  | { ask: "call"; name: string; input: unknown };
export type FromEngine = { id: number; value: unknown } | { id: number; error: ErrorRecord };

type OutputOf<Name extends keyof Calls> =
  ReturnType<Client<Calls>[Name]> extends Promise<infer Output>
    ? Output
    : ReturnType<Client<Calls>[Name]> extends AsyncIterable<infer Value>
      ? Value
      : never;

export interface EngineProcess {
  pid: number;
  newAddress(): Promise<string>;
  /** Of its main thread since the last time. */
  turns(): Promise<Turns>;
  memory(): Promise<NodeJS.MemoryUsage>;
  /** The answer of a call, or the last value of a stream, and how long it took there. */
  call<Name extends keyof Calls>(
    name: Name,
    input: Parameters<Client<Calls>[Name]>[0],
  ): Promise<{ value: OutputOf<Name>; ms: number }>;
  end(): Promise<void>;
}

/** A synced folder among the sources. */
export async function ensureSource(engine: EngineProcess, name: string, path: string): Promise<void> {
  const { value } = await engine.call("sources.list", {});
  if (value.some((source) => source.name === name)) return;
  await engine.call("sources.add", { kind: "folder", name, config: { path } });
  await engine.call("sources.sync", { name });
}

/** Starts the engine on a workspace that opens with its key file. Call `end`, always. */
export async function startEngine(workspace: string): Promise<EngineProcess> {
  const child = fork(join(import.meta.dirname, "engine.ts"), [workspace, keyFileOf(workspace)]);
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const ended = once(child, "exit");
  let ids = 0;
  const take = (id: number): Promise<unknown> => new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  const ready = take(0);
  child.on("message", (message: FromEngine) => {
    const one = waiting.get(message.id);
    waiting.delete(message.id);
    if ("error" in message) one?.reject(fromErrorRecord(message.error));
    else one?.resolve(message.value);
  });
  child.once("exit", () => {
    for (const one of waiting.values()) one.reject(new Error("the engine has ended"));
  });
  await ready;
  const ask = (question: ToEngine): Promise<unknown> => {
    const id = ++ids;
    const answer = take(id);
    child.send({ id, question });
    return answer;
  };
  return {
    pid: child.pid ?? -1,
    newAddress: async () => (await ask({ ask: "address" })) as string,
    turns: async () => (await ask({ ask: "turns" })) as Turns,
    memory: async () => (await ask({ ask: "memory" })) as NodeJS.MemoryUsage,
    call: async (name, input) => (await ask({ ask: "call", name, input })) as never,
    async end() {
      child.disconnect();
      await ended;
    },
  };
}
