import { extractAll, listPackage } from "@electron/asar";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { execFile } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engineOf } from "../electron-double/engine.ts";
import { launch, type Launched } from "../electron-double/launch.ts";
import { buildTree } from "../support/built-tree.ts";
import { projectRoot } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** How Electron's binary bears its fuses: a mark that is found by search, the version, their number, and one digit each. */
const FUSES = Buffer.concat([
  Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
  Buffer.from([1, 8]),
  Buffer.from("10110101"),
]);

/**
 * As far as `electron-builder --linux dir` reaches without Electron's binary, which comes over the network: a stand-in has its place, in
 * which the fuses are really turned. Windows and macOS are configured in the same file and not run here.
 */
describe("the packaged window", () => {
  const folder = temporaryDirectory("packaged");
  const unpacked = join(folder, "tree", "dist", "linux-unpacked");
  const archive = join(unpacked, "resources", "app.asar");
  let files: string[];
  let running: Launched | undefined;

  beforeAll(async () => {
    const tree = await buildTree(join(folder, "tree"));
    copyFileSync(join(projectRoot, "electron-builder.yml"), join(tree, "electron-builder.yml"));
    const electron = makeStandIn(join(folder, "electron"));
    const builder = join(projectRoot, "node_modules", "electron-builder", "cli.js");
    const args = [builder, "--linux", "dir", `-c.electronDist=${electron}`, `--projectDir=${tree}`];
    await promisify(execFile)(process.execPath, args, { cwd: tree });
    files = listPackage(archive, { isPack: false }).map((path) => path.slice(1));
  });
  afterAll(() => running?.kill());

  it("has every fuse set as it should be", async () => {
    const fuses = await getCurrentFuseWire(join(unpacked, "satchel-window"));
    const [on, off] = ["1", "0"].map((digit) => digit.codePointAt(0));
    expect({
      runAsNode: fuses[FuseV1Options.RunAsNode],
      nodeOptions: fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
      inspect: fuses[FuseV1Options.EnableNodeCliInspectArguments],
      onlyFromArchive: fuses[FuseV1Options.OnlyLoadAppFromAsar],
      archiveIntegrity: fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
      cookieEncryption: fuses[FuseV1Options.EnableCookieEncryption],
      fileProtocol: fuses[FuseV1Options.GrantFileProtocolExtraPrivileges],
      browserSnapshot: fuses[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot],
    }).toEqual({
      runAsNode: off,
      nodeOptions: off,
      inspect: off,
      onlyFromArchive: on,
      archiveIntegrity: on,
      cookieEncryption: on,
      fileProtocol: off,
      browserSnapshot: off,
    });
  });

  it("holds the built program, the database and the icons, and nothing else", () => {
    for (const file of [
      "package.json",
      "out/main/index.js",
      "out/main/jobs/worker.js",
      "out/main/dcmjs-native-codecs.wasm",
      "out/preload/index.cjs",
      "out/renderer/index.html",
      "out/licences.json",
      "node_modules/better-sqlite3/lib/index.js",
      "resources/icons/package-64.png",
    ])
      expect(files).toContain(file);
    const top = new Set(files.map((file) => file.split("/")[0]));
    expect(top).toEqual(new Set(["node_modules", "out", "package.json", "resources"]));
    const packages = new Set(
      files.filter((file) => file.startsWith("node_modules/")).map((file) => file.split("/")[1]),
    );
    expect([...packages]).toEqual(["better-sqlite3"]);
    expect(files.filter((file) => /\.(?:ts|tsx|map|cpp|gyp)$|\btest\b/.test(file))).toEqual([]);
    expect(files.filter((file) => file.endsWith(".node"))).toEqual([
      "node_modules/better-sqlite3/prebuilds/linux-x64.node",
    ]);
  });

  it("leaves the library of the database outside the archive, and not one script", () => {
    const outside = join(`${archive}.unpacked`, "node_modules", "better-sqlite3");
    expect(readdirSync(outside, { recursive: true }).filter((name) => String(name).includes("."))).toEqual([
      "prebuilds/linux-x64.node",
    ]);
  });

  it("names no folder of the machine that built it", () => {
    const extracted = join(folder, "extracted");
    extractAll(archive, extracted);
    for (const name of readdirSync(join(extracted, "out"), { recursive: true, encoding: "utf8" })) {
      if (!/\.(?:c?js|html|css|json)$/.test(name)) continue;
      const text = readFileSync(join(extracted, "out", name), "utf8");
      expect([name, text.includes(projectRoot), text.includes("sourceMappingURL=")]).toEqual([name, false, false]);
    }
  });

  it("starts from what is in the archive alone", async () => {
    const extracted = join(folder, "started");
    extractAll(archive, extracted);
    running = await launch({
      tree: extracted,
      workspace: join(folder, "workspace"),
      userData: join(folder, "user-data"),
    });
    await running.page.getByRole("navigation").first().waitFor();
    const engine = await engineOf(running.page);
    expect(await engine["workspace.state"]({})).toMatchObject({ state: "open" });
    const licences = await engine["shell.licences"]({});
    expect(licences.find(({ name }) => name === "react")?.text).toContain("Permission is hereby granted");
    expect(licences.find(({ name }) => name.includes("noto-sans-jp"))?.text).toContain("SIL OPEN FONT LICENSE");
  });

  it("is configured for every platform, with no address to publish to or to update from", () => {
    const text = readFileSync(join(projectRoot, "electron-builder.yml"), "utf8");
    for (const target of ["AppImage", "deb", "nsis", "dmg"]) expect(text).toMatch(new RegExp(`\\b${target}\\b`));
    expect(text).toMatch(/^publish: null$/m);
    expect(existsSync(join(unpacked, "resources", "app-update.yml"))).toBe(false);
  });
});

function makeStandIn(folder: string): string {
  mkdirSync(join(folder, "resources"), { recursive: true });
  mkdirSync(join(folder, "locales"));
  writeFileSync(join(folder, "electron"), Buffer.concat([Buffer.from("stands in for Electron\n"), FUSES]));
  chmodSync(join(folder, "electron"), 0o755);
  for (const name of ["version", "LICENSE", "LICENSES.chromium.html"]) writeFileSync(join(folder, name), "");
  for (const language of ["en-US", "pt-BR", "hi", "de"]) writeFileSync(join(folder, "locales", `${language}.pak`), "");
  return folder;
}
