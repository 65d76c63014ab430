import type { PatientRow, StudyRow } from "../../contract/calls/find.ts";
import type { Catalog } from "../catalog/database.ts";
import { countFacets } from "../catalog/facets.ts";
import { findPatients, findStudies } from "../catalog/find.ts";
import type { PatientRow as StoredPatient } from "../catalog/patients.ts";
import type { StudyRow as StoredStudy } from "../catalog/studies.ts";
import { loadStudyColumns } from "../catalog/study-columns.ts";
import { describeAnalyses, describeSeries, getStudy, listInstances, sourcesOfStudy } from "../catalog/study-details.ts";
import { inTurns } from "../in-turns.ts";
import type { CallContext, HandlersOf } from "./context.ts";
import { shownText } from "./shown-text.ts";

export function findHandlers(context: CallContext): Omit<HandlersOf<"find">, "find.tags"> {
  /** The catalog, ready to be searched without holding the thread for long. */
  const ready = async (): Promise<Catalog> => {
    const { catalog } = context.workspace;
    await inTurns(loadStudyColumns(catalog));
    return catalog;
  };
  return {
    "find.patients": async (query) => {
      const { total, rows } = findPatients(await ready(), query);
      return { total, rows: rows.map(toPatientRow) };
    },
    "find.studies": async (query) => {
      const { total, rows } = findStudies(await ready(), query);
      return { total, rows: rows.map(toStudyRow) };
    },
    "find.facets": async (filter) => countFacets(await ready(), filter),
    "find.study": (key) => {
      const { catalog } = context.workspace;
      return catalog.read(() => {
        const study = getStudy(catalog, key);
        return {
          study: toStudyRow(study),
          sources: sourcesOfStudy(catalog, study.id),
          series: describeSeries(catalog, study.id).map((one) => ({
            ...one,
            modality: shownText(one.modality),
            description: shownText(one.description),
            bodyPart: shownText(one.bodyPart),
          })),
          analyses: describeAnalyses(catalog, study.studyInstanceUid),
        };
      });
    },
    "find.instances": ({ limit, offset, ...key }) => {
      const { catalog } = context.workspace;
      return catalog.read(() => listInstances(catalog, key, { limit, offset }));
    },
  };
}

function toPatientRow(row: StoredPatient): PatientRow {
  const { patientId, issuer, sharesId, name, birthDate, sex, studies, instances, bytes, lastStudyDate } = row;
  const shown = { name: shownText(name), birthDate: shownText(birthDate), sex: shownText(sex) };
  return { patientId, issuer, sharesId, ...shown, studies, instances, bytes, lastStudyDate };
}

function toStudyRow(row: StoredStudy): StudyRow {
  const { studyInstanceUid, patientId, issuer, sharesId, patientName, studyDate, description, accessionNumber } = row;
  const { modalities, series, instances, bytes, analyses, picture } = row;
  return {
    studyInstanceUid,
    patientId,
    issuer,
    sharesId,
    patientName: shownText(patientName),
    studyDate,
    modality: shownText(modalities.join("\\")),
    description: shownText(description),
    accessionNumber: shownText(accessionNumber),
    series,
    instances,
    bytes,
    analyses,
    picture,
  };
}
