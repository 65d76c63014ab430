import { findPatients, findStudies } from "../catalog/find.ts";
import { analysesOfStudy } from "../catalog/analyses.ts";
import type { CallContext, HandlersOf } from "./context.ts";

export function findHandlers(context: CallContext): HandlersOf<"find"> {
  return {
    "find.patients": (query) => {
      const { total, rows } = findPatients(context.workspace.catalog, query);
      return {
        total,
        rows: rows.map((row) => ({
          patientId: row.patientId,
          issuer: row.issuer,
          name: row.name,
          birthDate: row.birthDate,
          sex: row.sex,
          studies: row.studies,
          instances: row.instances,
          lastStudyDate: "",
        })),
      };
    },
    "find.studies": (query) => {
      const { catalog } = context.workspace;
      const { total, rows } = findStudies(catalog, { ...query, sort: "date" });
      return {
        total,
        rows: rows.map((row) => ({
          studyInstanceUid: row.studyInstanceUid,
          patientId: row.patientId,
          issuer: row.issuer,
          patientName: row.patientName,
          studyDate: row.studyDate,
          modality: row.modalities.join("\\"),
          description: row.description,
          accessionNumber: row.accessionNumber,
          series: row.series,
          instances: row.instances,
          bytes: row.bytes,
          analyses: analysesOfStudy(catalog, row.studyInstanceUid).length,
        })),
      };
    },
  };
}
