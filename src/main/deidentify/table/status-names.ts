import type { PatientStatus } from "../../../contract/records.ts";

/** English names of statuses, as EQMD's guide has them. One that is not known has none: its cell is empty. */
export const STATUS_NAMES: Readonly<Record<Exclude<PatientStatus, "unknown">, string>> = {
  outpatient: "Outpatient",
  inpatient: "Inpatient",
  emergency: "Emergency",
  discharged: "Discharged",
  transferred: "Transferred",
  deceased: "Deceased",
};
