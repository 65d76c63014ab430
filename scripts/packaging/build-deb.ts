import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { debianCopyright } from "./debian-copyright.ts";
import { debianNeeds } from "./elf-needs.ts";
import { layOutProduct, type ProductTree } from "./product-tree.ts";

/** Any of these shows the window. */
const BROWSERS = "chromium | chromium-browser | google-chrome-stable | microsoft-edge-stable";
const EXECUTABLES = new Set(["usr/bin/satchel", "usr/lib/satchel/bin/node"]);
const ICON_SIZES = [16, 32, 48, 64, 128, 256, 512];

export interface DebOptions extends ProductTree {
  /** Debian's name of the machine: "amd64". */
  architecture: string;
  /** Seconds since 1970 that every file bears: the same sources make the same bytes. */
  epoch: number;
  /** As dpkg-deb has it. gzip at level 1 is for tests. */
  compression: { kind: "xz" | "gzip"; level: number };
  destination: string;
}

/** Makes the package of the loopback window and the command line with dpkg-deb. @returns its path */
export function buildDeb(options: DebOptions): string {
  const { root, epoch, compression, destination } = options;
  const stage = mkdtempSync(join(tmpdir(), "satchel-deb-"));
  try {
    const program = join(stage, "usr", "lib", "satchel");
    layOutProduct(options, program);
    placeShared(root, stage, join(options.out, "licences.json"), epoch);
    const files = listFiles(stage);
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    const elf = [
      join(program, "bin", "node"),
      ...files.filter((file) => file.endsWith(".node")).map((file) => join(stage, file)),
    ];
    const kibibytes = files.reduce((sum, file) => sum + Math.ceil(statSync(join(stage, file)).size / 1024), 0);
    place(join(stage, "DEBIAN", "control"), control(version, options.architecture, debianNeeds(elf), kibibytes));
    place(join(stage, "DEBIAN", "md5sums"), files.map((file) => `${md5(join(stage, file))}  ${file}\n`).join(""));
    settle(stage, epoch);
    const path = join(destination, `satchel_${version}_${options.architecture}.deb`);
    mkdirSync(destination, { recursive: true });
    const flags = ["--root-owner-group", `-Z${compression.kind}`, `-z${compression.level}`, "--threads-max=1"];
    execFileSync("dpkg-deb", [...flags, "--build", stage, path], {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch) },
      stdio: ["ignore", "ignore", "inherit"],
    });
    return path;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function placeShared(root: string, stage: string, licences: string, epoch: number): void {
  const source = join(root, "packaging", "deb");
  const share = join(stage, "usr", "share");
  place(join(stage, "usr", "bin", "satchel"), readFileSync(join(source, "satchel")));
  place(join(share, "applications", "satchel.desktop"), readFileSync(join(source, "satchel.desktop")));
  place(join(share, "man", "man1", "satchel.1.gz"), gzipSync(readFileSync(join(source, "satchel.1")), { level: 9 }));
  const icons = join(root, "resources", "icons");
  for (const size of ICON_SIZES) {
    const folder = join(share, "icons", "hicolor", `${size}x${size}`, "apps");
    place(join(folder, "satchel.png"), readFileSync(join(icons, `satchel-${size}.png`)));
  }
  const scalable = join(share, "icons", "hicolor", "scalable", "apps", "satchel.svg");
  mkdirSync(dirname(scalable), { recursive: true });
  cpSync(join(icons, "satchel.svg"), scalable);
  const documents = join(share, "doc", "satchel");
  place(join(documents, "copyright"), debianCopyright(JSON.parse(readFileSync(licences, "utf8"))));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const date = new Date(epoch * 1000).toUTCString().replace("GMT", "+0000");
  const changelog = `satchel (${version}) stable; urgency=medium\n\n  * Built from the sources of version ${version}.\n\n -- ${MAINTAINER}  ${date}\n`;
  place(join(documents, "changelog.gz"), gzipSync(changelog, { level: 9 }));
}

const MAINTAINER = "Satchel <satchel@localhost.localdomain>";

function control(version: string, architecture: string, needs: readonly string[], kibibytes: number): string {
  return [
    "Package: satchel",
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    `Maintainer: ${MAINTAINER}`,
    `Installed-Size: ${kibibytes}`,
    `Depends: ${[...needs, BROWSERS].join(", ")}`,
    "Recommends: xdg-utils",
    "Section: science",
    "Priority: optional",
    "Description: export of clinical records and imaging as verified packages",
    " Satchel takes clinical records and imaging out of the systems they live in, on a",
    " workstation without a network, and leaves them as finished, verified packages.",
    " .",
    " This package holds the window, shown in an installed Chromium, Chrome or Edge,",
    " the command line, and the Node.js that both run on.",
    "",
  ].join("\n");
}

/** The same modes and times whoever builds, and whenever. */
function settle(stage: string, epoch: number): void {
  for (const entry of readdirSync(stage, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const executable = entry.isDirectory() || EXECUTABLES.has(path.slice(stage.length + 1).replaceAll("\\", "/"));
    chmodSync(path, executable ? 0o755 : 0o644);
    lutimesSync(path, epoch, epoch);
  }
  chmodSync(stage, 0o755);
  lutimesSync(stage, epoch, epoch);
}

function listFiles(stage: string): string[] {
  return readdirSync(stage, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(stage.length + 1))
    .toSorted();
}

function place(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** What dpkg itself compares installed files with. */
function md5(path: string): string {
  return createHash("md5").update(readFileSync(path)).digest("hex");
}
