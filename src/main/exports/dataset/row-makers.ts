import { observationRows } from "../observations/observations-dataset.ts";
import { viewRows } from "../views/views-dataset.ts";
import type { DatasetPart, DatasetSource, RowMaker } from "./dataset.ts";

/** How a worker makes the rows of a part, from what its kind put into `maker`. */
type MakeRows = (maker: unknown) => RowMaker;

const ROW_MAKERS: Record<Exclude<DatasetSource["kind"], "fhir">, MakeRows> = {
  view: viewRows,
  observations: observationRows,
};

/** @returns undefined where the part holds resources as they are */
export function openRowMaker(kind: DatasetSource["kind"], { encoding }: DatasetPart): RowMaker | undefined {
  return kind === "fhir" || encoding.kind !== "table" ? undefined : ROW_MAKERS[kind](encoding.maker);
}
