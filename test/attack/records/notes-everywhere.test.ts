import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import type { NotesPolicy, NotesRecipe } from "../../../src/contract/table-recipe.ts";
import type { App } from "../../../src/main/app.ts";
import { createWorkshop, type Workshop } from "../../jobs/workshop.ts";
import { createEqmd } from "../../support/eqmd-database.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { bytesThatLeave, findAll } from "./bytes-that-leave.ts";
import { MARKED, markEqmd, type Canary } from "./canary-hospital.ts";

const IDS = ["pseudonym", "source"] as const;
const NUMBERS = ["keep", "pseudonym", "drop"] as const;
const TEXTS = ["keep", "drop", "scrub"] as const;
const FORMATS = ["file", "beside", "folder", "zip"] as const;

const SEARCHED = "Quaxinga";

type Policy = Pick<NotesPolicy, "ids" | "recordNumber" | "text">;
const POLICIES: Policy[] = IDS.flatMap((ids) =>
  NUMBERS.flatMap((recordNumber) => TEXTS.map((text) => ({ ids, recordNumber, text }))),
);

/** An export of marked records, whatever its policy: all that leaves, and all that is said of it. */
describe("what leaves of notes", () => {
  const root = temporaryDirectory("notes-everywhere");
  let server: PostgresServer;
  let canaries: Canary[];
  let workshop: Workshop;
  let app: App;
  let client: Client<Calls>;

  beforeAll(async () => {
    server = await startPostgres();
    const truth = await createEqmd(server, { patients: 30, notes: 300 });
    canaries = await markEqmd(server, truth);
    await server.createReader(truth.database, "reader", "read-only");
    workshop = await createWorkshop(root);
    ({ app, client } = await workshop.open());
    await client["sources.add"]({
      name: "eqmd",
      kind: "postgres",
      config: {
        url: server.url(truth.database, "reader"),
        mapping: "eqmd",
        timeZone: "America/Bahia",
        issuer: "",
      },
      secret: "read-only",
    });
    for await (const event of client["sources.sync"]({ name: "eqmd" })) if (event.type === "result") break;
  });
  afterAll(async () => {
    await app.close();
    await server.stop();
  });

  const valuesOf = (...kinds: Canary["kind"][]): string[] =>
    canaries.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value);

  /** What a policy says must not stand in the table. */
  const forbiddenInTable = ({ ids, recordNumber, text }: Policy): string[] => {
    if (text === "keep") return [];
    return [
      ...valuesOf("person"),
      ...(ids === "source" ? [] : valuesOf("patient id", "note id")),
      ...(recordNumber === "keep" ? [MARKED.numberBefore] : valuesOf("record number")),
    ];
  };
  /** What must not stand in anything beside the table. */
  const forbiddenBeside = ({ ids, recordNumber, text }: Policy): string[] => {
    const asked = ids === "source" && recordNumber === "keep" ? [] : valuesOf("patient id", "record number");
    // What was searched for may be told where the text tells it.
    return [...valuesOf("person", "note id"), ...asked].filter((value) => text !== "keep" || value !== SEARCHED);
  };

  const recipeOf = (policy: Policy, number: number, destination: string, selection: NotesRecipe["selection"]) => {
    const format = FORMATS[number % FORMATS.length]!;
    return {
      kind: "notes",
      version: 1,
      selection,
      policy: {
        ...policy,
        key: "lung",
        asOf: number % 2 === 0 ? "note" : "now",
        statusLabels: number % 3 === 0 ? "english" : "source",
        ages: number % 2 === 0 ? "exact" : "safe-harbor",
        ...(policy.ids === "source" ? { reason: "asked for" } : {}),
      },
      format,
      compress: number % 2 === 0 ? 6 : 0,
      formulas: "guard",
      destination,
    } satisfies NotesRecipe;
  };

  it.each(POLICIES.map((policy, index) => [policy, index] as const))(
    "%j: nothing that the policy takes out stands in any byte of the package, or in what is said of it",
    async (policy, index) => {
      const patient = valuesOf("patient id")[0]!;
      const selections: NotesRecipe["selection"][] = [
        {},
        { patients: [patient] },
        { patients: [MARKED.numberThen] },
        { text: SEARCHED },
      ];
      for (const [number, selection] of selections.entries()) {
        const destination = join(root, `out-${index}-${number}`);
        const recipe = recipeOf(policy, index + number, destination, selection);
        const said: unknown[] = [await client["exports.plan"](recipe)];
        const { jobId } = await client["exports.start"]({ recipe });
        for await (const event of client["jobs.watch"]({ id: jobId })) {
          said.push(event);
          if (event.type === "result") {
            expect(event.result.state).toBe("complete");
            break;
          }
        }
        said.push(await client["jobs.log"]({ id: jobId }), await client["jobs.show"]({ id: jobId }));
        const places = bytesThatLeave(destination);
        const isTable = (name: string): boolean =>
          /patient_data_export\.(?:csv|zip)$|!patient_data_export\.csv$/.test(name);
        const table = new Map([...places].filter(([name]) => isTable(name)));
        const beside = new Map([...places].filter(([name]) => !isTable(name)));
        beside.set("plan, progress, log, job", Buffer.from(JSON.stringify(said)));
        expect(table.size).toBeGreaterThan(0);
        expect(findAll(table, forbiddenInTable(policy)), `table, selection ${number}`).toEqual([]);
        expect(findAll(beside, forbiddenBeside(policy)), `beside the table, selection ${number}`).toEqual([]);
      }
    },
  );

  it("finds the canaries where the policy leaves them: the search itself is not blind", async () => {
    const destination = join(root, "blind");
    const policy = { ids: "source", recordNumber: "keep", text: "keep" } as const;
    const { jobId } = await client["exports.start"]({ recipe: recipeOf(policy, 3, destination, {}) });
    for await (const event of client["jobs.watch"]({ id: jobId })) if (event.type === "result") break;
    const places = bytesThatLeave(destination);
    for (const { value } of canaries) expect(findAll(places, [value]), value).not.toEqual([]);
  });
});
