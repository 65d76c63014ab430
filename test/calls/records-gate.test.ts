import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addSource, getSource } from "../../src/main/catalog/sources.ts";
import { RunningSyncs, type SyncPorts } from "../../src/main/calls/running-syncs.ts";
import { RecordsGate } from "../../src/main/records-gate.ts";
import { newCatalog } from "../catalog/new-catalog.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

function aSource() {
  const path = join(makeTemporaryDirectory("gate"), "export.csv");
  const header =
    "patient_id,patient_record_number,patient_gender,patient_age_at_note,patient_status,note_id,note_event_datetime,note_content";
  writeFileSync(path, `${header}\r\np,R,F,64,Internado,n,2024-03-01T12:00:00+00:00,Text\r\n`);
  const catalog = newCatalog();
  const source = addSource(catalog, {
    kind: "csv",
    name: "Hospital",
    config: { path, mapping: "eqmd", timeZone: "America/Bahia" },
  });
  const recordsGate = new RecordsGate();
  const ports: SyncPorts = {
    catalog,
    recordsGate,
    tell: () => undefined,
    prepare: () => Promise.resolve(),
    unexpected: () => undefined,
  };
  return { catalog, source, recordsGate, ports };
}

test("a sync of records waits while an export reads, says so, and goes on when that has ended", async () => {
  const { catalog, source, recordsGate, ports } = aSource();
  const leave = await recordsGate.read(new AbortController().signal);
  const phases: string[] = [];
  for await (const event of new RunningSyncs().sync(ports, source, false, new AbortController().signal)) {
    if (event.kind !== "progress") continue;
    phases.push(event.value.phase);
    if (event.value.phase !== "waiting") continue;
    expect(getSource(catalog, source.id)).toMatchObject({ notes: 0, syncBeganAt: null });
    leave();
  }
  expect(phases).toContain("waiting");
  expect(getSource(catalog, source.id)).toMatchObject({ notes: 1, lastError: null });
  // The sync has left: an export may begin.
  (await recordsGate.read(AbortSignal.timeout(10_000)))();
});

test("a sync that is cancelled while it waits leaves the gate to others, and its source says that it was cancelled", async () => {
  const { catalog, source, recordsGate, ports } = aSource();
  const leave = await recordsGate.read(new AbortController().signal);
  const syncs = new RunningSyncs();
  syncs.begin(ports, source);
  expect(await syncs.cancel(source.id)).toBe(true);
  expect(getSource(catalog, source.id)).toMatchObject({ notes: 0, lastError: { code: "CANCELLED" } });
  leave();
  (await recordsGate.write(AbortSignal.timeout(10_000)))();
});
