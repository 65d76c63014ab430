/**
 * The kernel that both sides of a wire share. A wire carries text; every text is one frame, a JSON object:
 *
 *   client -> server   { t: "request", id, name, input, credit? }   starts a call, or a stream with its first credit
 *                      { t: "credit", id, n }                       the consumer took n values: n more may be sent
 *                      { t: "abort", id }                           the caller lost interest
 *   server -> client   { t: "ok", id, output }                      the answer of a call
 *                      { t: "next", id, value }                     one value of a stream
 *                      { t: "end", id }                             the stream is over
 *                      { t: "error", id, error }                    the call or the stream failed
 *
 * Input and output are checked on the side that receives them. A producer never runs further ahead than the credit it was
 * given. When the wire closes, calls in flight and later ones fail with CONNECTION_LOST; nothing waits for ever.
 */
import type { z } from "zod";
import { fromErrorRecord, SatchelError, toErrorRecord, type ErrorRecord } from "./errors.ts";

export interface Wire {
  send(text: string): void;
  onText(handler: (text: string) => void): void;
  onClose(handler: () => void): void;
  close(): void;
}

interface Shape<Kind extends "call" | "stream", Input extends z.ZodType, Output extends z.ZodType> {
  kind: Kind;
  input: Input;
  output: Output;
}
export type Contract = Record<string, Shape<"call" | "stream", z.ZodType, z.ZodType>>;

/** One question, one answer. */
export function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Shape<"call", I, O> {
  return { kind: "call", input, output };
}

/** One question, any number of values, with back-pressure. */
export function stream<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Shape<"stream", I, O> {
  return { kind: "stream", input, output };
}

export type InputOf<P> = P extends Shape<"call" | "stream", infer I, z.ZodType> ? z.input<I> : never;
export type ParsedInputOf<P> = P extends Shape<"call" | "stream", infer I, z.ZodType> ? z.output<I> : never;
export type OutputOf<P> = P extends Shape<"call" | "stream", z.ZodType, infer O> ? z.output<O> : never;

/** What the serving side supplies. */
export type Handlers<C extends Contract> = {
  [K in keyof C]: C[K]["kind"] extends "call"
    ? (input: ParsedInputOf<C[K]>, signal: AbortSignal) => Promise<OutputOf<C[K]>> | OutputOf<C[K]>
    : (input: ParsedInputOf<C[K]>, signal: AbortSignal) => AsyncIterable<OutputOf<C[K]>>;
};

/** What the calling side gets. */
export type Client<C extends Contract> = {
  [K in keyof C]: C[K]["kind"] extends "call"
    ? (input: InputOf<C[K]>, signal?: AbortSignal) => Promise<OutputOf<C[K]>>
    : (input: InputOf<C[K]>, signal?: AbortSignal) => AsyncIterable<OutputOf<C[K]>>;
};

/** Characters a frame may have; a longer one ends the connection, for it can only be a mistake or an attack. */
export const MAXIMUM_FRAME = 16 * 1024 * 1024;
/** Values a producer may be ahead of its consumer. */
const WINDOW = 16;

type ToServer =
  | { t: "request"; id: number; name: string; input: unknown; credit?: number }
  | { t: "credit"; id: number; n: number }
  | { t: "abort"; id: number };
type ToClient =
  | { t: "ok"; id: number; output: unknown }
  | { t: "next"; id: number; value: unknown }
  | { t: "end"; id: number }
  | { t: "error"; id: number; error: ErrorRecord };

const connectionLost = () =>
  new SatchelError(
    "CONNECTION_LOST",
    "The connection to Satchel is lost.",
    "Start Satchel again; jobs go on where they stopped.",
  );

function readFrame<F extends { t: string; id: number }>(text: string, kinds: readonly F["t"][]): F | undefined {
  if (text.length > MAXIMUM_FRAME) return undefined;
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof frame !== "object" || frame === null || !("t" in frame) || !("id" in frame)) return undefined;
  const known = (kinds as readonly unknown[]).includes(frame.t) && Number.isSafeInteger(frame.id);
  return known ? (frame as F) : undefined;
}

interface Running {
  abort: AbortController;
  credit: number;
  wake: () => void;
}

