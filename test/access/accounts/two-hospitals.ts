/** Two hospitals in one workspace, each with images, notes and FHIR resources, and people who work in one of them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { calls, type Calls } from "../../../src/contract/calls.ts";
import { createMemoryWire } from "../../../src/contract/memory-wire.ts";
import { connect, type Client } from "../../../src/contract/rpc.ts";
import type { App, AppPorts } from "../../../src/main/app.ts";
import { anObservation, aPatient } from "../../catalog/new-resources.ts";
import { createWorkshop, syncAll, type Workshop } from "../../jobs/workshop.ts";
import { dicomFile } from "../../sources/dicom-file.ts";

export const PASSWORD = "correct horse battery";

const HEADER =
  "patient_id,patient_record_number,patient_gender,patient_age_at_note,patient_status,note_id,note_event_datetime,note_content";

export interface Hospitals {
  workshop: Workshop;
  app: App;
  out: string;
  /** The administrator's own page. */
  administrator: Client<Calls>;
  /** A new page over which nobody is signed in. */
  page(): Client<Calls>;
  /** A new page of an account. */
  as(name: string): Promise<Client<Calls>>;
}

/**
 * Accounts: `head` (administrator), `anna` (analyst of North), `piet` (provider of all of North), `paula` (provider of patient n1 of "North
 * FHIR"), `ines` (provider of patient P1 of "North images"), `nobody` (provider without assignment). The study 1.2.9 is in both hospitals.
 */
export async function twoHospitals(root: string, ports: Partial<AppPorts> = {}): Promise<Hospitals> {
  const workshop = await createWorkshop(root);
  const { app, client } = await workshop.open({ shell: "loopback", ...ports });
  const out = join(root, "out");
  mkdirSync(out);
  for (const [hospital, letter] of [
    ["North", "n"],
    ["South", "s"],
  ] as const)
    await addHospital(client, join(root, hospital), hospital, letter);
  await client["users.add"]({ name: "head", role: "administrator", password: PASSWORD });
  for (const hospital of ["North", "South"])
    for (const kind of ["images", "notes", "FHIR"])
      await client["users.bindSource"]({ source: `${hospital} ${kind}`, organization: hospital });
  const sources = ["North images", "North notes", "North FHIR"];
  for (const [name, role, assigned] of [
    ["anna", "analyst", {}],
    ["piet", "provider", { sources }],
    ["paula", "provider", { patients: [{ source: "North FHIR", id: "n1" }] }],
    ["ines", "provider", { patients: [{ source: "North images", id: "P1" }] }],
    ["nobody", "provider", {}],
  ] as const) {
    await client["users.add"]({ name, role, password: PASSWORD });
    await client["users.assign"]({
      name,
      organizations: ["North"],
      ...("sources" in assigned ? { sources: [...assigned.sources] } : {}),
      ...("patients" in assigned ? { patients: [...assigned.patients] } : {}),
    });
  }
  const page = (): Client<Calls> => {
    const [server, other] = createMemoryWire();
    app.serve(server);
    return connect(calls, other);
  };
  const as = async (name: string): Promise<Client<Calls>> => {
    const one = page();
    await one["users.signIn"]({ name, password: PASSWORD });
    return one;
  };
  return { workshop, app, out, administrator: client, page, as };
}

async function addHospital(client: Client<Calls>, folder: string, hospital: string, letter: string): Promise<void> {
  const [images, fhir] = [join(folder, "images"), join(folder, "fhir")];
  for (const one of [images, fhir]) mkdirSync(one, { recursive: true });
  const number = letter === "n" ? 1 : 2;
  writeFileSync(join(images, "own"), dicomFile({ study: `1.2.${number}`, patientId: `P${number}` }));
  // One patient of both hospitals, with a study in each and one that both have.
  writeFileSync(join(images, "twice"), dicomFile({ study: `1.2.7${number}`, patientId: "BOTH" }));
  writeFileSync(join(images, "shared"), dicomFile({ study: "1.2.9", patientId: "BOTH" }));
  writeFileSync(join(folder, "notes.csv"), [HEADER, noteRow(`${letter}1`), noteRow(`${letter}2`)].join("\r\n"));
  writeFileSync(
    join(fhir, "all.ndjson"),
    [aPatient(`${letter}1`), aPatient(`${letter}2`), anObservation(`${letter}o`, `${letter}1`)]
      .map((one) => JSON.stringify(one))
      .join("\n"),
  );
  const timeZone = "America/Bahia";
  await client["sources.add"]({ kind: "folder", name: `${hospital} images`, config: { path: images } });
  await client["sources.add"]({
    kind: "csv",
    name: `${hospital} notes`,
    config: { path: join(folder, "notes.csv"), mapping: "eqmd", timeZone },
  });
  await client["sources.add"]({ kind: "ndjson", name: `${hospital} FHIR`, config: { path: fhir, timeZone } });
  for (const kind of ["images", "notes", "FHIR"]) await syncAll(client, `${hospital} ${kind}`);
}

function noteRow(patient: string): string {
  return `${patient},R-${patient},F,64,Internado,note-${patient},2024-03-01T12:00:00+00:00,"Febre de ${patient}"`;
}
