import type { SourceSummary } from "../../contract/calls/sources.ts";
import { SatchelError } from "../../contract/errors.ts";
import { listProblems } from "../catalog/problems.ts";
import {
  addSource,
  editSource,
  getSource,
  listSources,
  removingSource,
  sourceSecret,
  type SourceRow,
} from "../catalog/sources.ts";
import { loadStudyColumns } from "../catalog/study-columns.ts";
import { sourceKind, type RegisteredSource } from "../sources/registry.ts";
import { addDemoSources, makeDemoWhereMissing } from "./demo-source.ts";
import { assertSourceApart } from "./destination.ts";
import { inTurns } from "../in-turns.ts";
import { keptSecret } from "./kept-secret.ts";
import { withIssuerKept, withOwnIssuer } from "./source-issuer.ts";
import { isElsewhere, isOtherServer } from "./source-place.ts";
import { assertUnused, summariseSource } from "./source-summary.ts";
import type { CallContext, HandlersOf } from "./context.ts";
import type { SyncPorts } from "./running-syncs.ts";

export function sourceHandlers(context: CallContext): Omit<HandlersOf<"sources">, "sources.watch"> {
  const { syncs, changes } = context;
  const summary = (name: string): SourceSummary => summariseSource(context, getSource(context.workspace.catalog, name));
  return {
    "sources.list": async () => {
      await inTurns(loadStudyColumns(context.workspace.catalog));
      return listSources(context.workspace.catalog).map((row) => summariseSource(context, row));
    },
    "sources.add": ({ kind, name, config, secret }) => {
      const parsed = sourceKind(kind).parseConfig(config);
      assertSourceApart(context, parsed);
      const { catalog } = context.workspace;
      const added = addSource(catalog, { kind, name, config: withOwnIssuer(catalog, kind, name, parsed), secret });
      changes.tell("sources");
      return summariseSource(context, added);
    },
    "sources.addDemo": () => {
      const { images, records } = addDemoSources(context);
      for (const source of [images, records]) syncs.begin(syncPorts(context), source);
      return { ...summary(images.name), records: summary(records.name) };
    },
    "sources.edit": ({ name, newName, config, secret }) => {
      const { catalog } = context.workspace;
      const source = getSource(catalog, name);
      return syncs.hold(source, "changed", () => {
        const parsed =
          config === undefined
            ? undefined
            : withIssuerKept(source.kind, source.config, sourceKind(source.kind).parseConfig(config));
        const elsewhere = parsed !== undefined && isElsewhere(source.config, parsed);
        if (parsed !== undefined) assertSourceApart(context, parsed);
        if (secret === undefined && source.hasSecret && parsed !== undefined && isOtherServer(source.config, parsed))
          throw secretOfOther();
        assertUnused(catalog, source.id, "changed", elsewhere ? "unfinished" : "running");
        assertRecordsUnread(context, source, "changed");
        editSource(catalog, source.id, { name: newName, config: parsed, secret }, elsewhere);
        changes.tell("sources", "catalog");
        return summary(newName ?? name);
      });
    },
    "sources.check": ({ name }, signal) => {
      const { catalog } = context.workspace;
      const source = getSource(catalog, name);
      const kind = sourceKind(source.kind);
      const secret = sourceSecret(catalog, source.id);
      if (kind.holds !== "resources") return kind.check(source.config, secret, signal);
      // Beside the process that writes, a renewed sign-in could not be kept.
      const kept = context.ports.access === "write" ? keptSecret(catalog, source.id) : undefined;
      return kind.check(source.config, secret, signal, kept);
    },
    "sources.test": (asked, signal) => {
      const { kind, config, secret } = unsaved(context, asked);
      return kind.check(config, secret, signal);
    },
    "sources.choices": (asked, signal) => {
      const { kind, config, secret } = unsaved(context, asked);
      if (kind.holds === "resources" && kind.choices !== undefined) return kind.choices(config, secret, signal);
      throw new SatchelError(
        "USAGE",
        `Sources of the kind ${kind.kind} have nothing to choose from.`,
        "Choose a FHIR server or a JupyterHealth Exchange.",
      );
    },
    "sources.remove": ({ name }) => {
      const { catalog } = context.workspace;
      const source = getSource(catalog, name);
      return syncs.hold(source, "removed", async () => {
        assertUnused(catalog, source.id, "removed", "unfinished");
        assertRecordsUnread(context, source, "removed");
        try {
          await inTurns(removingSource(catalog, source.id));
        } finally {
          changes.tell("sources", "catalog");
        }
        return { ok: true as const };
      });
    },
    "sources.sync": async function* ({ name, detached, options }, signal) {
      const source = getSource(context.workspace.catalog, name);
      for await (const event of syncs.sync(syncPorts(context), source, detached, signal, options)) {
        if (event.kind === "progress") yield { type: "progress", ...event.value };
        else yield { type: "result", source: source.name, ...event.value };
      }
    },
    "sources.cancelSync": async ({ name }) => {
      await syncs.cancel(getSource(context.workspace.catalog, name).id);
      return { ok: true };
    },
    "sources.problems": ({ name, limit }) => {
      const { catalog } = context.workspace;
      return listProblems(catalog, getSource(catalog, name).id, { limit });
    },
  };
}

/** A configuration before it is saved, with the secret given for it or stored for the same server. @throws USAGE, NOT_FOUND */
function unsaved(
  context: CallContext,
  asked: { kind: string; config: unknown; secret?: string | undefined; secretOf?: string | undefined },
): { kind: RegisteredSource; config: Record<string, unknown>; secret: string | undefined } {
  const kind = sourceKind(asked.kind);
  const config = kind.parseConfig(asked.config);
  assertSourceApart(context, config);
  if (asked.secret !== undefined || asked.secretOf === undefined) return { kind, config, secret: asked.secret };
  const { catalog } = context.workspace;
  const other = getSource(catalog, asked.secretOf);
  const secret = sourceSecret(catalog, other.id);
  if (secret !== undefined && isOtherServer(other.config, config)) throw secretOfOther();
  return { kind, config, secret };
}

/** @throws USAGE where an export reads records: what it was planned by would change below it */
function assertRecordsUnread({ recordsGate }: CallContext, source: SourceRow, what: string): void {
  if (sourceKind(source.kind).holds === "images" || !recordsGate.isReading) return;
  throw new SatchelError(
    "USAGE",
    `The source ${source.name} cannot be ${what} while an export reads the records.`,
    "Let the export come to an end, or cancel it, first.",
  );
}

/** What syncs and watches need of the rooms around them. */
export function syncPorts(context: CallContext): SyncPorts {
  const { workspace, changes } = context;
  return {
    catalog: workspace.catalog,
    recordsGate: context.recordsGate,
    tell: changes.tell.bind(changes),
    prepare: (source, onProgress, signal) => makeDemoWhereMissing(context, source, onProgress, signal),
    unexpected: (thrown) => workspace.log.error("sources.sync", thrown),
  };
}

/** A password goes to the server it was given for, and to no other. */
function secretOfOther(): SatchelError {
  return new SatchelError(
    "USAGE",
    "The address is another server's: the stored password is not sent there.",
    "Give the password or token again.",
  );
}
