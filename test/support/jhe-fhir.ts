import type { JheObservation, JhePatient } from "./jhe-data.ts";
import { modern, ordered, type Asked } from "./jhe-server.ts";

/** Releases up to 0.0.8 have it in the SQL of each search, and count what is left. */
const OLD_LIMIT = 1000;

/** The FHIR R5 API: at one base or the other, with `_count` and `_page`. */
export function answerFhir(asked: Asked): void {
  const { server, url, send } = asked;
  const { release, data } = server;
  const [, base, type] = /^\/(FHIR\/R5|fhir\/r5)\/(.+)$/.exec(url.pathname) ?? [];
  const there = release === "head" ? ["FHIR/R5"] : release === "0.0.13" ? ["FHIR/R5", "fhir/r5"] : ["fhir/r5"];
  if (base === undefined || !there.includes(base)) send(404, {});
  else if (type === "metadata" && modern(release))
    send(200, { resourceType: "CapabilityStatement", fhirVersion: "5.0.0" });
  else if (type === "Patient") {
    const study = url.searchParams.get("_has:Group:member:_id");
    if (study === null && !modern(release)) send(400, outcome("_has:Group:member:_id must be provided"));
    else {
      const members = data.studies.find((one) => String(one.id) === study)?.patients;
      const found = data.patients.filter((one) => members === undefined || members.includes(one.id));
      bundle(asked, found, (one) => patientResource(asked, one));
    }
  } else if (type === "Observation") searchObservations(asked);
  else send(404, {});
}

function searchObservations(asked: Asked): void {
  const { server, url, send } = asked;
  const { release, data } = server;
  const { searchParams } = url;
  const patient = searchParams.get("patient");
  const study = searchParams.get("patient._has:Group:member:_id");
  if (!modern(release) && patient === null && study === null) {
    send(400, outcome("patient must be provided"));
    return;
  }
  // It looks for a patient with the practitioner's own number.
  if (release === "0.0.8" && patient === null) {
    send(404, outcome("not found"));
    return;
  }
  const members = data.studies.find((one) => String(one.id) === study)?.patients;
  const studied = new Set(data.studies.flatMap(({ patients }) => patients));
  const code = searchParams.get("code");
  const since = release === "head" ? (searchParams.get("_lastUpdated") ?? "").replace(/^ge/, "") : "";
  const found = data.observations.filter(
    (one) =>
      (patient === null || String(one.patient) === patient) &&
      (members === undefined || members.includes(one.patient)) &&
      (modern(release) || studied.has(one.patient)) &&
      (code === null || one.code === code) &&
      (since === "" || Date.parse(one.lastUpdated) >= Date.parse(since)),
  );
  const sorted = searchParams.get("_sort");
  const rows = ordered(
    asked,
    found,
    release === "head" && sorted === "_lastUpdated",
    release === "head" && sorted !== null,
  );
  bundle(asked, release === "0.0.8" ? rows.slice(0, OLD_LIMIT) : rows, (one) => observationResource(asked, one));
}

function bundle<Row>({ url, send }: Asked, rows: readonly Row[], write: (row: Row) => unknown): void {
  const size = Math.min(1000, Number(url.searchParams.get("_count") ?? "20"));
  const page = Number(url.searchParams.get("_page") ?? "1");
  const first = (page - 1) * size;
  if (first > 0 && first >= rows.length) {
    send(404, outcome("Invalid page."));
    return;
  }
  // Behind a proxy the exchange does not know its own address.
  const own = new URL(url.pathname + url.search, "http://internal:8000");
  send(200, {
    resourceType: "Bundle",
    type: "searchset",
    total: rows.length,
    entry: rows.slice(first, first + size).map((row) => ({ resource: write(row) })),
    link: [
      { relation: "self", url: own.href },
      ...(first + size < rows.length ? [{ relation: "next", url: own.href }] : []),
    ],
    meta: {},
  });
}

function patientResource({ server }: Asked, patient: JhePatient): Record<string, unknown> {
  const { id, family, given, birthDate, identifier } = patient;
  const { release } = server;
  return {
    resourceType: "Patient",
    id: String(id),
    meta: { lastUpdated: "2025-01-01T00:00:00Z" },
    identifier: [modern(release) ? { system: "https://clinic.example/mrn", value: identifier } : { value: identifier }],
    name: [{ family, given: [given] }],
    birthDate,
  };
}

function observationResource({ server }: Asked, observation: JheObservation): Record<string, unknown> {
  const { id, patient, code, lastUpdated, omh } = observation;
  const [system, value] = code.split("|");
  const encoded = Buffer.from(JSON.stringify(omh)).toString("base64");
  // PostgreSQL's encode() breaks lines after 76.
  const data = modern(server.release) ? encoded : encoded.replace(/.{76}(?=.)/g, "$&\n");
  return {
    resourceType: "Observation",
    id: String(id),
    meta: { lastUpdated, source: "https://jupyterhealth.org/jhe" },
    identifier: [{ system: "https://commonhealth.org", value: `obs-${id}` }],
    status: "final",
    code: { coding: [{ system, code: value }] },
    subject: { reference: `Patient/${patient}` },
    valueAttachment: { contentType: "application/json", data },
  };
}

function outcome(diagnostics: string): Record<string, unknown> {
  return { resourceType: "OperationOutcome", issue: [{ severity: "error", code: "processing", diagnostics }] };
}
