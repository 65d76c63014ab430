import { SatchelError } from "../../../../contract/errors.ts";
import { heldBySources } from "../../../catalog/account-belongings.ts";
import { narrowExams, narrowNotes, narrowResources, narrowSources } from "../narrow-filters.ts";
import type { RequirementsOf } from "../requirement.ts";
import { assertSource, refuse, seesPatient, seesSource } from "../viewer.ts";

export const recordRequirements: RequirementsOf<"records"> = {
  "records.notes": { who: "identified", narrow: narrowNotes },
  "records.note": {
    who: "identified",
    show: (found, viewer) => {
      if (seesSource(viewer, found.note.source) && seesPatient(viewer, found.patientId)) return found;
      throw new SatchelError("NOT_FOUND", "The catalog no longer holds this note.", "Look at the list again.");
    },
  },
  "records.noteFacets": {
    who: "signed-in",
    narrow: narrowNotes,
    show: (facets, viewer) => ({
      ...facets,
      inCatalog: heldBySources(
        viewer.catalog,
        viewer.sources.map(({ id }) => id),
      ).notes,
      sources: facets.sources.filter(({ value }) => seesSource(viewer, value)),
    }),
  },
  "records.exams": { who: "identified", narrow: narrowExams },
  "records.examFacets": { who: "signed-in", narrow: narrowExams },
};

export const resourceRequirements: RequirementsOf<"resources"> = {
  "resources.types": {
    who: "signed-in",
    show: (types, viewer) => types.filter(({ source }) => seesSource(viewer, source)),
  },
  "resources.codes": {
    who: "signed-in",
    narrow: (input, viewer) => ({ ...input, sources: narrowSources(input.sources, viewer) }),
  },
  "resources.list": { who: "identified", narrow: narrowResources },
  "resources.show": {
    who: "identified",
    show: (found, viewer) => {
      const { source, patientId } = found.resource;
      if (seesSource(viewer, source) && seesPatient(viewer, patientId)) return found;
      throw new SatchelError("NOT_FOUND", "The catalog no longer holds this resource.", "Look at the list again.");
    },
  },
  "resources.patients": {
    who: "identified",
    narrow: (input, viewer) => {
      const { patients } = viewer;
      const query = patients?.length === 1 && input.query === "" ? (patients[0] ?? "") : input.query;
      if (patients !== undefined && !patients.includes(query))
        refuse("Single patients are assigned to this account.", "Ask for one of them by its whole id.");
      return { ...input, query, sources: narrowSources(input.sources, viewer) };
    },
    show: (found, viewer) => {
      if (viewer.patients === undefined) return found;
      const rows = found.rows.filter(({ id }) => seesPatient(viewer, id));
      return { rows, total: rows.length };
    },
  },
  "resources.studies": {
    who: "signed-in",
    show: (studies, viewer) => studies.filter(({ source }) => seesSource(viewer, source)),
  },
  "resources.consents": {
    who: "identified",
    narrow: (input, viewer) => {
      assertSource(viewer, input.source);
      if (!seesPatient(viewer, input.patient))
        throw new SatchelError("NOT_FOUND", "The catalog does not know this patient.", "Look at the list again.");
      return input;
    },
  },
};
