import type { JheObservation, JhePatient, JheStudy } from "./jhe-data.ts";
import { modern, ordered, type Asked } from "./jhe-server.ts";

/** Parameters that lists take. Releases 0.0.7 and 0.0.8 hand all others to a function that does not know them, which is a 500. */
const KNOWN = new Set(["page", "page_size", "organization_id", "study_id", "patient_id"]);

/** The Admin API: camelCase JSON, `page` and `page_size`. */
export function answerAdmin(asked: Asked): void {
  const { server, url, send } = asked;
  const { data, release } = server;
  const [collection = "", id, part] = url.pathname.replace("/api/v1/", "").split("/");
  if (release === "0.0.8" && id === undefined && [...url.searchParams.keys()].some((name) => !KNOWN.has(name))) {
    send(500, { detail: "TypeError" });
    return;
  }
  const study = data.studies.find((one) => String(one.id) === id);
  if (collection === "organizations") list(asked, data.organizations);
  else if (collection === "studies" && id === undefined)
    list(
      asked,
      data.studies.map((one) => studyRow(asked, one)),
    );
  else if (collection === "studies" && study !== undefined && part === "patients") {
    const rows = data.patients.filter((one) => study.patients.includes(one.id)).map((one) => patientRow(asked, one));
    // Until 0.0.8 without pages.
    if (release === "0.0.8") send(200, rows);
    else list(asked, rows);
  } else if (collection === "studies" && study !== undefined && part === "scope_requests")
    send(
      200,
      study.scopes.map((scope, index) => ({ id: index + 1, study: { id: study.id }, scopeCode: codeRow(scope) })),
    );
  else if (collection === "patients" && id === undefined)
    list(
      asked,
      data.patients.map((one) => patientRow(asked, one)),
    );
  else if (collection === "patients" && part === "consents") answerConsents(asked, Number(id));
  else if (collection === "observations") {
    const patient = url.searchParams.get("patient_id");
    const found = data.observations.filter((one) => patient === null || String(one.patient) === patient);
    list(asked, ordered(asked, found, false, false), (one) => observationRow(asked, one));
  } else send(404, { detail: "Not found." });
}

function list<Row>(
  { server, url, send }: Asked,
  rows: readonly Row[],
  write: (row: Row) => unknown = (row) => row,
): void {
  const size = Math.min(1000, Number(url.searchParams.get("page_size") ?? "20"));
  const page = Number(url.searchParams.get("page") ?? "1");
  const first = (page - 1) * size;
  if (first > 0 && first >= rows.length && server.release !== "0.0.8") {
    send(404, { detail: "Invalid page." });
    return;
  }
  const link = (to: number): string => `http://behind-a-proxy${url.pathname}?page=${to}`;
  send(200, {
    count: rows.length,
    next: first + size < rows.length ? link(page + 1) : null,
    previous: page > 1 ? link(page - 1) : null,
    results: rows.slice(first, first + size).map(write),
  });
}

function answerConsents({ server, url, send }: Asked, patient: number): void {
  const { data, quirks } = server;
  if (quirks.hiddenConsents?.includes(patient) === true) {
    send(403, { detail: "This Practitioner not authorized to access this Patient" });
    return;
  }
  if (url.searchParams.get("reset") === "true") {
    const before = data.consents.length;
    data.consents = data.consents.filter((one) => one.patient !== patient);
    send(200, { resetCount: before - data.consents.length });
    return;
  }
  const studies = data.studies.filter((one) => one.patients.includes(patient));
  const decided = (study: JheStudy) => data.consents.filter((one) => one.patient === patient && one.study === study.id);
  send(200, {
    patient: { id: patient },
    consolidatedConsentedScopes: [],
    studiesPendingConsent: studies
      .filter((study) => decided(study).length < study.scopes.length)
      .map(({ id, name }) => ({ id, name, pendingScopeConsents: [] })),
    studies: studies
      .filter((study) => decided(study).length > 0)
      .map((study) => ({
        id: study.id,
        name: study.name,
        dataSources: [],
        scopeConsents: decided(study).map(({ scope, consented, at }) => ({
          code: codeRow(scope),
          consented,
          consentedTime: at,
        })),
      })),
  });
}

function codeRow(scope: string): Record<string, unknown> {
  const [codingSystem, codingCode] = scope.split("|");
  return { id: 1, codingSystem, codingCode, text: codingCode };
}

function studyRow({ server }: Asked, { id, name, organization }: JheStudy): Record<string, unknown> {
  const { organizations } = server.data;
  return {
    id,
    name,
    description: "",
    organization: organizations.find((one) => one.id === organization),
    iconUrl: null,
  };
}

function patientRow({ server }: Asked, patient: JhePatient): Record<string, unknown> {
  const { id, family, given, birthDate, identifier, organization } = patient;
  return {
    id,
    jheUserId: id + 50_000,
    ...(modern(server.release)
      ? { identifiers: [{ id, system: "https://clinic.example/mrn", value: identifier }] }
      : { identifier }),
    nameFamily: family,
    nameGiven: given,
    birthDate,
    telecomPhone: null,
    telecomEmail: `${given}@example.org`,
    organizations: server.data.organizations.filter((one) => one.id === organization),
  };
}

function observationRow({ server }: Asked, observation: JheObservation): Record<string, unknown> {
  const { id, patient, code, lastUpdated, omh } = observation;
  const [codingSystem, codingCode] = code.split("|");
  return {
    id,
    subjectPatientId: patient,
    patientNameFamily: "Family",
    patientNameGiven: "Given",
    codeableConceptId: 1,
    codingSystem,
    codingCode,
    codingText: codingCode,
    lastUpdated,
    ...(modern(server.release) ? { omhData: omh } : { valueAttachmentData: omh }),
    ...(server.release === "head" ? { jheUserId: patient + 50_000 } : {}),
    ...(server.quirks.asInTheGuide === true
      ? { dataSource: 70001, dataSourceName: "iHealth", created: "2024-05-02T15:45:00Z" }
      : {}),
  };
}
