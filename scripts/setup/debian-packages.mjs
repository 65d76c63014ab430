import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runInPlace } from "../../bin/node-runtime.mjs";

/** What the tests and the benchmark hold Satchel against: one command of each Debian package shows whether it is there. */
const PACKAGES = [
  { name: "chromium", command: "chromium" },
  { name: "dcmtk", command: "dcmdump" },
  { name: "dicom3tools", command: "dciodvfy" },
  { name: "libgdcm-tools", command: "gdcmanon" },
  { name: "openssl", command: "openssl" },
  { name: "orthanc", command: "Orthanc" },
  { name: "p7zip-full", command: "7z" },
  { name: "procps", command: "ps" },
  { name: "python3", command: "python3" },
  { name: "unzip", command: "unzip" },
  { name: "zip", command: "zip" },
];

/** Debian keeps servers in sbin, which is not on the path of a user who is not root. */
export function pathWithServers(path = process.env.PATH ?? "") {
  const parts = path.split(delimiter);
  return [...parts, ...["/usr/local/sbin", "/usr/sbin"].filter((part) => !parts.includes(part))].join(delimiter);
}

function isInstalled(command) {
  return pathWithServers()
    .split(delimiter)
    .some((directory) => {
      try {
        accessSync(join(directory, command), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Names of the Debian packages whose command is not there. */
function missingOf(packages) {
  return packages.filter(({ command }) => !isInstalled(command)).map(({ name }) => name);
}

/** Debian starts a server when it installs one. Nobody asked for an Orthanc that listens; the tests start their own. */
async function stopInstalledOrthanc() {
  if (!existsSync("/run/systemd/system")) return;
  console.log("Turning off the Orthanc service that came with the package; the tests start their own.");
  await runInPlace("systemctl", ["disable", "--now", "--quiet", "orthanc.service"]);
}

/**
 * Installs the Debian packages that are missing, as root; otherwise says in one line what to install.
 *
 * @param {readonly { name: string, command: string }[]} [packages]
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
  if (missing.includes("orthanc")) await stopInstalledOrthanc();
  const still = missingOf(packages);
  if (still.length === 0) return 0;
  console.error(
    `Debian packages could not be installed: ${still.join(" ")}. With the network there, run: apt-get ${install.join(" ")}`,
  );
  return 1;
}