/** Answers the calls of `contract` that come over `wire`. A frame that is none, or too long, closes the wire. */
export function serve<C extends Contract>(contract: C, handlers: Handlers<C>, wire: Wire): void {
  const running = new Map<number, Running>();
  const send = (frame: ToClient) => {
    const text = JSON.stringify(frame);
    // The other side would take it for an attack and end the connection, and with it every other call.
    if (text.length > MAXIMUM_FRAME)
      throw new SatchelError("TOO_LARGE", "The answer is too long to be handed over.", "Ask for less at once.");
    wire.send(text);
  };

  async function answer(frame: ToServer & { t: "request" }, state: Running): Promise<void> {
    const shape = Object.hasOwn(contract, frame.name) ? contract[frame.name] : undefined;
    try {
      if (shape === undefined)
        throw new SatchelError("USAGE", `There is no call named ${JSON.stringify(frame.name.slice(0, 64))}.`);
      const input = shape.input.safeParse(frame.input);
      if (!input.success) throw new SatchelError("USAGE", describeIssues(frame.name, input.error.issues));
      const handler = handlers[frame.name] as (input: unknown, signal: AbortSignal) => unknown;
      const result = handler(input.data, state.abort.signal);
      if (shape.kind === "call") {
        send({ t: "ok", id: frame.id, output: await result });
        return;
      }
      for await (const value of result as AsyncIterable<unknown>) {
        while (state.credit === 0 && !state.abort.signal.aborted) {
          await new Promise<void>((resolve) => (state.wake = resolve));
        }
        if (state.abort.signal.aborted) break;
        state.credit--;
        send({ t: "next", id: frame.id, value });
      }
      send({ t: "end", id: frame.id });
    } catch (thrown) {
      send({ t: "error", id: frame.id, error: toErrorRecord(thrown) });
    } finally {
      running.delete(frame.id);
    }
  }

  const stop = (state: Running) => {
    state.abort.abort(new SatchelError("CANCELLED", "Cancelled."));
    state.wake();
  };
  wire.onText((text) => {
    const frame = readFrame<ToServer>(text, ["request", "credit", "abort"]);
    if (frame === undefined || (frame.t === "request" && (typeof frame.name !== "string" || running.has(frame.id)))) {
      wire.close();
      return;
    }
    if (frame.t === "request") {
      const state: Running = { abort: new AbortController(), credit: frame.credit ?? 0, wake: () => undefined };
      running.set(frame.id, state);
      void answer(frame, state);
      return;
    }
    const state = running.get(frame.id);
    if (state === undefined) return;
    if (frame.t === "abort") stop(state);
    else {
      state.credit += Math.max(0, Math.min(frame.n, WINDOW));
      state.wake();
    }
  });
  wire.onClose(() => {
    for (const state of running.values()) stop(state);
  });
}

function describeIssues(name: string, issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const first = issues[0];
  const where = first === undefined || first.path.length === 0 ? "its input" : first.path.map(String).join(".");
  return `${name}: ${where}: ${first?.message ?? "is not valid"}.`;
}

interface Waiting {
  frame(frame: ToClient): void;
  fail(error: Error): void;
}

/** A client for `contract` over `wire`. Cancelling a signal rejects with its reason at once and tells the other side. */
export function connect<C extends Contract>(contract: C, wire: Wire): Client<C> {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let closed = false;
  const send = (frame: ToServer) => wire.send(JSON.stringify(frame));

  wire.onText((text) => {
    const frame = readFrame<ToClient>(text, ["ok", "next", "end", "error"]);
    if (frame === undefined) wire.close();
    else waiting.get(frame.id)?.frame(frame);
  });
  wire.onClose(() => {
    closed = true;
    for (const one of waiting.values()) one.fail(connectionLost());
    waiting.clear();
  });

  function start(
    name: string,
    input: unknown,
    signal: AbortSignal | undefined,
    entry: Waiting,
    credit?: number,
  ): () => void {
    if (closed) throw connectionLost();
    signal?.throwIfAborted();
    const id = nextId++;
    const onAbort = () => {
      if (!closed) send({ t: "abort", id });
      entry.fail(signal?.reason instanceof Error ? signal.reason : new SatchelError("CANCELLED", "Cancelled."));
      finish();
    };
    const finish = () => {
      waiting.delete(id);
      signal?.removeEventListener("abort", onAbort);
    };
    waiting.set(id, entry);
    signal?.addEventListener("abort", onAbort, { once: true });
    send(credit === undefined ? { t: "request", id, name, input } : { t: "request", id, name, input, credit });
    return Object.assign(finish, { id });
  }

  const one = (name: string, output: z.ZodType) => (input: unknown, signal?: AbortSignal) =>
    new Promise<unknown>((resolve, reject) => {
      const finish = start(name, input, signal, {
        frame(frame) {
          finish();
          if (frame.t === "ok") resolve(output.parse(frame.output));
          else if (frame.t === "error") reject(fromErrorRecord(frame.error));
          else reject(connectionLost());
        },
        fail: reject,
      });
    });

  const many = (name: string, output: z.ZodType) =>
    async function* (input: unknown, signal?: AbortSignal): AsyncGenerator {
      const buffer: unknown[] = [];
      let ended = false;
      let failure: Error | undefined;
      let wake: () => void = () => undefined;
      const finish = start(
        name,
        input,
        signal,
        {
          frame(frame) {
            if (frame.t === "next") buffer.push(frame.value);
            else if (frame.t === "error") failure = fromErrorRecord(frame.error);
            else ended = true;
            wake();
          },
          fail(error) {
            failure = error;
            wake();
          },
        },
        WINDOW,
      ) as (() => void) & { id: number };
      try {
        for (;;) {
          while (buffer.length > 0) {
            yield output.parse(buffer.shift());
            if (!closed) send({ t: "credit", id: finish.id, n: 1 });
          }
          if (failure !== undefined) throw failure;
          if (ended) return;
          await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        if (!ended && failure === undefined && !closed) send({ t: "abort", id: finish.id });
        finish();
      }
    };

  return Object.fromEntries(
    Object.entries(contract).map(([name, shape]) => [
      name,
      shape.kind === "call" ? one(name, shape.output) : many(name, shape.output),
    ]),
  ) as Client<C>;
}
