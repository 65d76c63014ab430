import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { CopyEvent } from "../../src/contract/calls/packages.ts";
import type { ImagingRecipe } from "../../src/contract/recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { createDemoWorkshop, folderNames, recipeTo } from "../jobs/demo-workshop.ts";
import { resultOf, type Workshop } from "../jobs/workshop.ts";

type Entry = Awaited<ReturnType<Client<Calls>["packages.list"]>>["rows"][number];
export type CopyResult = Extract<CopyEvent, { type: "result" }>;

/** An application over a small demo hospital that makes, verifies and copies packages. */
export class PackageDesk {
  #workshop: Workshop | undefined;
  #app: App | undefined;
  #client: Client<Calls> | undefined;
  readonly #root: string;
  readonly #folderName: () => string;

  constructor(root: string) {
    this.#root = root;
    this.#folderName = folderNames(root);
  }

  get workshop(): Workshop {
    return this.#workshop!;
  }

  get client(): Client<Calls> {
    return this.#client!;
  }

  async open(): Promise<void> {
    this.#workshop ??= await createDemoWorkshop(this.#root);
    ({ app: this.#app, client: this.#client } = await this.#workshop.open());
  }

  async close(): Promise<void> {
    await this.#app?.close();
  }

  newFolder(): string {
    const folder = this.#folderName();
    mkdirSync(folder);
    return folder;
  }

  /** Makes a package. @returns its path */
  async makePackage(change: Partial<ImagingRecipe> = {}, to = this.newFolder()): Promise<string> {
    const { jobId } = await this.client["exports.start"]({ recipe: recipeTo(to, { previews: false, ...change }) });
    const { packages } = await resultOf(this.client, jobId);
    return packages[0]?.path ?? "";
  }

  async entryOf(path: string): Promise<Entry> {
    const { rows } = await this.client["packages.list"]({ text: path });
    const [entry] = rows;
    if (entry === undefined || rows.length > 1) throw new Error(`${rows.length} packages instead of one`);
    return entry;
  }

  async verify(path: string): Promise<boolean> {
    for await (const event of this.client["packages.verify"]({ path })) if (event.type === "result") return event.ok;
    throw new Error("no result");
  }

  async copy(path: string, destination: string): Promise<CopyResult> {
    for await (const event of this.client["packages.copy"]({ path, destination }))
      if (event.type === "result") return event;
    throw new Error("no result");
  }
}

/** A desk that is open while the tests of a file run. */
export function openPackageDesk(root: string): PackageDesk {
  const desk = new PackageDesk(root);
  beforeAll(() => desk.open());
  afterAll(() => desk.close());
  return desk;
}

export function flipByte(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
