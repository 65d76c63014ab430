import type { Catalog } from "./database.ts";
import type { ExamRecord } from "./exams.ts";
import { getRecordPatient, recordsConfigOf, type PatientRecord } from "./record-patients.ts";

/** What the catalog knows, beside the exam itself, of whoever an exam is about. */
export interface ExamPerson {
  /** As patients of records. */
  records: readonly PatientRecord[];
  /** On other exams and images of the same record number, or on this one before. */
  names: readonly string[];
}

const NOBODY: ExamPerson = { records: [], names: [] };
/** A number that more names than these go by is nobody's: "0", "N/A". Their names would be looked for in vain, thousands at a time. */
const MOST_NAMES = 20;

/**
 * Finds people by record number within the issuer of the exam's ids: one of another hospital may bear the same number. Each number is
 * looked up once.
 */
export function createPeopleOfExams(catalog: Catalog): (exam: ExamRecord) => ExamPerson {
  const sources = sourcesByIssuer(catalog);
  const known = new Map<string, ExamPerson>();
  return ({ issuer, values }) => {
    const number = values.medical_record_no ?? "";
    if (number.trim() === "") return NOBODY;
    const key = JSON.stringify([issuer, number]);
    let person = known.get(key);
    if (person === undefined) known.set(key, (person = findPerson(catalog, issuer, sources.get(issuer) ?? [], number)));
    return person;
  };
}

function findPerson(catalog: Catalog, issuer: string, sources: readonly number[], number: string): ExamPerson {
  const numbers = JSON.stringify([...new Set([number, number.trim()])]);
  const within = JSON.stringify(sources);
  const rows = catalog.column<number>(
    `SELECT patient FROM record_number JOIN record_patient ON record_patient.id = patient
     WHERE record_number.record_number IN (SELECT value FROM json_each(?)) AND known = 1
       AND source IN (SELECT value FROM json_each(?))
     UNION SELECT id FROM record_patient WHERE source IN (SELECT value FROM json_each(?))
       AND source_id IN (SELECT value FROM json_each(?)) AND known = 1 LIMIT ?`,
    numbers,
    within,
    within,
    numbers,
    MOST_NAMES + 1,
  );
  const names = catalog.column<string>(
    `WITH own AS (SELECT patient_name AS name, former_names AS former FROM exam
       WHERE medical_record_no IN (SELECT value FROM json_each(?)) AND medical_record_no <> ''
         AND source IN (SELECT value FROM json_each(?)))
     SELECT coalesce(name, '') FROM own UNION SELECT value FROM own, json_each(own.former) LIMIT ?`,
    numbers,
    within,
    MOST_NAMES + 1,
  );
  const ofImages = catalog.column<string>(
    `SELECT DISTINCT patient_identity.name FROM patient JOIN patient_identity ON patient_identity.patient = patient.id
     WHERE patient.patient_id IN (SELECT value FROM json_each(?)) AND patient.issuer = ? LIMIT ?`,
    numbers,
    issuer,
    MOST_NAMES + 1,
  );
  if ([rows, names, ofImages].some(({ length }) => length > MOST_NAMES)) return NOBODY;
  return {
    records: rows.map((row) => getRecordPatient(catalog, row)),
    names: [...names, ...ofImages.flatMap(plainNames)].filter((name) => name.trim() !== ""),
  };
}

/** A value of PN has up to three forms of a name, parts of which are parted by "^" (PS3.5 6.2.1). */
function plainNames(personName: string): string[] {
  return personName.split("=").map((form) => form.replaceAll("^", " "));
}

function sourcesByIssuer(catalog: Catalog): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { id, config } of catalog.all<{ id: number; config: string }>(
    "SELECT id, config FROM source WHERE json_extract(config, '$.timeZone') IS NOT NULL",
  )) {
    const { issuer } = recordsConfigOf(config);
    found.set(issuer, [...(found.get(issuer) ?? []), id]);
  }
  return found;
}
