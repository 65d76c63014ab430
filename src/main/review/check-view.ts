import type { ViewSummary, ViewVerdict } from "../../contract/calls/fhir-exports.ts";
import { SatchelError } from "../../contract/errors.ts";
import { BUILT_IN_VIEWS } from "../exports/views/built-in-views.ts";
import { compileView } from "../exports/views/compile-view.ts";
import type { CompiledView } from "../exports/views/view.ts";
import { findJsonError } from "./find-json-error.ts";

/** The built-in views with what each makes. */
export function listViews(): ViewSummary[] {
  return BUILT_IN_VIEWS.map((document) => ({
    ...told(compileView(document)),
    name: document.name ?? document.resource,
    document: JSON.stringify(document, null, 2),
  }));
}

/** @param text JSON of a ViewDefinition */
export function checkView(text: string): ViewVerdict {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    const line = lineAt(text, findJsonError(text));
    return { ok: false, message: "The text is no JSON.", next: "Correct it at this line.", line };
  }
  try {
    const view = compileView(document);
    return { ok: true, ...told(view), document: document as Record<string, unknown> };
  } catch (thrown) {
    if (!(thrown instanceof SatchelError)) throw thrown;
    return { ok: false, message: thrown.message, next: thrown.next ?? null, line: lineOfPlace(text, thrown.message) };
  }
}

function told({ name, title, resource, columns }: CompiledView): Omit<ViewSummary, "document"> {
  return {
    name,
    title,
    resource,
    columns: columns.map((column) => ({ name: column.name, type: column.type, description: column.description })),
  };
}

/** What an error names in quotes or brackets, a path or a column, is looked for in the text. */
function lineOfPlace(text: string, message: string): number | null {
  const place = /\(([\w.]+)\)/.exec(message)?.[1];
  const key = place?.split(".").findLast((part) => !/^\d+$/.test(part));
  const column = /The (?:column|constant) (\w+)/.exec(message)?.[1];
  const quoted = [...message.matchAll(/"([^"]+)"/g)].map(([, words]) => JSON.stringify(words));
  for (const wanted of [
    ...quoted,
    ...(column === undefined ? [] : [JSON.stringify(column)]),
    ...(key === undefined ? [] : [`"${key}"`]),
  ]) {
    const at = text.indexOf(wanted);
    if (at >= 0) return lineAt(text, at);
  }
  return null;
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
