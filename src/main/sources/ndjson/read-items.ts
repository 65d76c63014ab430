import { isJsonObject, type Json } from "../../fhir/json.ts";
import { textOf } from "../../fhir/values-at.ts";
import type { FoundFile } from "./find-files.ts";
import { JsonSplitter, type SplitElement } from "./json-splitter.ts";
import { linesOf } from "./lines.ts";
import { parseManifest, type Manifest } from "./manifest.ts";
import { objectMembers } from "./object-members.ts";
import { CutFile, readFile } from "./read-file.ts";
import { idOfUrn, resolveUrns } from "./resolve-urns.ts";

/** A line, an entry or a document of this many bytes is not held. */
const LARGEST_RESOURCE = 64 * 1024 * 1024;

/** What stands in a file, one at a time. `where`: "line 12", "entry 3"; "" of a whole file. */
export type Item =
  /** A resource, as text. `last`: behind it the file ends without a line end. */
  | { kind: "resource"; json: Buffer; where: string; last?: boolean }
  | { kind: "data-point"; point: Buffer; where: string }
  | { kind: "deleted"; type: string; id: string }
  /** An OperationOutcome beside resources. */
  | { kind: "outcome"; json: Buffer; where: string }
  | { kind: "manifest"; manifest: Manifest }
  | { kind: "broken"; where: string; reason: string }
  /** The file is not whole; nothing comes after it. */
  | { kind: "cut"; reason: string }
  /** JSON, but nothing of FHIR or Open mHealth. */
  | { kind: "other" };

/** Reads a file to its end, in constant memory. @throws READ_FAILED, CANCELLED */
export async function* readItems(file: FoundFile, signal: AbortSignal): AsyncGenerator<Item> {
  try {
    if (file.form === "lines") yield* itemsOfLines(file, signal);
    else yield* itemsOfDocument(file, signal);
  } catch (thrown) {
    if (!(thrown instanceof CutFile)) throw thrown;
    yield { kind: "cut", reason: thrown.message };
  }
}

async function* itemsOfLines(file: FoundFile, signal: AbortSignal): AsyncGenerator<Item> {
  for await (const { number, bytes, ended } of linesOf(readFile(file.path, signal), LARGEST_RESOURCE)) {
    const where = `line ${number}`;
    if (number === 1 && bytes !== undefined && isLogLine(bytes)) {
      yield { kind: "other" };
      return;
    }
    if (bytes === undefined) yield tooLarge(where);
    else
      for (const item of itemsOfLine(bytes, where))
        yield !ended && item.kind === "resource" ? { ...item, last: true } : item;
  }
}

/** Clients of bulk exports leave their log beside the files (SMART's format of such logs, version 2). */
function isLogLine(line: Buffer): boolean {
  return line.includes('"exportId"') && line.includes('"eventId"') && !line.includes('"resourceType"');
}

function* itemsOfLine(line: Buffer, where: string): Generator<Item> {
  if (!line.includes('"resourceType"')) {
    yield line.includes('"schema_id"')
      ? { kind: "data-point", point: line, where }
      : { kind: "resource", json: line, where };
    return;
  }
  // Lines of Bundles (deletions of a bulk export) and headers of blocks are looked at; all others are only handed on.
  const suspect =
    line.includes('"Bundle"') ||
    (line.length < 10_000 && (line.includes('"Parameters"') || line.includes('"OperationOutcome"')));
  const members = suspect ? objectMembers(line) : undefined;
  const type = members?.get("resourceType")?.toString();
  if (type === '"Parameters"' && members?.has("id") !== true) return;
  if (type === '"OperationOutcome"') {
    yield { kind: "outcome", json: line, where };
    return;
  }
  if (type !== '"Bundle"') {
    yield { kind: "resource", json: line, where };
    return;
  }
  const splitter = new JsonSplitter(LARGEST_RESOURCE);
  const entries = splitter.push(line);
  const urns = new Map<string, string>();
  for (const entry of entries) noteUrn(entry, urns);
  for (const entry of entries) yield* itemsOfEntry(entry, where, urns);
}

async function* itemsOfDocument(file: FoundFile, signal: AbortSignal): AsyncGenerator<Item> {
  const shape = await shapeOf(file, signal);
  if (shape === "empty") return;
  if (shape === "lines") yield* itemsOfLines(file, signal);
  else if (shape === "bundle") yield* itemsOfBundle(file, signal);
  else if (shape === "list") yield* itemsOfList(file, signal);
  else yield* itemsOfWhole(file, signal);
}

type Shape = "empty" | "bundle" | "list" | "lines" | "whole";

