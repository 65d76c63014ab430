import { SatchelError } from "../../../../contract/errors.ts";
import { ownersOfInstance, ownersOfStudy } from "../../../catalog/account-belongings.ts";
import { narrowSearch } from "../narrow-filters.ts";
import type { RequirementsOf } from "../requirement.ts";
import { seesHolders, seesPatient, seesSource, type Viewer } from "../viewer.ts";

/**
 * Lists and headers show identity: a data analyst has counts and chips, and no list of pseudonyms either, for a list that is filtered by a
 * name tells whose pseudonym it shows.
 */
export const findRequirements: RequirementsOf<"find"> = {
  "find.patients": { who: "identified", narrow: narrowSearch },
  "find.studies": { who: "identified", narrow: narrowSearch },
  "find.facets": {
    who: "signed-in",
    narrow: narrowSearch,
    show: (facets, viewer) => ({
      ...facets,
      sources: facets.sources.filter(({ value }) => seesSource(viewer, value)),
    }),
  },
  "find.study": {
    who: "identified",
    narrow: seenStudy,
    show: (found, viewer) => ({
      ...found,
      analyses: found.analyses.filter(({ source }) => seesSource(viewer, source)),
    }),
  },
  "find.instances": { who: "identified", narrow: seenStudy },
  "find.tags": {
    who: "identified",
    narrow: (input, viewer) => {
      assertInstance(viewer, input.instance);
      return input;
    },
  },
};

function seenStudy<K extends { studyInstanceUid: string; patientId: string; issuer: string }>(
  key: K,
  viewer: Viewer,
): K {
  const held = ownersOfStudy(viewer.catalog, key.studyInstanceUid, key);
  if (held.length > 0 && held.every((one) => seesHolders(viewer, one.sources) && seesPatient(viewer, one.patientId)))
    return key;
  throw new SatchelError("NOT_FOUND", "The study is no longer in the catalog.", "Search again.");
}

/** @throws SatchelError NOT_FOUND */
export function assertInstance(viewer: Viewer, instance: number): void {
  const held = ownersOfInstance(viewer.catalog, instance);
  if (held !== undefined && seesHolders(viewer, held.sources) && seesPatient(viewer, held.patientId)) return;
  throw new SatchelError("NOT_FOUND", "The catalog holds no such instance.", "Search again.");
}
