import { call } from "../rpc.ts";
import { z } from "../schema.ts";
import { done, none } from "./common.ts";

/** What the shell around the page can do; a screen offers the next best thing where one is missing, and says so. */
const capabilities = z.object({
  /** The platform's own dialogs; without them the page has its folder browser. */
  dialogs: z.boolean(),
  /** A finished package can be dragged out of the window into a file manager. */
  dragOut: z.boolean(),
  /** A file can be shown in the file manager. */
  reveal: z.boolean(),
});

const shellDescription = z.object({
  shell: z.enum(["electron", "loopback", "cli"]),
  version: z.string(),
  platform: z.string(),
  /** Who is at the keyboard, as the audit log names them. */
  user: z.string(),
  /** Where the workspace is. */
  workspace: z.string(),
  capabilities,
  /** Software and its version: Node.js, Chromium, Electron, SQLite ... */
  software: z.array(z.object({ name: z.string(), version: z.string() })),
});

const chosen = z.object({ path: z.string().nullable() });

/** A file system that can be written to, or is to be read from. */
const place = z.object({
  path: z.string(),
  label: z.string(),
  kind: z.enum(["removable", "drive", "network", "home", "folder"]),
  freeBytes: z.int().nullable(),
  totalBytes: z.int().nullable(),
  /** "ext4", "exFAT", "FAT32" ...; empty where unknown. */
  fileSystem: z.string(),
  readOnly: z.boolean(),
  /** The largest file it can hold, where that is less than anybody needs: FAT32 holds 4 GiB - 1. */
  largestFile: z.int().nullable(),
});
export type Place = z.infer<typeof place>;

export const shellCalls = {
  "shell.describe": call(none, shellDescription),
  /** What Satchel is made of, with licences. */
  "shell.licences": call(
    none,
    z.array(z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() })),
  ),
  /** Native dialogs. @throws USAGE where the shell has none: `capabilities` tells */
  "shell.chooseFolder": call(z.object({ title: z.string(), path: z.string().optional() }).strict(), chosen),
  "shell.chooseFile": call(
    z
      .object({
        title: z.string(),
        purpose: z.enum(["open", "save"]),
        name: z.string().optional(),
        extensions: z.array(z.string()).default([]),
      })
      .strict(),
    chosen,
  ),
  /** Shows a package that Satchel made in the file manager. */
  "shell.reveal": call(z.object({ path: z.string() }).strict(), done),
  /** Starts to drag a finished package out of the window. */
  "shell.dragOut": call(z.object({ path: z.string() }).strict(), done),
  /** Drives and removable media first, then the folders people keep things in. */
  "folders.places": call(none, z.array(place)),
  /** @throws NOT_FOUND, READ_FAILED */
  "folders.list": call(
    z.object({ path: z.string(), files: z.boolean().default(false) }).strict(),
    z.object({
      /** The path as it is after links and dots. */
      path: z.string(),
      parent: z.string().nullable(),
      place,
      entries: z.array(
        z.object({
          name: z.string(),
          path: z.string(),
          kind: z.enum(["folder", "file"]),
          bytes: z.int().nullable(),
          modifiedAt: z.string().nullable(),
        }),
      ),
      /** More were there than are listed. */
      truncated: z.boolean(),
    }),
  ),
  /** @throws ALREADY_EXISTS, WRITE_FAILED, USAGE */
  "folders.make": call(z.object({ path: z.string(), name: z.string() }).strict(), z.object({ path: z.string() })),
};
