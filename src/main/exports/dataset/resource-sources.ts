import type { ReceiptResourceSource } from "../../../contract/dataset-receipt.ts";
import type { ResourcesFilter } from "../../../contract/fhir.ts";
import type { Catalog } from "../../catalog/database.ts";
import { listResourceTypes } from "../../catalog/resource-types.ts";
import { listSources } from "../../catalog/sources.ts";
import { toldType } from "./told-type.ts";

/** Where resources may come from: the sources that were asked for, or all that hold some or have never been read. */
export function resourceSources(
  catalog: Catalog,
  filter: Pick<ResourcesFilter, "sources" | "types">,
  policy: Parameters<typeof toldType>[1],
): ReceiptResourceSource[] {
  const types = listResourceTypes(catalog).filter(({ type }) => filter.types?.includes(type) ?? true);
  const wanted = filter.sources?.map((name) => name.toLowerCase());
  return listSources(catalog)
    .filter(({ name, resources, lastSyncAt, config }) =>
      wanted === undefined
        ? resources > 0 || (lastSyncAt === null && Object.hasOwn(config as object, "patientIdentifierSystem"))
        : wanted.includes(name.toLowerCase()),
    )
    .map(({ name, lastSyncAt, lastSync, lastError, syncBeganAt, problems }) => {
      const ended = lastSync !== null && lastError === null && syncBeganAt === null;
      const own = types
        .filter(({ source }) => source === name)
        // What came of a type before a sync was cut says nothing of the rest.
        .map((one) => ({ ...one, complete: one.complete && (ended || one.received !== null) }));
      return {
        name,
        syncedAt: lastSyncAt,
        complete:
          lastSync?.complete === true &&
          lastError === null &&
          syncBeganAt === null &&
          problems === 0 &&
          own.every(({ complete }) => complete),
        types: joinTypes(
          own.map(({ type, expected, count, complete }) => ({
            type: toldType(type, policy),
            expected,
            received: count,
            complete,
          })),
        ),
      };
    });
}

type ReceivedType = ReceiptResourceSource["types"][number];

/** Those that are told by one name as one. */
function joinTypes(types: readonly ReceivedType[]): ReceivedType[] {
  const joined = new Map<string, ReceivedType>();
  for (const one of types) {
    const before = joined.get(one.type);
    if (before === undefined) joined.set(one.type, one);
    else
      joined.set(one.type, {
        type: one.type,
        expected: before.expected === null || one.expected === null ? null : before.expected + one.expected,
        received: before.received + one.received,
        complete: before.complete && one.complete,
      });
  }
  return [...joined.values()];
}

/** What the receiver must know of sources that were not read to the end. */
export function incompleteTypes(sources: readonly ReceiptResourceSource[]): string[] {
  return sources
    .filter(({ complete }) => !complete)
    .map(({ name, syncedAt, types }) => {
      if (types.length === 0 && syncedAt === null)
        return `The source ${name} has never been read: what it holds is missing here.`;
      const lacking = types.filter((one) => !one.complete);
      if (syncedAt === null)
        return `The source ${name} has never been read to its end: more may be there, also of ${lacking.map(({ type }) => type).join(", ") || "other types"}.`;
      if (lacking.length === 0) return `The source ${name} was not read to its end: resources may be missing here.`;
      const told = lacking.map(({ type, expected, received }) =>
        expected === null ? type : `${type} (${received} of ${expected})`,
      );
      return `The source ${name} holds more than came of: ${told.join(", ")}.`;
    });
}