/** Told by as much of the file as it takes. */
async function shapeOf(file: FoundFile, signal: AbortSignal): Promise<Shape> {
  const splitter = new JsonSplitter(0);
  for await (const chunk of readFile(file.path, signal)) {
    splitter.push(chunk);
    if (splitter.root === "list") return "list";
    if (splitter.trailing) return "lines";
    if (splitter.members.get("resourceType") === "Bundle") return "bundle";
  }
  return splitter.root === "none" ? "empty" : "whole";
}

async function* itemsOfBundle(file: FoundFile, signal: AbortSignal): AsyncGenerator<Item> {
  const urns = new Map<string, string>();
  const first = new JsonSplitter(LARGEST_RESOURCE);
  for await (const chunk of readFile(file.path, signal)) for (const entry of first.push(chunk)) noteUrn(entry, urns);
  if (first.trailing) {
    yield* itemsOfLines(file, signal);
    return;
  }
  let number = 0;
  const splitter = new JsonSplitter(LARGEST_RESOURCE);
  for await (const chunk of readFile(file.path, signal))
    for (const entry of splitter.push(chunk)) yield* itemsOfEntry(entry, `entry ${++number}`, urns);
  if (!splitter.closed) yield { kind: "cut", reason: "it ends before its Bundle is whole" };
}

function noteUrn(entry: SplitElement, urns: Map<string, string>): void {
  if (!("bytes" in entry) || !entry.bytes.includes('"urn:')) return;
  const members = objectMembers(entry.bytes);
  const url = textIn(members.get("fullUrl"));
  const resource = members.get("resource");
  if (!url.startsWith("urn:") || resource === undefined) return;
  const inside = objectMembers(resource);
  urns.set(url, `${textIn(inside.get("resourceType"))}/${textIn(inside.get("id")) || idOfUrn(url)}`);
}

function* itemsOfEntry(entry: SplitElement, where: string, urns: ReadonlyMap<string, string>): Generator<Item> {
  if ("tooLarge" in entry) {
    yield tooLarge(where);
    return;
  }
  const members = objectMembers(entry.bytes);
  const request = parse(members.get("request"));
  if (isJsonObject(request) && request["method"] === "DELETE") {
    const [, type, id] = /(?:^|\/)([A-Z][A-Za-z]+)\/([^/?#]+)$/.exec(textOf(request["url"])) ?? [];
    if (type !== undefined && id !== undefined) yield { kind: "deleted", type, id };
    else yield { kind: "broken", where, reason: "a deletion that names no resource" };
    return;
  }
  const json = members.get("resource");
  if (json === undefined) return;
  const search = parse(members.get("search"));
  if (isJsonObject(search) && search["mode"] === "outcome") yield { kind: "outcome", json, where };
  else yield { kind: "resource", json: resolveUrns(json, textIn(members.get("fullUrl")), urns), where };
}

async function* itemsOfList(file: FoundFile, signal: AbortSignal): AsyncGenerator<Item> {
  const splitter = new JsonSplitter(LARGEST_RESOURCE);
  let number = 0;
  for await (const chunk of readFile(file.path, signal))
    for (const element of splitter.push(chunk)) {
      const where = `element ${++number}`;
      if (number === 1 && "bytes" in element && !/"(?:resourceType|schema_id)"/.test(element.bytes.toString())) {
        yield { kind: "other" };
        return;
      }
      if ("tooLarge" in element) yield tooLarge(where);
      else yield* itemsOfLine(element.bytes, where);
    }
  if (!splitter.closed) yield { kind: "cut", reason: "it ends before its list is whole" };
}

async function* itemsOfWhole(file: FoundFile, signal: AbortSignal): AsyncGenerator<Item> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const chunk of readFile(file.path, signal)) {
    size += chunk.length;
    if (size > LARGEST_RESOURCE) {
      yield tooLarge("");
      return;
    }
    pieces.push(chunk);
  }
  const json = Buffer.concat(pieces);
  const document = parse(json);
  if (document === undefined) yield { kind: "cut", reason: "it is no JSON, or ends before it is whole" };
  else if (isJsonObject(document) && document["resourceType"] !== undefined)
    yield { kind: "resource", json, where: "" };
  else if (isJsonObject(document) && isJsonObject(document["header"]) && document["body"] !== undefined)
    yield { kind: "data-point", point: json, where: "" };
  else {
    const manifest = parseManifest(document);
    yield manifest === undefined ? { kind: "other" } : { kind: "manifest", manifest };
  }
}

function tooLarge(where: string): Item {
  return { kind: "broken", where, reason: `larger than ${LARGEST_RESOURCE / 1024 / 1024} MiB` };
}

function parse(json: Buffer | undefined): Json | undefined {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json.toString()) as Json;
  } catch {
    return undefined;
  }
}

function textIn(json: Buffer | undefined): string {
  return textOf(parse(json));
}
