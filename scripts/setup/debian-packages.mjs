import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runInPlace } from "../../bin/node-runtime.mjs";

/**
 * What the tests and the benchmark hold Satchel against. One command of each Debian package shows whether it is there, or one file where
 * it brings no command.
 */
const PACKAGES = [
  { name: "chromium", command: "chromium" },
  { name: "dcmtk", command: "dcmdump" },
  { name: "dicom3tools", command: "dciodvfy" },
  { name: "libgdcm-tools", command: "gdcmanon" },
  { name: "libreoffice-calc-nogui", file: "/usr/lib/libreoffice/program/libscfiltlo.so" },
  { name: "mariadb-server", command: "mariadbd" },
  { name: "openssl", command: "openssl" },
  { name: "orthanc", command: "Orthanc" },
  { name: "p7zip-full", command: "7z" },
  { name: "postgresql", command: "initdb" },
  { name: "procps", command: "ps" },
  { name: "python3", command: "python3" },
  { name: "sqlite3", command: "sqlite3" },
  { name: "unzip", command: "unzip" },
  { name: "zip", command: "zip" },
];

/** Debian keeps servers in sbin, which is not on the path of a user who is not root. */
export function pathWithServers(path = process.env.PATH ?? "") {
  const parts = path.split(delimiter);
  return [...parts, ...["/usr/local/sbin", "/usr/sbin"].filter((part) => !parts.includes(part))].join(delimiter);
}

/** Debian keeps PostgreSQL's server programs on no path at all, one folder for each version. */
function postgresPrograms() {
  const root = "/usr/lib/postgresql";
  return existsSync(root) ? readdirSync(root).map((version) => join(root, version, "bin")) : [];
}

function isInstalled({ command, file }) {
  if (file !== undefined) return existsSync(file);
  return [...pathWithServers().split(delimiter), ...postgresPrograms()].some((directory) => {
    try {
      accessSync(join(directory, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Names of the Debian packages that are not there. */
function missingOf(packages) {
  return packages.filter((wanted) => !isInstalled(wanted)).map(({ name }) => name);
}

/** Debian starts a server when it installs one. Nobody asked for servers that listen; the tests start their own. */
const SERVICES = [
  { name: "mariadb-server", service: "mariadb.service" },
  { name: "orthanc", service: "orthanc.service" },
  { name: "postgresql", service: "postgresql.service" },
];

async function stopInstalledServices(installed) {
  if (!existsSync("/run/systemd/system")) return;
  for (const { name, service } of SERVICES) {
    if (!installed.includes(name)) continue;
    console.log(`Turning off ${service}, which came with the package ${name}; the tests start their own server.`);
    await runInPlace("systemctl", ["disable", "--now", "--quiet", service]);
  }
}

/**
 * Installs the Debian packages that are missing, as root; otherwise says in one line what to install.
 *
 * @param {readonly { name: string, command?: string, file?: string }[]} [packages]
 * @returns {Promise<number>} 0 when all are there
 */
export async function ensureDebianPackages(packages = PACKAGES) {
  const missing = missingOf(packages);
  if (missing.length === 0) return 0;
  const install = ["install", "--yes", "--no-install-recommends", ...missing];
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    console.error(
      `The tests need Debian packages that are not here; install them with: sudo apt-get ${install.join(" ")}`,
    );
    return 1;
  }
  console.log(`Installing Debian packages: ${missing.join(" ")} …`);
  // RUNLEVEL=1 keeps invoke-rc.d from starting the services of packages on machines without systemd.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  // The lists may be old but enough: an update that fails is judged by the installation that follows.
  await runInPlace("apt-get", ["update", "--quiet", "--quiet"], { env });
  await runInPlace("apt-get", ["--quiet", "--quiet", ...install], { env });
  await stopInstalledServices(missing);
  const still = missingOf(packages);
  if (still.length === 0) return 0;
  console.error(
    `Debian packages could not be installed: ${still.join(" ")}. With the network there, run: apt-get ${install.join(" ")}`,
  );
  return 1;
}
