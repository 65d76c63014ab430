import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { Review } from "../../../src/contract/calls/exports.ts";
import { POLICY_OPTIONS, type Policy, type PolicyOption } from "../../../src/contract/policy.ts";
import type { ImagingRecipe } from "../../../src/contract/recipe.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import type { App } from "../../../src/main/app.ts";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { createWorkshop, resultOf } from "../../jobs/workshop.ts";
import { runCommand } from "../../support/run-command.ts";
import { dicomSamples } from "../../support/samples.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

/** Every option alone, then all that can be together, with dates kept and with dates moved. */
const OPTION_SETS: PolicyOption[][] = [
  [],
  ...POLICY_OPTIONS.map((option) => [option]),
  POLICY_OPTIONS.filter((option) => option !== "full-dates"),
  POLICY_OPTIONS.filter((option) => option !== "modified-dates"),
];

/** The rows of the top level that stand in a file, as DCMTK reads it: a reader that shares no code with the product. */
async function tagsIn(file: string): Promise<string[]> {
  const { stdout } = await runCommand("dcmdump", ["-q", "-M", "+L", file]);
  const tags = stdout
    .split("\n")
    .flatMap((line) => /^\(([0-9a-f]{4}),([0-9a-f]{4})\)/.exec(line)?.[0].toUpperCase() ?? []);
  return tags.filter((tag) => !tag.endsWith(",0000)") && !tag.startsWith("(FFFE"));
}

const topLevel = (review: Review, side: "before" | "after"): string[] =>
  review.rows.filter((row) => row.depth === 0 && row[side] !== null).map(({ tag }) => tag);

describe.each([
  { what: "the demo hospital", samples: false },
  { what: `the real files of the samples${dicomSamples.note}`, samples: true },
])("of $what", ({ samples }) => {
  const root = temporaryDirectory("review-export");
  const folder = join(root, "source");
  let app: App;
  let client: Client<Calls>;

  beforeAll(async () => {
    if (samples) {
      mkdirSync(folder);
      if (!dicomSamples.present) return;
      for (const name of readdirSync(dicomSamples.path))
        if (name.endsWith(".dcm")) copyFileSync(join(dicomSamples.path, name), join(folder, name));
    } else await makeDemoHospital(folder, { size: "small" });
    const workshop = await createWorkshop(root, { folder });
    ({ app, client } = await workshop.open());
  });
  afterAll(() => app?.close());

  async function compare(policy: Policy, name: string): Promise<void> {
    const destination = join(root, name);
    const recipe: ImagingRecipe = {
      kind: "imaging",
      version: 1,
      selection: { scope: "all" },
      policy,
      images: true,
      previews: false,
      format: "folder",
      compress: 0,
      grouping: "one",
      destination,
    };
    const first = await client["exports.review"]({ recipe, index: 0 }).catch(() => undefined);
    const { packages: planned } = await client["exports.plan"](recipe);
    const total = planned.reduce((sum, { instances }) => sum + instances, 0);
    expect(first?.instances ?? total).toBe(total);
    const reviews: (Review | undefined)[] = [];
    for (let index = 0; index < total; index++)
      reviews.push(await client["exports.review"]({ recipe, index }).catch(() => undefined));

    const { jobId } = await client["exports.start"]({ recipe });
    const { packages } = await resultOf(client, jobId);
    const exported = packages.reduce((sum, { instances }) => sum + instances.exported, 0);
    const leaving = reviews.filter((review) => review?.held.length === 0 && review.leaks.length === 0);
    expect(leaving.length, "what the review lets leave is what left").toBe(exported);
    expect(exported).toBeGreaterThan(0);

    for (const review of reviews) {
      if (review === undefined) continue;
      const made = join(destination, review.package);
      const file = join(made, ...review.path.split("/"));
      const shown = JSON.parse(review.metadata) as { instances: { file: string | null; sha256: string | null }[] };
      const own = shown.instances.find(({ sha256 }) => sha256 !== null);
      if (review.held.length > 0 || review.leaks.length > 0) {
        expect(existsSync(file), `${review.index} was held back`).toBe(false);
        expect(own).toBeUndefined();
        continue;
      }
      const bytes = readFileSync(file);
      const digest = createHash("sha256").update(bytes).digest("hex");
      expect(own, `${review.index} as it was shown`).toMatchObject({ file: review.path, sha256: digest });
      const document = JSON.parse(readFileSync(join(made, "complete_data.json"), "utf8")) as typeof shown;
      expect(document.instances.find((one) => one.file === review.path)).toEqual(own);
      expect(topLevel(review, "after"), `${review.index}: attributes of the file`).toEqual(await tagsIn(file));
      for (const row of review.rows) {
        if (row.change === "kept") expect(row.after).toBe(row.before);
        if (row.change === "removed") expect(row.after).toBeNull();
        if (row.change === "emptied") expect(["", "0 items"]).toContain(row.after);
      }
    }
  }

  const run = test.skipIf(samples && !dicomSamples.present);
  run.each(OPTION_SETS.map((options, index) => ({ options, index, name: options.join(" + ") || "no option" })))(
    "what a review shows is what leaves, with $name",
    ({ options, index }) => compare({ kind: "pseudonymised", key: "lung", options }, `set-${index}`),
  );
  run("what a review shows is what leaves, with held-back instances let pass", () =>
    compare({ kind: "pseudonymised", key: "lung", options: [], includeHeld: "the board agreed" }, "held"),
  );
  run("what a review shows is what leaves, identified", () => compare({ kind: "identified" }, "identified"));
});
