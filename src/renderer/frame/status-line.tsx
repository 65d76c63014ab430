import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import type { SourceSummary } from "../../contract/calls/sources.ts";
import type { JobProgress } from "../../contract/job.ts";
import { useAnswer } from "../client/query.ts";
import { useLabels } from "../labels/labels.tsx";
import { useFormat } from "../parts/format.ts";
import { StateBadge } from "../parts/state-badge.tsx";
import { goTo } from "../route.ts";
import { JobLine } from "./job-line.tsx";
import classes from "./status-line.module.css";

/** What is true now, always in the same place: workspace, sources, that nothing leaves, and the job that runs. */
export function StatusLine({
  jobs,
  sources,
}: {
  jobs: readonly JobProgress[];
  sources: readonly SourceSummary[];
}): ReactNode {
  const { frame } = useLabels();
  const shell = useAnswer("shell.describe", {}).data;
  const workspace = shell?.workspace.split(/[/\\]/).findLast((one) => one !== "") ?? "";
  const [job] = jobs;
  return (
    <footer aria-label={frame.status} className={classes.line}>
      {workspace !== "" && (
        <bdi className={classes.workspace} title={shell?.workspace}>
          {frame.workspace(workspace)}
        </bdi>
      )}
      <a
        href="#/sources"
        className={classes.link}
        onClick={(event) => {
          event.preventDefault();
          goTo("sources");
        }}
      >
        <SourcesState sources={sources} />
      </a>
      <Tooltip label={frame.offlineMeaning} multiline maw={320}>
        {/* The focus brings the explanation to those without a mouse. */}
        <button type="button" className={classes.offline} aria-label={`${frame.offline}: ${frame.offlineMeaning}`}>
          {frame.offline}
        </button>
      </Tooltip>
      <div className={classes.job}>
        {job === undefined ? <PausedJobs /> : <JobLine job={job} others={jobs.length - 1} />}
      </div>
    </footer>
  );
}

function SourcesState({ sources }: { sources: readonly SourceSummary[] }): ReactNode {
  const { frame } = useLabels();
  const format = useFormat();
  const count = (...states: SourceSummary["state"][]): number =>
    sources.filter((one) => states.includes(one.state)).length;
  const [ok, trouble, never, syncing] = [count("ok"), count("attention", "failed"), count("never"), count("syncing")];
  if (sources.length === 0) return <span>{frame.noSources}</span>;
  return (
    <>
      {ok > 0 && <StateBadge tone="neutral">{frame.sourcesOk(ok, format.count(ok))}</StateBadge>}
      {trouble > 0 && (
        <StateBadge tone={count("failed") > 0 ? "failed" : "attention"}>
          {frame.sourcesTrouble(trouble, format.count(trouble))}
        </StateBadge>
      )}
      {never > 0 && <StateBadge tone="neutral">{frame.sourcesNever(never, format.count(never))}</StateBadge>}
      {syncing > 0 && <StateBadge tone="running">{frame.sourcesSyncing(syncing, format.count(syncing))}</StateBadge>}
    </>
  );
}

/** Jobs that wait for a person are not forgotten when nothing runs. */
function PausedJobs(): ReactNode {
  const { frame } = useLabels();
  const format = useFormat();
  const waiting = useAnswer("jobs.list", {}).data?.filter(({ state }) => state === "paused" || state === "interrupted");
  const count = waiting?.length ?? 0;
  if (count === 0) return null;
  return (
    <a
      href="#/exports"
      className={classes.link}
      onClick={(event) => {
        event.preventDefault();
        goTo("exports");
      }}
    >
      <StateBadge tone="attention">{frame.pausedJobs(count, format.count(count))}</StateBadge>
    </a>
  );
}
