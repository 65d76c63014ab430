import type { BrowserWindow, Dialog } from "electron";
import { LICENCES_FILE } from "../../places.ts";
import { SOFTWARE_VERSION } from "../../version.ts";
import { readFileSync } from "node:fs";
import { z } from "../../../contract/schema.ts";

const licences = z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() }));

/** Versions of what the window runs on, for the screens and for About. */
export function windowSoftware(): Record<string, string> {
  const { electron, chrome, node } = process.versions;
  return { Electron: electron ?? "", Chromium: chrome ?? "", "Node.js": node };
}

/** Says the versions and how many licences there are; their texts are on the page's Help. */
export function showAbout(dialog: Dialog, window: BrowserWindow): void {
  const versions = Object.entries({ Satchel: SOFTWARE_VERSION, ...windowSoftware() });
  void dialog.showMessageBox(window, {
    type: "info",
    title: "About Satchel",
    message: `Satchel ${SOFTWARE_VERSION}`,
    detail: [...versions.map(([name, version]) => `${name} ${version}`), "", ...licenceLines()].join("\n"),
    buttons: ["OK"],
    noLink: true,
  });
}

function licenceLines(): string[] {
  const counts = new Map<string, number>();
  for (const { licence } of readLicences()) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const kinds = [...counts].toSorted((one, other) => other[1] - one[1]).map(([kind, count]) => `${kind} (${count})`);
  return ["Licence: Apache-2.0", kinds.length === 0 ? "" : `Made with parts under ${kinds.join(", ")}; see Help.`];
}

function readLicences(): z.infer<typeof licences> {
  try {
    return licences.parse(JSON.parse(readFileSync(LICENCES_FILE, "utf8")));
  } catch {
    // Only a tree that was never built as a whole has none.
    return [];
  }
}
