import type { Resource } from "../../fhir/json.ts";
import type { Row, TableColumn } from "../table/table.ts";

/** A ViewDefinition (SQL on FHIR 2.0) made ready to run. */
export interface CompiledView {
  /** Of the file: "patient", "observation". */
  name: string;
  title: string;
  /** Type of the resources that it reads. */
  resource: string;
  columns: readonly TableColumn[];
  /** Rows of one resource that the policy has treated; none where `where` does not hold. Cells in the order of `columns`. */
  rows: (resource: Resource) => Row[];
}
