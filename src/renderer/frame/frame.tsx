import { useEffect, type ReactNode } from "react";
import { useConnection } from "../client/client.tsx";
import { useAnswer } from "../client/query.ts";
import { useLabels } from "../labels/labels.tsx";
import { announce, LiveRegion } from "../parts/announce.tsx";
import { useShownTitle } from "../parts/page-title.ts";
import { SCREENS, useRoute, type Screen } from "../route.ts";
import { AuditScreen } from "../screens/audit/audit-screen.tsx";
import { BrowseScreen } from "../screens/browse/browse-screen.tsx";
import { ExportsScreen } from "../screens/exports/exports-screen.tsx";
import { HelpScreen } from "../screens/help/help-screen.tsx";
import { PackagesScreen } from "../screens/packages/packages-screen.tsx";
import { SettingsScreen } from "../screens/settings/settings-screen.tsx";
import { SourcesScreen } from "../screens/sources/sources-screen.tsx";
import { WelcomeScreen } from "../screens/welcome/welcome-screen.tsx";
import { DropFolder } from "./drop-folder.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Rail } from "./rail.tsx";
import { shareDone } from "./running-job.ts";
import { useScreenKeys } from "./screen-keys.ts";
import { StatusLine } from "./status-line.tsx";
import { useJobsProgress } from "./use-jobs-progress.ts";
import { useFormat } from "../parts/format.ts";
import classes from "./frame.module.css";

const PAGES: Record<Screen, () => ReactNode> = {
  browse: BrowseScreen,
  exports: ExportsScreen,
  packages: PackagesScreen,
  sources: SourcesScreen,
  audit: AuditScreen,
  settings: SettingsScreen,
  help: HelpScreen,
};

/** The window around every screen: rail, page, status line, one live region. */
export function Frame(): ReactNode {
  const { frame } = useLabels();
  const { screen } = useRoute();
  const connection = useConnection();
  const sources = useAnswer("sources.list", {});
  const jobs = useJobsProgress();
  useScreenKeys();
  useWindowTitle(jobs[0] === undefined ? undefined : shareDone(jobs[0]));
  const lost = connection.state !== "open";
  useEffect(() => {
    if (!lost) return undefined;
    announce(`${frame.lostTitle} ${frame.lostText}`);
    return () => announce(frame.backAgain);
  }, [lost, frame]);
  const Page = screen === "browse" && sources.data?.length === 0 ? WelcomeScreen : PAGES[screen];
  return (
    <div className={classes.frame}>
      <a
        className={classes.skip}
        href={`#/${screen}`}
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("content")?.focus();
        }}
      >
        {frame.skip}
      </a>
      <Rail screens={SCREENS} current={screen} />
      <main id="content" tabIndex={-1} className={classes.content}>
        {lost && (
          <div className={classes.lost} role="alert">
            <strong>{frame.lostTitle}</strong> {frame.lostText}
          </div>
        )}
        <div className={classes.page}>
          <ErrorBoundary key={screen}>
            <Page />
          </ErrorBoundary>
        </div>
      </main>
      <StatusLine jobs={jobs} sources={sources.data ?? []} />
      <DropFolder />
      <LiveRegion />
    </div>
  );
}

/** The title of the window says the screen, and how far a job is: it is read in the task bar. */
function useWindowTitle(share: number | undefined): void {
  const { frame } = useLabels();
  const format = useFormat();
  const title = useShownTitle();
  useEffect(() => announce(title), [title]);
  const percent = share === undefined ? undefined : format.percent(share);
  useEffect(() => {
    document.title = [percent, title, frame.product].filter((one) => one !== undefined && one !== "").join(" · ");
  }, [percent, title, frame]);
}
