import { MessageChannel, type MessagePort } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { SatchelError } from "../../src/contract/errors.ts";
import { createMemoryWire } from "../../src/contract/memory-wire.ts";
import { call, connect, MAXIMUM_FRAME, serve, stream, type Handlers, type Wire } from "../../src/contract/rpc.ts";
import { z } from "../../src/contract/schema.ts";

const contract = {
  add: call(z.object({ a: z.number(), b: z.number() }).strict(), z.number()),
  wait: call(z.object({}), z.string()),
  fail: call(z.object({ how: z.enum(["known", "unknown"]) }), z.null()),
  count: stream(z.object({ to: z.number() }), z.number()),
};

interface Observed {
  produced: number;
  aborted: number;
}

function handlersWith(observed: Observed): Handlers<typeof contract> {
  return {
    add: ({ a, b }) => a + b,
    wait: (_input, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          observed.aborted++;
          reject(new Error("gone"));
        });
      }),
    fail: ({ how }) => {
      if (how === "known") throw new SatchelError("NOT_FOUND", "There is no such thing.", "Look elsewhere.");
      throw new Error("patient Müller, file /home/clerk/secret");
    },
    count: async function* ({ to }, signal) {
      try {
        for (let value = 0; value < to; value++) {
          observed.produced++;
          yield value;
          if (signal.aborted) return;
        }
      } finally {
        observed.aborted++;
      }
    },
  };
}

function portWire(port: MessagePort): Wire {
  return {
    send: (text) => port.postMessage(text),
    onText: (handler) => void port.on("message", handler),
    onClose: (handler) => void port.on("close", handler),
    close: () => port.close(),
  };
}

function messagePortWires(): [Wire, Wire] {
  const { port1, port2 } = new MessageChannel();
  return [portWire(port1), portWire(port2)];
}

const turns = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count));

describe.each([
  ["in memory", createMemoryWire],
  ["over a MessagePort", messagePortWires],
])("the wire %s", (_name, wires) => {
  function open() {
    const observed: Observed = { produced: 0, aborted: 0 };
    const [server, client] = wires();
    serve(contract, handlersWith(observed), server);
    return { observed, server, wire: client, client: connect(contract, client) };
  }

  it("answers a call", async () => {
    const { client, wire } = open();
    expect(await client.add({ a: 2, b: 3 })).toBe(5);
    wire.close();
  });

  it("refuses input that the contract does not allow, naming the place", async () => {
    const { client, wire } = open();
    const wrong = { a: 2, b: "3" } as unknown as { a: number; b: number };
    await expect(client.add(wrong)).rejects.toMatchObject({ code: "USAGE", message: expect.stringContaining("b") });
    wire.close();
  });

  it("carries a known error whole and an unknown one without its text", async () => {
    const { client, wire } = open();
    await expect(client.fail({ how: "known" })).rejects.toMatchObject({ code: "NOT_FOUND", next: "Look elsewhere." });
    const unknown = client.fail({ how: "unknown" });
    await expect(unknown).rejects.toMatchObject({ code: "INTERNAL" });
    await expect(unknown).rejects.not.toThrow(/Müller|clerk/);
    wire.close();
  });

  it("delivers a stream in order to its end", async () => {
    const { client, wire } = open();
    const values: number[] = [];
    for await (const value of client.count({ to: 100 })) values.push(value);
    expect(values).toEqual(Array.from({ length: 100 }, (_, index) => index));
    wire.close();
  });

  it("lets a producer run no further ahead than the window", async () => {
    const { client, observed, wire } = open();
    const values = client.count({ to: 5_000 })[Symbol.asyncIterator]();
    for (let taken = 0; taken < 10; taken++) await values.next();
    await turns(20);
    expect(observed.produced).toBeLessThanOrEqual(10 + 16 + 1);
    await values.return?.();
    wire.close();
  });

  it("stops the producer when the consumer leaves", async () => {
    const { client, observed, wire } = open();
    for await (const value of client.count({ to: 1_000_000 })) if (value === 3) break;
    await turns(20);
    expect(observed.aborted).toBe(1);
    wire.close();
  });

  it("cancels a call at once and tells the other side", async () => {
    const { client, observed, wire } = open();
    const abort = new AbortController();
    const answer = client.wait({}, abort.signal);
    await turns(5);
    abort.abort(new SatchelError("CANCELLED", "Enough."));
    await expect(answer).rejects.toMatchObject({ code: "CANCELLED" });
    await turns(20);
    expect(observed.aborted).toBe(1);
    wire.close();
  });

  it("fails calls in flight and later ones when the peer is gone", async () => {
    const { client, server } = open();
    const inFlight = client.wait({});
    const flowing = (async () => {
      for await (const value of client.count({ to: 1_000_000 })) if (value === 2) server.close();
    })();
    await expect(inFlight).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    await expect(flowing).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    await expect(client.add({ a: 1, b: 1 })).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  });

  it.each([
    ["no JSON", "hello"],
    ["a frame of no known kind", '{"t":"root","id":1}'],
    ["a frame without id", '{"t":"request","name":"add"}'],
    ["a frame beyond the limit", `{"t":"request","id":1,"name":"add","input":"${"x".repeat(MAXIMUM_FRAME)}"}`],
  ])("hangs up on %s", async (_what, text) => {
    const { client, wire } = open();
    const inFlight = client.wait({});
    wire.send(text);
    await expect(inFlight).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  });

  it("knows no call that is only inherited from Object", async () => {
    const { wire, server } = open();
    const client = connect({ ...contract, toString: call(z.object({}), z.string()) }, wire);
    await expect(client.toString({})).rejects.toMatchObject({ code: "USAGE" });
    server.close();
  });
});
