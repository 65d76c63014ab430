import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ColumnStatistics } from "../../src/main/exports/table/column-statistics.ts";
import type { OpenTable } from "../../src/main/exports/table/kinds.ts";
import { finishTable } from "../../src/main/jobs/finish-table.ts";
import { encodeBytes } from "../../src/main/jobs/part-writer.ts";
import { WorkerPool } from "../../src/main/jobs/pool.ts";
import type { TablePackagePlan } from "../../src/main/jobs/stored-plan.ts";
import { layTable, type TableContext } from "../../src/main/jobs/table-context.ts";
import { toJournalItem } from "../../src/main/jobs/table-sums.ts";
import { openTableTarget } from "../../src/main/jobs/table-target.ts";
import { writeFully } from "../../src/main/package/write-bytes.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { notesTo } from "./records-workshop.ts";
import { EXPORTED_AT } from "./workshop.ts";

const ROW = `${"x".repeat(1022)}\r\n`;
const ROWS = 65_536;
/** 66 times 64 MiB. */
const CHUNKS = 66;

const pool = new WorkerPool(new URL("../../src/main/jobs/worker.ts", import.meta.url), 1);
afterAll(() => pool.close());

test(
  "a table of more than 4 GiB in a ZIP: every chunk follows the one before, and 7z and Python read all of it",
  { timeout: 180_000 },
  async () => {
    const root = temporaryDirectory("large-table");
    const recipe = notesTo(root, { format: "zip", compress: 1 });
    const column = {
      name: "note_content",
      type: "string",
      title: "Text",
      description: "Text",
      required: true,
      treatment: "kept",
    } as const;
    const table: OpenTable = {
      fileName: "notes.csv",
      format: { table: "csv", columns: [column], byteOrderMark: false, formulas: "keep", sheet: "Notes" },
      rows: { kind: "notes", settings: {} },
      policy: { kind: "identified", options: [] },
      textMode: "keep",
      notices: [],
      sources: [],
      subjects: [],
      *plan() {
        yield* [];
        return { patients: 1, notices: [] };
      },
    };
    const counts = { rows: ROWS * CHUNKS, patients: 1, bytes: ROWS * CHUNKS * ROW.length };
    const plan: TablePackagePlan = { name: "notes.zip", table: "notes.csv", items: CHUNKS, counts, notices: [] };
    const context: TableContext = {
      token: "large",
      planDigest: "large",
      recipe,
      table,
      rows: { kind: "notes", settings: {}, generation: 1, catalog: { path: "", key: new Uint8Array() } },
      startedAt: EXPORTED_AT,
      exportedBy: "tester",
      softwareVersion: "0",
      now: () => new Date(EXPORTED_AT),
      pool,
      signal: new AbortController().signal,
      goesOn: () => false,
    };
    const layout = layTable(context, plan);
    const final = join(root, plan.name);
    const shape = { format: "zip", table: plan.table } as const;
    const target = openTableTarget(
      final,
      shape,
      { job: "large", plan: "large" },
      layout.prefix,
      false,
      () => undefined,
    );
    // One chunk of rows that are all alike, made once and written 66 times: what is shown is how parts make a whole.
    const { written, stretch } = encodeBytes(Buffer.from(ROW.repeat(ROWS)), layout.level, false);
    const columns = new ColumnStatistics([column]).toJSON();
    for (let item = 0; item < CHUNKS; item++) {
      writeFully(target.fd, [written], target.end);
      const notes = { patients: item === 0 ? 1 : 0, changed: 0, replacements: {} };
      const done = toJournalItem({ item, offset: target.end, stretch, rows: ROWS, columns, notes });
      target.append(done);
      layout.sums.add(done);
    }
    const { entries } = await finishTable(context, plan, layout, target);
    target.close();
    const size = "note_content\r\n".length + counts.bytes;
    expect(size).toBeGreaterThan(2 ** 32);
    expect(entries[0]).toMatchObject({ name: "notes.csv", method: 8, size });
    expect(execFileSync("7z", ["t", `${final}.partial`]).toString()).toContain("Everything is Ok");
    const script =
      "import zipfile,sys;z=zipfile.ZipFile(sys.argv[1]);print(z.getinfo('notes.csv').file_size);z.read('receipt.json')";
    expect(Number(execFileSync("python3", ["-c", script, `${final}.partial`]))).toBe(size);
  },
);
