/** A process that starts the job of a table, or takes one up, and prints its result: what tests kill. */
import type { Recipe } from "../../src/contract/recipe.ts";
import { openWorkshop, EXPORTED_AT, resultOf } from "./workshop.ts";

const [folder = "", keyFile = "", asked = "{}"] = process.argv.slice(2);
const { recipe, resume, workers } = JSON.parse(asked) as { recipe?: Recipe; resume?: string; workers?: number };
const { app, client } = await openWorkshop(folder, keyFile).open();
try {
  if (workers !== undefined) await client["settings.set"]({ workers });
  const { jobId } =
    recipe === undefined
      ? await client["jobs.resume"]({ id: resume ?? "" })
      : await client["exports.start"]({ recipe, exportedAt: EXPORTED_AT });
  process.stdout.write(`${JSON.stringify(await resultOf(client, jobId))}\n`);
} finally {
  await app.close();
}
