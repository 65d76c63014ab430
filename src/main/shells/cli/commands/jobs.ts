import type { Command } from "commander";
import type { JobResult, JobSummary } from "../../../../contract/job.ts";
import { SatchelError } from "../../../../contract/errors.ts";
import { exitCodeOfJob, EXIT } from "../exit-codes.ts";
import { counted, formatBytes, formatCount, formatSeconds, formatTable } from "../format.ts";
import type { Output } from "../output.ts";
import { createProgressLine } from "../progress-line.ts";
import { withAnySession, withSession, type Session } from "../session.ts";

/** Shows a job's progress to its end. Ctrl-C cancels the job and waits until what it left is gone. */
export async function watchJob(session: Session, jobId: string): Promise<JobResult> {
  const { client, output, signal } = session;
  const progress = createProgressLine(output);
  let cancelling: Promise<unknown> | undefined;
  const cancel = (): void => void (cancelling ??= client["jobs.cancel"]({ id: jobId }));
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    for await (const event of client["jobs.watch"]({ id: jobId })) {
      if (event.type === "result") return event.result;
      const { step, itemsDone, itemsTotal, bytesDone, rate, secondsLeft } = event.progress;
      progress.show({ step, done: itemsDone, total: itemsTotal, bytes: bytesDone, rate, secondsLeft });
    }
    throw new Error("a job ended without a result");
  } finally {
    progress.end();
    signal.removeEventListener("abort", cancel);
    await cancelling;
  }
}

/** Says what a job made, in sentences with numbers. @returns the exit code */
export function reportJob(output: Output, result: JobResult): number {
  output.document({ result });
  for (const made of result.packages) {
    const { instances, previews } = made;
    output.line(
      `${made.name}: ${made.files === 1 ? "1 file" : `${formatCount(made.files)} of ${formatCount(made.files)} files`} verified, ${formatBytes(made.bytes)}`,
    );
    if (instances.expected > 0) {
      output.line(
        `  ${formatCount(instances.exported)} of ${counted(instances.expected, "instance")}` +
          (previews.expected > 0 ? `, ${formatCount(previews.exported)} previews` : ""),
      );
    }
    if (made.resources !== null && made.resources !== undefined) {
      const { expected, exported, withheld } = made.resources;
      output.line(
        `  ${formatCount(exported)} of ${counted(expected, "resource")}${withheld > 0 ? `, ${formatCount(withheld)} withheld: see receipt.json` : ""}`,
      );
    }
    if (made.rows !== null) output.line(`  ${formatCount(made.rows.written)} of ${counted(made.rows.expected, "row")}`);
    for (const { code, reason, count } of made.reasons) {
      const what = code === "HELD_BACK" ? "held back" : code === "CANNOT_RENDER" ? "without preview" : "not exported";
      output.line(`  ${formatCount(count)} ${what}: ${reason}`);
    }
    if (made.result === "incomplete") output.line("  INCOMPLETE: see MISSING.txt and receipt.json in the package.");
    output.line(`  ${made.path}`);
  }
  const error = result.error;
  if (error !== undefined) {
    output.note(`${error.message}${error.next === undefined ? "" : ` ${error.next}`} [${error.code}]`);
    if (result.state === "paused")
      output.note(`The job is paused; nothing is lost. Go on with: satchel jobs resume ${result.jobId}`);
  } else if (result.state === "paused" || result.state === "interrupted")
    output.note(`The job is ${result.state}; nothing is lost. Go on with: satchel jobs resume ${result.jobId}`);
  else output.note(`Done in ${formatSeconds(result.seconds)}.`);
  return exitCodeOfJob(result.state, error?.code);
}

/** @throws USAGE where it is no number */
function jobNumber(text: string): string {
  if (/^\d{1,15}$/.test(text)) return String(Number(text));
  throw new SatchelError("USAGE", "The ID of a job is a number.", "List the jobs with `satchel jobs list`.");
}

function jobLines(output: Output, jobs: readonly JobSummary[]): void {
  if (jobs.length === 0) output.note("No jobs yet. Start one with: satchel export imaging --help");
  else {
    output.line(
      formatTable(
        [
          { title: "ID" },
          { title: "State" },
          { title: "Created" },
          { title: "Policy" },
          { title: "Items", right: true },
          { title: "Packages", right: true },
        ],
        jobs.map((job) => [
          job.id,
          job.state,
          job.createdAt,
          job.policy,
          formatCount(job.itemsTotal),
          formatCount(job.packages.length),
        ]),
      ),
    );
  }
}

export function addJobsCommand(program: Command): void {
  const jobs = program.command("jobs").description("list, show, resume, retry or cancel exports");
  jobs
    .command("list")
    .description("the newest first")
    .action(
      withAnySession(async ({ client, output }, _options: object) => {
        const list = await client["jobs.list"]({});
        output.document(list);
        if (!output.json) jobLines(output, list);
        return EXIT.done;
      }),
    );
  jobs
    .command("show <id>")
    .description("one job with its packages and what went wrong")
    .action(
      withAnySession(async ({ client, output }, id: string, _options: object) => {
        const job = await client["jobs.show"]({ id: jobNumber(id) });
        output.document(job);
        if (!output.json) jobLines(output, [job]);
        for (const made of job.packages) output.line(`${made.result}: ${made.path}`);
        if (job.error !== null) output.line(`${job.error.message} ${job.error.next ?? ""}`.trimEnd());
        return EXIT.done;
      }),
    );
  jobs
    .command("resume <id>")
    .description("go on with a paused or interrupted job where it stopped")
    .action(
      withSession("work", async (session, id: string, _options: object) => {
        const { jobId } = await session.client["jobs.resume"]({ id: jobNumber(id) });
        return reportJob(session.output, await watchJob(session, jobId));
      }),
    );
  jobs
    .command("log <id>")
    .description("what happened to a job, oldest first")
    .action(
      withAnySession(async ({ client, output }, id: string, _options: object) => {
        const log = await client["jobs.log"]({ id: jobNumber(id) });
        output.document(log);
        if (log.length === 0) output.note("Nothing was written down about this job: it ran before there were logs.");
        for (const { at, text, error } of log) {
          output.line(`${at}  ${text}`);
          if (error !== null) output.line(`  ${error.message} ${error.next ?? ""}`.trimEnd());
        }
        return EXIT.done;
      }),
    );
  jobs
    .command("retry <id>")
    .description(
      "make anew, beside the old, the packages of an ended job in which something failed or that are missing",
    )
    .action(
      withSession("work", async (session, id: string, _options: object) => {
        const { jobId } = await session.client["jobs.retry"]({ id: jobNumber(id) });
        return reportJob(session.output, await watchJob(session, jobId));
      }),
    );
  jobs
    .command("remove <id>")
    .description("forget an ended job; its packages stay where they are")
    .action(
      withSession("write", async ({ client, output }, id: string, _options: object) => {
        await client["jobs.remove"]({ id: jobNumber(id) });
        output.document({ removed: id });
        output.line(`Job ${id} is forgotten; its packages stay where they are.`);
        return EXIT.done;
      }),
    );
  jobs
    .command("cancel <id>")
    .description("stop a job, also one that another terminal runs, and remove what it left unfinished")
    .action(
      withAnySession(async ({ client, output }, id: string, _options: object) => {
        const job = await client["jobs.cancel"]({ id: jobNumber(id) });
        output.document(job);
        output.line(`Job ${id} is ${job.state}.`);
        return EXIT.done;
      }),
    );
}
