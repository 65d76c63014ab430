import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { SatchelError } from "../../../contract/errors.ts";

/** In the order in which they are looked for: the freest first. All are Chromium inside. */
const LINUX = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge-stable",
  "microsoft-edge",
];
const MACOS = ["Chromium", "Google Chrome", "Microsoft Edge"];
const WINDOWS = [
  ["Chromium", "Application", "chrome.exe"],
  ["Google", "Chrome", "Application", "chrome.exe"],
  ["Microsoft", "Edge", "Application", "msedge.exe"],
];

interface Platform {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  isProgram: (path: string) => boolean;
}

const HERE: Platform = { platform: process.platform, env: process.env, isProgram: isProgramAt };

/**
 * Finds an installed browser that can show the window.
 *
 * @param wanted a path or a name on the search path, where the user chose one
 * @throws SatchelError NOT_FOUND
 */
export function findBrowser(wanted: string | undefined, { platform, env, isProgram }: Platform = HERE): string {
  const found = (wanted === undefined ? candidates(platform, env) : named(wanted, env)).find((path) => isProgram(path));
  if (found !== undefined) return found;
  throw wanted === undefined
    ? new SatchelError(
        "NOT_FOUND",
        "No browser was found that can show the window.",
        "Install Chromium, Chrome or Edge, name one with --browser, or take --headless and open the address yourself.",
      )
    : new SatchelError("NOT_FOUND", "The browser named with --browser is not a program.", "Give its whole path.");
}

function candidates(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === "win32") {
    const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return WINDOWS.flatMap((parts) => roots.map((root) => join(root, ...parts)));
  }
  if (platform === "darwin")
    return MACOS.flatMap((name) =>
      ["/Applications", join(env.HOME ?? "/", "Applications")].map((root) =>
        join(root, `${name}.app`, "Contents", "MacOS", name),
      ),
    );
  return LINUX.flatMap((name) => named(name, env));
}

function named(name: string, env: NodeJS.ProcessEnv): string[] {
  if (/[/\\]/.test(name)) return [name];
  // An entry that is empty or relative would mean the folder one happens to be in.
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name));
}

/** A program on the search path. */
export function findProgram(name: string, env: NodeJS.ProcessEnv): string | undefined {
  return named(name, env).find((path) => isProgramAt(path));
}

function isProgramAt(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The arguments for a window of its own that knows nothing of the user's browsing, leaves nothing behind and asks nobody on the network
 * for anything. The address is that of a file: other users of the machine can read command lines.
 *
 * @param profile an empty folder, removed afterwards
 * @param page a file: address
 * @param root whether this runs as root, for whom Chromium has no sandbox
 */
export function browserArguments(profile: string, page: string, root: boolean): string[] {
  return [
    `--app=${page}`,
    `--user-data-dir=${profile}`,
    // Pictures and answers stay in memory even where a header were wrong.
    "--incognito",
    "--disk-cache-size=1",
    "--window-size=1280,800",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--use-mock-keychain",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-extensions-with-background-pages",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-quic",
    "--disable-search-engine-choice-screen",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-pings",
    "--no-service-autorun",
    // Whatever the above have missed finds no name and no proxy; the window's address is a number.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-proxy-server",
    `--disable-features=${[
      "AutofillServerCommunication",
      "CertificateTransparencyComponentUpdater",
      "DialMediaRouteProvider",
      "InterestFeedContentSuggestions",
      "MediaRouter",
      "OptimizationHints",
      "Translate",
    ].join(",")}`,
    ...(root ? ["--no-sandbox"] : []),
  ];
}
