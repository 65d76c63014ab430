import { hash } from "node:crypto";
import type { PlannedResource, PlannedSubject } from "../../catalog/resources.ts";
import { sortInTurns } from "../notes/sort-in-turns.ts";
import type { DatasetChunk } from "./dataset.ts";
import { compareExported } from "./export-order.ts";
import { GrowingNumbers } from "./growing-numbers.ts";

/** Of JSON, about: what a worker has in hand at once. A single resource may be larger. */
const CHUNK_BYTES = 4 * 1024 * 1024;
/** Resources of a chunk, where they are small. */
const CHUNK_RESOURCES = 10_000;

/** A run of resources of one patient that go into one part: from and to in the part's arrays. */
interface Slice {
  subject: number;
  from: number;
  to: number;
}

/** What a part is made of. */
interface PartResources {
  rows: GrowingNumbers;
  bytes: GrowingNumbers;
  slices: Slice[];
  /** Resources of nobody: numbers, sizes and what they are sorted by. */
  nobody: { rows: GrowingNumbers; bytes: GrowingNumbers; keys: GrowingNumbers };
}

/** The resources of a selection, by part and patient, in few bytes each: what the chunks of a plan are cut from. */
export class Gathered {
  /** Once sorted. */
  patients = 0;
  resources = 0;
  readonly #parts: PartResources[];
  /** Exported ids of the patients, as they came. */
  readonly #ids: string[] = [];

  readonly #first: ReadonlySet<number>;

  /** @param first parts that are the first to have some resources */
  constructor(parts: number, first: ReadonlySet<number>) {
    this.#first = first;
    this.#parts = Array.from({ length: parts }, () => ({
      rows: new GrowingNumbers(),
      bytes: new GrowingNumbers(),
      slices: [],
      nobody: { rows: new GrowingNumbers(), bytes: new GrowingNumbers(), keys: new GrowingNumbers() },
    }));
  }

  *add(
    { patient, resources }: PlannedSubject,
    partsOf: (resource: PlannedResource) => readonly number[],
    idOf: (resource: PlannedResource) => string,
    exportedId: string,
  ): Generator<undefined, void> {
    const byPart = new Map<number, PlannedResource[]>();
    for (const resource of resources)
      for (const part of partsOf(resource)) {
        const there = byPart.get(part);
        if (there === undefined) byPart.set(part, [resource]);
        else there.push(resource);
      }
    if (byPart.size === 0) return;
    for (const [part, some] of byPart) {
      if (!this.isAgain(part)) this.resources += some.length;
      if (patient === undefined) this.#addNobody(part, some, idOf);
      else yield* this.#addPatient(part, some, idOf);
    }
    if (patient === undefined) return;
    this.#ids.push(exportedId);
  }

  *#addPatient(
    part: number,
    resources: PlannedResource[],
    idOf: (resource: PlannedResource) => string,
  ): Generator<undefined, void> {
    const sorted = isMany(resources) ? yield* sortByExportedId(resources, idOf) : resources;
    const { rows, bytes, slices } = this.#parts[part]!;
    const from = rows.length;
    for (const resource of sorted) {
      rows.push(resource.row);
      bytes.push(resource.bytes);
    }
    slices.push({ subject: this.#ids.length, from, to: rows.length });
  }

  #addNobody(part: number, resources: PlannedResource[], idOf: (resource: PlannedResource) => string): void {
    const { rows, bytes, keys } = this.#parts[part]!.nobody;
    for (const resource of resources) {
      rows.push(resource.row);
      bytes.push(resource.bytes);
      keys.push(Number.parseInt(hash("sha256", `${resource.type}/${idOf(resource)}`, "hex").slice(0, 12), 16));
    }
  }

  /** Whether all of a part is in earlier ones as well: two views of one type. */
  isAgain(part: number): boolean {
    return !this.#first.has(part);
  }

  /** Ranks of the patients, by their place here. */
  *sorted(): Generator<undefined, Uint32Array> {
    const places = Uint32Array.from(this.#ids, (_, place) => place);
    const ids = this.#ids;
    yield* sortInTurns(places, (one, other) =>
      ids[one]! < ids[other]! ? -1 : ids[one]! > ids[other]! ? 1 : one - other,
    );
    const ranks = new Uint32Array(places.length);
    places.forEach((place, rank) => {
      ranks[place] = rank;
      if (rank === 0 || ids[place] !== ids[places[rank - 1]!]) this.patients++;
    });
    return ranks;
  }

  /** Whole patients in a chunk where they fit. */
  *chunks(part: number, ranks: Uint32Array): Generator<DatasetChunk | undefined> {
    const { rows, bytes } = this.#parts[part]!;
    const open = new OpenChunk(part);
    for (const slice of yield* this.#slicesInOrder(part, ranks)) {
      let size = 0;
      for (let at = slice.from; at < slice.to; at++) size += bytes.at(at);
      if (open.wouldOverflow(size, slice.to - slice.from)) yield* open.close();
      for (let at = slice.from; at < slice.to; at++) {
        if (open.wouldOverflow(bytes.at(at), 1)) yield* open.close();
        open.add(rows.at(at), bytes.at(at));
      }
    }
    // Nobody's resources never stand beside a patient's.
    yield* open.close();
    yield* this.#nobodysChunks(part, open);
  }

  *#nobodysChunks(part: number, open: OpenChunk): Generator<DatasetChunk | undefined> {
    const { rows, bytes, keys } = this.#parts[part]!.nobody;
    const places = new Uint32Array(rows.length).map((_, place) => place);
    yield* sortInTurns(places, (one, other) => keys.at(one) - keys.at(other) || one - other);
    for (const place of places) {
      if (open.wouldOverflow(bytes.at(place), 1)) yield* open.close();
      open.add(rows.at(place), bytes.at(place));
    }
    yield* open.close();
  }

  /** A chunk a patient, whatever its size; what is about nobody is one of its own. */
  *patientChunks(
    part: number,
    ranks: Uint32Array,
    pathOf: (exportedId: string) => string,
  ): Generator<DatasetChunk | undefined> {
    const { rows, bytes, nobody } = this.#parts[part]!;
    let open: { id: string; resources: number[]; bytes: number } | undefined;
    const close = (): DatasetChunk[] =>
      open === undefined ? [] : [{ part, path: pathOf(open.id), resources: open.resources, bytes: open.bytes }];
    for (const { subject, from, to } of yield* this.#slicesInOrder(part, ranks)) {
      const id = this.#ids[subject]!;
      // One who is known to two sources by a linked identifier is one patient.
      if (open?.id !== id) {
        yield* close();
        open = { id, resources: [], bytes: 0 };
      }
      for (let at = from; at < to; at++) {
        open.resources.push(rows.at(at));
        open.bytes += bytes.at(at);
      }
    }
    yield* close();
    if (nobody.rows.length === 0) return;
    const resources: number[] = [];
    let size = 0;
    for (let at = 0; at < nobody.rows.length; at++) {
      resources.push(nobody.rows.at(at));
      size += nobody.bytes.at(at);
    }
    yield { part, path: pathOf(""), resources, bytes: size };
  }

  *#slicesInOrder(part: number, ranks: Uint32Array): Generator<undefined, Generator<Slice>> {
    const { slices } = this.#parts[part]!;
    const places = new Uint32Array(slices.length).map((_, place) => place);
    yield* sortInTurns(places, (one, other) => ranks[slices[one]!.subject]! - ranks[slices[other]!.subject]!);
    return (function* () {
      for (const place of places) yield slices[place]!;
    })();
  }
}

