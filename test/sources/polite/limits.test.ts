import { describe, expect, it } from "vitest";
import { realPatience } from "../../../src/main/sources/http/retry.ts";
import { createBytePace } from "../../../src/main/sources/polite/byte-pace.ts";
import { createRateLimit } from "../../../src/main/sources/polite/rate-limit.ts";
import { limitsOf } from "../../../src/main/sources/polite/source-limits.ts";
import { virtualPatience } from "../../support/virtual-patience.ts";

const { signal } = new AbortController();
const MINUTE = 60_000;

describe("A limit of calls a minute", () => {
  it("lets no more go within any minute, whenever they come", async () => {
    const patience = virtualPatience(0);
    const limit = createRateLimit(10, patience);
    const gone: number[] = [];
    for (let call = 0; call < 45; call++) {
      if (call % 7 === 0) patience.advance(9_000);
      await limit.take(signal);
      gone.push(patience.now());
    }
    for (const [index, at] of gone.entries()) {
      const within = gone.slice(index).filter((other) => other < at + MINUTE);
      expect(within.length).toBeLessThanOrEqual(10);
    }
  });

  it("lets the first ones go at once", async () => {
    const patience = virtualPatience(0);
    const limit = createRateLimit(10, patience);
    for (let call = 0; call < 10; call++) await limit.take(signal);
    expect(patience.slept).toEqual([]);
  });

  it("lets go in order those who wait, and leaves out who gave up", async () => {
    const patience = virtualPatience(0);
    const limit = createRateLimit(1, patience);
    const order: string[] = [];
    const given = new AbortController();
    given.abort(new Error("gave up"));
    const all = [
      limit.take(signal).then(() => order.push("a")),
      limit.take(given.signal).catch(() => order.push("gone")),
      limit.take(signal).then(() => order.push("b")),
    ];
    await Promise.all(all);
    expect(order).toEqual(["a", "gone", "b"]);
    expect(patience.now()).toBe(MINUTE);
  });

  it("does not make anybody wait for a clock that was set back", async () => {
    const patience = virtualPatience(10 * MINUTE);
    const limit = createRateLimit(1, patience);
    await limit.take(signal);
    patience.advance(-9 * MINUTE);
    await limit.take(signal);
    expect(patience.slept).toEqual([]);
  });
});

describe("A limit of bytes a minute", () => {
  it("spreads them, all downloads together", async () => {
    const patience = virtualPatience(0);
    const pace = createBytePace(6_000_000, patience);
    for (let chunk = 0; chunk < 120; chunk++) await pace.took(100_000, signal);
    expect(patience.now()).toBe(2 * MINUTE);
  });

  it("saves nothing up while nothing comes", async () => {
    const patience = virtualPatience(0);
    const pace = createBytePace(6_000_000, patience);
    patience.advance(10 * MINUTE);
    await pace.took(6_000_000, signal);
    expect(patience.now()).toBe(11 * MINUTE);
  });

  it("is none where none is set", async () => {
    const patience = virtualPatience(0);
    await createBytePace(null, patience).took(1e12, signal);
    expect(patience.slept).toEqual([]);
  });
});

describe("The limits of one server", () => {
  it("are shared by all that speak to it", async () => {
    const settings = { callsPerMinute: 2, bytesPerMinute: null };
    const one = limitsOf("http://shared.example/fhir/", settings, realPatience);
    const other = limitsOf("http://shared.example/fhir/", settings, realPatience);
    await one.call(signal);
    await other.call(signal);
    const abort = new AbortController();
    const third = one.call(abort.signal).then(
      () => "went",
      () => "waits",
    );
    // Who may go has gone long before.
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect(await third).toBe("waits");
  });

  it("make all wait where the server asked for a pause", async () => {
    const patience = virtualPatience(0);
    const limits = limitsOf("http://a.example/", { callsPerMinute: 100, bytesPerMinute: null }, patience);
    limits.pause(5_000);
    await limits.call(signal);
    expect(patience.now()).toBe(5_000);
  });
});
