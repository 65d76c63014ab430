// The one way to start anything in a clone: `node scripts/run.mjs start|demo|test|bench [ARGS]`, called by package.json's scripts.
// Plain JavaScript without dependencies for Node.js 20: it runs before anything is installed, and installs what is missing.
import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findNode, RUNTIME_MISSING, runInPlace } from "../bin/node-runtime.mjs";
import { ensureDebianPackages, pathWithServers } from "./setup/debian-packages.mjs";
import { ensureNpmPackages } from "./setup/npm-packages.mjs";
import { ensureWindow, findElectron } from "./setup/window-build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs the steps one after the other; the first that fails is named and ends the run with its exit code. */
async function runSteps(steps) {
  for (const { name, run } of steps) {
    const code = await run();
    if (code !== 0) {
      console.error(`\nFailed: ${name} (exit code ${code})`);
      return code;
    }
  }
  return 0;
}

/** The commands of package.json, with the packages' own first on the path, the newer Node.js among them. */
function shellStep(name, command, node) {
  const path = [join(root, "node_modules", ".bin"), dirname(node), pathWithServers()].join(delimiter);
  return {
    name,
    run: () => {
      console.log(`\n> ${name}: ${command}`);
      return runInPlace(command, [], { cwd: root, shell: true, env: { ...process.env, PATH: path } });
    },
  };
}

function testSteps(node, args) {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const quoted = args.map((arg) => `'${arg.replaceAll("'", String.raw`'\''`)}'`);
  return [
    { name: "Debian packages", run: () => ensureDebianPackages() },
    shellStep("types", scripts.types, node),
    shellStep("lint", scripts.lint, node),
    shellStep("format", scripts["format:check"], node),
    shellStep("unused code", scripts.unused, node),
    shellStep("tests", ["vitest", "run", ...quoted].join(" "), node),
  ];
}

function programStep(name, node, file, args) {
  const env = { ...process.env, PATH: pathWithServers() };
  return { name, run: () => runInPlace(node, [join(root, file), ...args], { cwd: root, env }) };
}

/**
 * npm that is told to end does not always tell its shell's children. A window that nobody can end any more must not stay: whoever started
 * it has gone when another process becomes the parent.
 */
function endWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 1000);
  watch.unref();
}

/**
 * The window: under Electron where its binary is there, in an installed browser otherwise. Arguments are those of `satchel open`, which
 * Electron has no use for; nor does it start as root or without a screen.
 */
function startSteps(node, args) {
  const env = { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) };
  const electron = findElectron(root);
  const { WAYLAND_DISPLAY: wayland, DISPLAY: display } = process.env;
  const seen = process.platform !== "linux" || (wayland ?? display) !== undefined;
  endWithParent();
  const native = electron !== undefined && args.length === 0 && seen && process.getuid?.() !== 0;
  return [
    { name: "build of the window", run: () => ensureWindow(root, node, env) },
    native
      ? { name: "window", run: () => runInPlace(electron, [root], { cwd: root, env }) }
      : programStep("window", node, "src/main/shells/cli/index.ts", ["open", ...args]),
  ];
}

const TASKS = {
  start: startSteps,
  demo: (node, args) => [programStep("demo", node, "src/main/shells/cli/index.ts", ["demo", ...args])],
  test: testSteps,
  bench: (node, args) => [
    { name: "Debian packages", run: () => ensureDebianPackages() },
    ...(args[0] === "window"
      ? [
          {
            name: "build of the window",
            run: () =>
              ensureWindow(root, node, { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) }),
          },
          programStep("bench", node, "bench/window/index.ts", args.slice(1)),
        ]
      : args[0] === "tables" || args[0] === "scrub" || args[0] === "fhir"
        ? [programStep("bench", node, `bench/${args[0]}/index.ts`, args.slice(1))]
        : args[0] === "scrub-quality"
          ? [programStep("bench", node, "bench/scrub/quality.ts", args.slice(1))]
          : [programStep("bench", node, "bench/index.ts", args)]),
  ],
  screenshots: (node, args) => [
    { name: "Debian packages", run: () => ensureDebianPackages() },
    programStep("screenshots", node, "scripts/screenshots/index.ts", args),
  ],
};

async function main([task = "", ...args]) {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) {
    console.error(`Satchel's set-up needs Node.js 20 or later; this is ${process.versions.node}.`);
    return 1;
  }
  if (!Object.hasOwn(TASKS, task)) {
    console.error(`Usage: node scripts/run.mjs ${Object.keys(TASKS).join("|")} [ARGS]`);
    return 2;
  }
  const installed = await ensureNpmPackages(root);
  if (installed !== 0) return installed;
  const node = findNode();
  if (node === undefined) {
    console.error(RUNTIME_MISSING);
    return 1;
  }
  return runSteps(TASKS[task](node, args));
}

process.exitCode = await main(process.argv.slice(2));
