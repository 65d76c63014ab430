import type { ViewRecipe } from "../../../contract/fhir-recipe.ts";
import { SatchelError } from "../../../contract/errors.ts";
import type { RowMaker } from "../dataset/dataset.ts";
import type { DatasetKind, PartNeed } from "../dataset/kinds.ts";
import { isSafeSegment } from "../../package/safe-name.ts";
import { builtInView } from "./built-in-views.ts";
import { compileView } from "./compile-view.ts";
import type { CompiledView } from "./view.ts";

/** One table a ViewDefinition, each of the resources of its type. */
export const viewsDataset: DatasetKind<ViewRecipe> = {
  shape(_catalog, recipe) {
    const documents = recipe.views.map((view) => ("name" in view ? builtInView(view.name) : view.document));
    const views = documents.map((document) => ({ document, view: compileView(document) }));
    const [first] = views;
    assertNamesDiffer(views.map(({ view }) => view));
    return {
      stem: views.length === 1 && first !== undefined ? first.view.name : "fhir_tables",
      layout: "parts",
      parts: views.map(({ document, view }) => partOf(recipe, document, view)),
    };
  },
};

function partOf({ table, formulas }: ViewRecipe, document: unknown, view: CompiledView): PartNeed {
  return {
    part: {
      path: `${view.name}.${table}`,
      role: "table",
      encoding: {
        kind: "table",
        settings: { table, columns: [...view.columns], byteOrderMark: false, formulas, sheet: sheetName(view.title) },
        maker: document,
        title: view.title,
        row: `One row for each that the view makes of a ${view.resource}`,
      },
      keepEmpty: true,
    },
    takes: ({ type }) => type === view.resource,
  };
}

/** @param maker the ViewDefinition */
export function viewRows(maker: unknown): RowMaker {
  const { rows } = compileView(maker);
  return { rows };
}

/** Of a file, with ".partial.journal" behind its name in a folder of a user's. */
const LONGEST_NAME = 120;

/** A sheet has at most 31 characters, and none of these (Excel). */
export function sheetName(title: string): string {
  return (
    title
      .replaceAll(/[\\/?*[\]:]/g, " ")
      .slice(0, 31)
      .trim() || "Table"
  );
}

function assertNamesDiffer(views: readonly CompiledView[]): void {
  const names = new Set<string>();
  for (const { name } of views) {
    if (!isSafeSegment(`${name}.parquet`) || name.length > LONGEST_NAME)
      throw new SatchelError(
        "USAGE",
        "A view is named so that Windows could not make a file of it.",
        "Give the view another name.",
      );
    if (names.has(name))
      throw new SatchelError(
        "USAGE",
        `Two of the views are named ${name}, and would make one file.`,
        "Give one of them another name.",
      );
    names.add(name);
  }
}
