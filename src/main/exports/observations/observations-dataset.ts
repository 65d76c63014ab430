import type { ObservationsRecipe } from "../../../contract/fhir-recipe.ts";
import { houseTimeZone } from "../../catalog/house-time-zone.ts";
import type { ResourceKind } from "../../catalog/resource-types.ts";
import { measuredType } from "../../omh/measures.ts";
import type { RowMaker } from "../dataset/dataset.ts";
import type { DatasetKind, PartNeed } from "../dataset/kinds.ts";
import { sheetName } from "../views/views-dataset.ts";
import { observationTable, observationTables } from "./observation-tables.ts";
import type { ObservationTable } from "./type-table.ts";

/** What a worker makes a table of again. */
interface TableMaker {
  table: string;
  zone: string;
}

/** Open mHealth data points: a table a type, or a tidy one. */
export const observationsDataset: DatasetKind<ObservationsRecipe> = {
  shape(catalog, recipe, kinds) {
    const zone = houseTimeZone(catalog);
    const ofObservations = kinds.filter(({ type }) => type === "Observation");
    const types = ofObservations.flatMap((kind) => typeOf(kind) ?? []);
    const others = ofObservations.some((kind) => typeOf(kind) === undefined);
    const tables = observationTables(types, others, recipe.tidy, zone);
    const [first] = tables;
    return {
      stem: tables.length === 1 && first !== undefined ? first.name.replaceAll("-", "_") : "observations",
      layout: "parts",
      parts: tables.map((table) => partOf(recipe, table, zone)),
    };
  },
};

function partOf(
  { table: format, formulas, tidy }: ObservationsRecipe,
  table: ObservationTable,
  zone: string,
): PartNeed {
  const { name, title, columns } = table;
  const maker: TableMaker = { table: name, zone };
  return {
    part: {
      path: `${name.replaceAll("-", "_")}.${format}`,
      role: "table",
      encoding: {
        kind: "table",
        settings: { table: format, columns: [...columns], byteOrderMark: false, formulas, sheet: sheetName(title) },
        maker,
        title,
        row: tidy ? "One row for each thing that was measured" : "One row for each observation",
      },
      keepEmpty: true,
    },
    takes: (kind) => kind.type === "Observation" && (tidy || tableOf(kind) === name),
  };
}

/** Which table the observations of a kind go into. */
function tableOf(kind: ResourceKind): string {
  const type = typeOf(kind);
  return (type === undefined ? undefined : measuredType(type)?.name) ?? "other-observations";
}

/** "omh:blood-glucose:4.0": a code that is a name of a schema. */
function typeOf({ codes }: ResourceKind): string | undefined {
  const names = codes.map((code) => code.slice(code.lastIndexOf("|") + 1));
  return names.find((name) => /^[a-z0-9-]+:[a-z0-9-]+:\d+\.[\dx]+$/.test(name));
}

/** @param maker as the shape put it into the part */
export function observationRows(maker: unknown): RowMaker {
  const { table, zone } = maker as TableMaker;
  const made = observationTable(table, zone);
  return { rows: (resource) => made.rows(resource) };
}