/** Too many for one chunk: then the plan sorts them, and else the reader. */
function isMany(resources: readonly PlannedResource[]): boolean {
  if (resources.length > CHUNK_RESOURCES) return true;
  return resources.reduce((sum, { bytes }) => sum + bytes, 0) > CHUNK_BYTES;
}

/** Some milliseconds of pseudonyms. */
const IDS_A_STEP = 500;

/** One patient may have hundreds of thousands: pseudonyms of that many take a second. */
function* sortByExportedId(
  resources: readonly PlannedResource[],
  idOf: (resource: PlannedResource) => string,
): Generator<undefined, PlannedResource[]> {
  const keyed: { type: string; exportedId: string }[] = [];
  for (const resource of resources) {
    keyed.push({ type: resource.type, exportedId: idOf(resource) });
    if (keyed.length % IDS_A_STEP === 0) yield undefined;
  }
  const places = Uint32Array.from(keyed, (_, place) => place);
  yield* sortInTurns(places, (one, other) => compareExported(keyed[one]!, keyed[other]!) || one - other);
  return Array.from(places, (place) => resources[place]!);
}

/** A chunk while it is filled. */
class OpenChunk {
  readonly #part: number;
  #resources: number[] = [];
  #bytes = 0;

  constructor(part: number) {
    this.#part = part;
  }

  wouldOverflow(bytes: number, resources: number): boolean {
    if (this.#resources.length === 0) return false;
    return this.#bytes + bytes > CHUNK_BYTES || this.#resources.length + resources > CHUNK_RESOURCES;
  }

  add(row: number, bytes: number): void {
    this.#resources.push(row);
    this.#bytes += bytes;
  }

  *close(): Generator<DatasetChunk> {
    if (this.#resources.length > 0) yield { part: this.#part, resources: this.#resources, bytes: this.#bytes };
    this.#resources = [];
    this.#bytes = 0;
  }
}
