import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import { toErrorRecord } from "../../../src/contract/errors.ts";
import type { JobState, JobSummary } from "../../../src/contract/job.ts";
import type { ImagingRecipe } from "../../../src/contract/recipe.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import type { App } from "../../../src/main/app.ts";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { contentsOf, createWorkshop, EXPORTED_AT, seededRandom } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

/** A hundred sequences, some in each test. */
const FIRST_SEEDS = [1, 21, 41, 61, 81];
const SEEDS = 20;
const ENDED: readonly JobState[] = ["complete", "incomplete", "failed", "cancelled"];
type Move = "pause" | "resume" | "cancel";

describe("whoever presses every button of a job at once", () => {
  const root = temporaryDirectory("storm");
  let app: App;
  let client: Client<Calls>;
  /** What an undisturbed run leaves, by package. */
  let expected: Record<string, Buffer>;

  const recipeTo = (destination: string): ImagingRecipe => ({
    kind: "imaging",
    version: 1,
    selection: { scope: "all" },
    policy: { kind: "pseudonymised", key: "lung", options: ["modified-dates"] },
    images: true,
    previews: false,
    format: "zip",
    compress: 0,
    grouping: "each",
    destination,
  });

  beforeAll(async () => {
    await makeDemoHospital(join(root, "hospital"), { size: "small" });
    const workshop = await createWorkshop(root, { folder: join(root, "hospital") });
    ({ app, client } = await workshop.open({ shell: "loopback" }));
    const destination = join(root, "undisturbed");
    const { jobId } = await client["exports.start"]({ recipe: recipeTo(destination), exportedAt: EXPORTED_AT });
    expect((await settled(jobId)).state).toBe("complete");
    expected = contentsOf(destination);
  });
  afterAll(() => app.close());

  const show = (id: string): Promise<JobSummary> => client["jobs.show"]({ id });

  /** Waits until nothing runs of it any more. */
  async function settled(id: string): Promise<JobSummary> {
    for (;;) {
      const job = await show(id);
      if (job.state !== "planned" && job.state !== "running") return job;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** A refusal is an answer; a defect is none. */
  async function press(move: Move, id: string): Promise<void> {
    const answered = move === "resume" ? client["jobs.resume"]({ id }) : client[`jobs.${move}`]({ id });
    const code = await Promise.resolve(answered).then(
      () => undefined,
      (thrown: unknown) => toErrorRecord(thrown).code,
    );
    expect([undefined, "USAGE"], `${move} of job ${id}`).toContain(code);
  }

  test.each(FIRST_SEEDS)("gets a whole package or none, and never a state that is not true (from %i)", async (from) => {
    const seen = new Map<JobState, number>();
    for (let seed = from; seed < from + SEEDS; seed++) {
      const random = seededRandom(seed);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      const destination = join(root, `storm-${seed}`);
      const { jobId } = await client["exports.start"]({ recipe: recipeTo(destination), exportedAt: EXPORTED_AT });
      const pressed: Promise<void>[] = [];
      const moves: Move[] = [];
      for (let count = 3 + Math.floor(random() * 8); count > 0; count--) {
        // Cancelling ends it: more often than not it is not among the first.
        const move = pick<Move>(random() < 0.12 ? ["cancel"] : ["pause", "resume"]);
        moves.push(move);
        pressed.push(press(move, jobId));
        if (random() < 0.5) await new Promise((resolve) => setTimeout(resolve, Math.floor(random() * 30)));
      }
      await Promise.all(pressed);
      const about = `seed ${seed}: ${moves.join(", ")}`;
      let job = await settled(jobId);
      for (let tries = 0; !ENDED.includes(job.state) && tries < 10; tries++) {
        expect(["paused", "interrupted"], about).toContain(job.state);
        expect(job.error, about).toBeNull();
        await press("resume", jobId);
        job = await settled(jobId);
      }
      seen.set(job.state, (seen.get(job.state) ?? 0) + 1);
      expect(["complete", "cancelled"], about).toContain(job.state);
      if (!moves.includes("cancel")) expect(job.state, about).toBe("complete");
      const left = existsSync(destination) ? readdirSync(destination) : [];
      expect(left.toSorted(), `${about}: nothing but what the job names`).toEqual(
        job.packages.map(({ name }) => name).toSorted(),
      );
      if (job.state === "complete") expect(left, about).toHaveLength(Object.keys(expected).length);
      for (const [name, bytes] of Object.entries(left.length === 0 ? {} : contentsOf(destination)))
        expect(bytes.equals(expected[name] ?? Buffer.alloc(0)), `${about}: ${name}`).toBe(true);
      const { rows } = await client["packages.list"]({ text: destination, limit: 100 });
      expect(rows.map((row) => row.name).toSorted(), about).toEqual(left.toSorted());
    }
    // Otherwise the storm was none.
    expect(seen.get("complete") ?? 0).toBeGreaterThan(0);
    expect(seen.get("cancelled") ?? 0).toBeGreaterThan(0);
    expect(await client["audit.verify"]({})).toMatchObject({ ok: true });
  });

  test.each(["cancel", "pause"] as const)("a %s and a resume in one breath leave no job in between", async (move) => {
    for (let round = 0; round < 5; round++) {
      const destination = join(root, `breath-${move}-${round}`);
      const { jobId } = await client["exports.start"]({ recipe: recipeTo(destination), exportedAt: EXPORTED_AT });
      await client["jobs.pause"]({ id: jobId });
      const { state } = await show(jobId);
      if (state !== "paused") continue;
      await Promise.all([press(move, jobId), press("resume", jobId)]);
      const job = await settled(jobId);
      expect(move === "cancel" ? ["cancelled", "complete"] : ["paused", "complete"]).toContain(job.state);
      const left = existsSync(destination) ? readdirSync(destination) : [];
      if (job.state !== "paused") expect(left.toSorted()).toEqual(job.packages.map(({ name }) => name).toSorted());
    }
  });
});
