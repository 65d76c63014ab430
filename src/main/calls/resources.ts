import type { ResourceRow } from "../../contract/calls/resources.ts";
import { SatchelError } from "../../contract/errors.ts";
import { listConsents } from "../catalog/consents.ts";
import { readResources } from "../catalog/resources.ts";
import { listResourceCodes, listResourceTypes } from "../catalog/resource-types.ts";
import {
  findResourcePatient,
  listedResources,
  listingPatients,
  listingResources,
  type ListedResource,
} from "../catalog/resources-list.ts";
import { listStudyGroups } from "../catalog/study-groups.ts";
import { inTurns } from "../in-turns.ts";
import type { CallContext, HandlersOf } from "./context.ts";
import { shownText } from "./shown-text.ts";

/** Characters of a resource that a screen is given: it may hold a picture of megabytes. */
const LONGEST = 200_000;
/** Bytes of JSON that are taken apart to be indented. */
const INDENTED = 2 * 1024 * 1024;

export function resourceHandlers(context: CallContext): HandlersOf<"resources"> {
  return {
    "resources.types": () => listResourceTypes(context.workspace.catalog),
    "resources.codes": ({ type, sources, limit }) =>
      listResourceCodes(context.workspace.catalog, type, sources)
        .slice(0, limit)
        .map((one) => ({ ...one, text: shownText(one.text) })),
    "resources.list": async ({ limit, offset, oldestFirst, ...filter }, signal) => {
      const { catalog } = context.workspace;
      const { total, rows } = await inTurns(listingResources(catalog, filter, { limit, offset, oldestFirst }), signal);
      return { total, rows: rows.map(toRow) };
    },
    "resources.show": ({ row }) => {
      const { catalog } = context.workspace;
      return catalog.read(() => {
        const [listed] = listedResources(catalog, [row]);
        if (listed === undefined)
          throw new SatchelError("NOT_FOUND", "The catalog no longer holds this resource.", "Look at the list again.");
        const [resource] = readResources(catalog, [row]);
        const text = indented(resource?.json ?? Buffer.alloc(0));
        const truncated = text.length > LONGEST;
        return {
          resource: toRow(listed),
          json: truncated ? text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, "") : text,
          truncated,
          extra: resource?.extra ?? {},
        };
      });
    },
    "resources.patients": async (asked, signal) => {
      const { total, rows } = await inTurns(listingPatients(context.workspace.catalog, asked), signal);
      return { total, rows: rows.map((row) => ({ ...row, name: shownText(row.name) })) };
    },
    "resources.studies": () => listStudyGroups(context.workspace.catalog),
    "resources.consents": ({ source, patient }) => {
      const { catalog } = context.workspace;
      return listConsents(catalog, findResourcePatient(catalog, source, patient)).map(
        ({ noticedAt: _noticedAt, ...consent }) => consent,
      );
    },
  };
}

function toRow(listed: ListedResource): ResourceRow {
  return { ...listed, patientName: shownText(listed.patientName), code: shownText(listed.code) };
}

/** Taken apart and put together only to be read; what is very large stays as it is. */
function indented(json: Buffer): string {
  if (json.length > INDENTED) return json.subarray(0, LONGEST * 4).toString();
  return JSON.stringify(JSON.parse(json.toString()), undefined, 2);
}
