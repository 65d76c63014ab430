import { fhirDataset } from "../fhir/fhir-dataset.ts";
import { observationsDataset } from "../observations/observations-dataset.ts";
import { viewsDataset } from "../views/views-dataset.ts";
import type { DatasetKinds } from "./kinds.ts";

/** The datasets that jobs can make. */
export const DATASET_KINDS: DatasetKinds = {
  fhir: fhirDataset,
  view: viewsDataset,
  observations: observationsDataset,
};
