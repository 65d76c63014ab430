import { readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { SatchelError } from "../../../contract/errors.ts";
import { CONTENT_TYPES } from "../content-types.ts";

export interface PageFile {
  type: string;
  /** Its name bears a digest of its content: it never changes. */
  hashed: boolean;
  read(): Promise<Buffer>;
}

/**
 * The files of the built page by the paths they are asked for. Only what stands in the list is served, and it is asked for letter by
 * letter: there is no way from a path in a request to the file system, in whatever encoding.
 */
export class PageFiles {
  readonly #folder: string;
  #files = new Map<string, string>();
  /** What has a digest in its name, read once: whoever does not take an answer holds no bytes of his own. */
  readonly #read = new Map<string, Promise<Buffer>>();
  #stamp = "";

  /** @throws SatchelError NOT_FOUND where there is no built page */
  constructor(folder: string) {
    this.#folder = folder;
    this.#list();
  }

  find(path: string): PageFile | undefined {
    // The page asks for its start first: a page that was built anew is taken up whole.
    if (path === "/") this.#list();
    const file = this.#files.get(path === "/" ? "/index.html" : path);
    const type = file === undefined ? undefined : CONTENT_TYPES[extname(file)];
    if (file === undefined || type === undefined) return undefined;
    const hashed = path.startsWith("/assets/");
    return { type, hashed, read: () => (hashed ? this.#once(file) : readFile(file)) };
  }

  #once(file: string): Promise<Buffer> {
    const read = this.#read.get(file) ?? readFile(file);
    this.#read.set(file, read);
    read.catch(() => this.#read.delete(file));
    return read;
  }

  /** The start page with the nonce of its styles. */
  start(nonce: string): Buffer {
    return Buffer.from(readFileSync(join(this.#folder, "index.html"), "utf8").replaceAll("__NONCE__", nonce));
  }

  #list(): void {
    const start = statSync(join(this.#folder, "index.html"), { throwIfNoEntry: false });
    if (start === undefined)
      throw new SatchelError("NOT_FOUND", "The window has not been built.", "Build it with: npm run build");
    const stamp = `${start.mtimeMs} ${start.ino}`;
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    this.#read.clear();
    const entries = readdirSync(this.#folder, { recursive: true, withFileTypes: true });
    // Links are not files: a list of what was built has none.
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    this.#files = new Map(paths.map((path) => [`/${relative(this.#folder, path).split(sep).join("/")}`, path]));
  }
}
