import type { CustomScheme, Protocol } from "electron";
import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { PICTURES_PATH } from "../../../contract/pictures.ts";
import type { PictureAnswer } from "../picture-answer.ts";
import { contentSecurityPolicy } from "../content-security-policy.ts";
import { CONTENT_TYPES } from "../content-types.ts";

/** The page's own scheme: the same on every machine, and nothing that a network or another program could answer for. */
export const ORIGIN = "app://satchel";

/** Before the application is ready: a standard scheme has an origin, a secure one all of the platform. */
export const SCHEMES: CustomScheme[] = [
  { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
];

const HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/**
 * Answers `app://satchel/`: the files of the page and pictures.
 *
 * What can be had is listed once, before the first request: a path is looked up in that list and never made into a name of a file, so no
 * spelling of it leads out of the folder.
 *
 * @param page folder of the built page
 * @param picture answers requests for pictures (contract/pictures.ts)
 */
export function answerScheme(
  protocol: Pick<Protocol, "handle">,
  page: string,
  picture: (url: URL, signal: AbortSignal) => Promise<PictureAnswer>,
): void {
  const files = listFiles(page);
  protocol.handle("app", async (request) => {
    const url = new URL(request.url);
    if (url.host !== "satchel" || (request.method !== "GET" && request.method !== "HEAD")) return refuse(403);
    if (url.pathname === PICTURES_PATH) {
      const { status, headers, body } = await picture(url, request.signal);
      return new Response(new Uint8Array(body), { status, headers: { ...headers, ...HEADERS } });
    }
    const file = files.get(url.pathname === "/" ? "/index.html" : url.pathname);
    if (file === undefined) return refuse(404);
    const nonce = randomBytes(16).toString("base64");
    const bytes = await readFile(file);
    const body =
      extname(file) === ".html" ? bytes.toString("utf8").replaceAll("__NONCE__", nonce) : new Uint8Array(bytes);
    return new Response(body, {
      headers: {
        ...HEADERS,
        "content-type": CONTENT_TYPES[extname(file)] ?? "application/octet-stream",
        "content-security-policy": contentSecurityPolicy(nonce),
        "cache-control": "no-store",
      },
    });
  });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}

/** Paths of addresses ("/assets/index.js") to the files that they mean. */
function listFiles(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length).replaceAll("\\", "/"), path];
    }),
  );
}
