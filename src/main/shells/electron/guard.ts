import type { App, Session } from "electron";
import { ORIGIN } from "./scheme.ts";

/** Chromium's own talk with its makers, which a workstation without a network has no use for. */
const QUIET_SWITCHES: readonly (readonly [string, string?])[] = [
  ["disable-background-networking"],
  ["disable-breakpad"],
  ["disable-client-side-phishing-detection"],
  ["disable-component-update"],
  ["disable-default-apps"],
  ["disable-domain-reliability"],
  ["disable-quic"],
  ["disable-sync"],
  ["no-pings"],
  ["no-proxy-server"],
  ["dns-prefetch-disable"],
  // No name is ever looked up for the page. Sources are reached by Node.js, which this does not touch.
  ["host-resolver-rules", "MAP * ~NOTFOUND"],
  ["disable-features", "AutofillServerCommunication,MediaRouter,OptimizationHints,Translate"],
];

/** Before the application is ready. */
export function keepQuiet(app: App): void {
  app.enableSandbox();
  for (const [name, value] of QUIET_SWITCHES) app.commandLine.appendSwitch(name, value);
}

/** No navigation, no new window, no embedded page: for every web contents there ever is. */
export function forbidLeaving(app: App): void {
  app.on("web-contents-created", (_event, contents) => {
    const refuse = (event: { preventDefault(): void }): void => event.preventDefault();
    contents.on("will-navigate", (details) => {
      // The page may load itself anew; that is how a person gets out of trouble.
      if (withoutFragment(details.url) !== `${ORIGIN}/`) details.preventDefault();
    });
    contents.on("will-frame-navigate", (details) => {
      if (!details.isMainFrame) details.preventDefault();
    });
    contents.on("will-redirect", refuse);
    contents.on("will-attach-webview", refuse);
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
  });
}

/**
 * No permission, no device, no download, no dictionary, and no request for anything but the page's own address.
 *
 * @param developer lets the tools of developers load themselves, out of the program
 */
export function guardSession(session: Session, developer: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}));
  session.on("will-download", (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isOwn(url, developer) }));
}

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, "");
}

function isOwn(url: string, developer: boolean): boolean {
  const beginnings = [`${ORIGIN}/`, `blob:${ORIGIN}/`, "data:image/", ...(developer ? ["devtools://"] : [])];
  return beginnings.some((beginning) => url.startsWith(beginning));
}
