import { describe, expect, it } from "vitest";
import { jobState, type JobProgress, type JobSummary } from "../../src/contract/job.ts";
import { en } from "../../src/renderer/labels/en/index.ts";
import { createFormat } from "../../src/renderer/parts/format.ts";
import { hasEnded, sayPolicy, sayScope, sayStep, sayWhat, TONES } from "../../src/renderer/screens/jobs/job-words.ts";

const format = createFormat("en-GB");
const progress: JobProgress = {
  jobId: "1",
  state: "running",
  phase: "writing",
  package: "patient_1_export.zip",
  packageNumber: 2,
  packagesTotal: 12,
  verified: null,
  step: "",
  itemsDone: 1,
  itemsTotal: 2,
  bytesDone: 1,
  bytesTotal: 2,
  rate: null,
  secondsLeft: null,
};

describe("a job in words", () => {
  it("says which package of how many it is at", () => {
    expect(sayStep(progress, en.jobs, format)).toBe("Writing patient_1_export.zip (2 of 12)");
    expect(sayStep({ ...progress, phase: "verifying", packagesTotal: 1 }, en.jobs, format)).toBe(
      "Verifying patient_1_export.zip",
    );
  });

  it("says that it waits, or reads its plan, before there is a package", () => {
    const before = { ...progress, package: null, packageNumber: 0 };
    expect(sayStep({ ...before, phase: "waiting" }, en.jobs, format)).toBe("Waiting for its turn");
    expect(sayStep({ ...before, phase: "reading" }, en.jobs, format)).toBe("Reading the plan");
  });

  it("is green only when complete, amber when something is missing, red when it failed", () => {
    const green = jobState.options.filter((state) => TONES[state] === "verified");
    expect(green).toEqual(["complete"]);
    expect([TONES.incomplete, TONES.failed]).toEqual(["attention", "failed"]);
  });

  it("can be resumed while it is paused or interrupted: neither has ended", () => {
    expect(jobState.options.filter((state) => !hasEnded(state))).toEqual([
      "planned",
      "running",
      "paused",
      "interrupted",
    ]);
  });

  it("says what was picked with a number where there is one", () => {
    expect(sayScope({ scope: "studies", picked: 1 }, en.jobs, format)).toBe("1 study");
    expect(sayScope({ scope: "all", picked: 0 }, en.jobs, format)).toBe("everything in the catalog");
  });

  it("says rows of a table, and which table, where it is no images", () => {
    const job: JobSummary = {
      id: "3",
      state: "complete",
      createdAt: "",
      startedAt: null,
      endedAt: null,
      kind: "notes",
      policy: "identified",
      destination: "/out",
      scope: "records",
      picked: 12_345,
      itemsTotal: 12_345,
      packages: [],
      error: null,
    };
    expect(sayWhat(job, en, format)).toBe("Notes, 12,345 rows");
    expect(sayWhat({ ...job, kind: "imaging", scope: "studies", picked: 2 }, en, format)).toBe("2 studies");
  });

  it("does not say that names leave with a table that may hold none, but that it leads to persons", () => {
    expect(sayPolicy({ kind: "notes", policy: "identified" }, en)).toBe("With identity");
    expect(sayPolicy({ kind: "imaging", policy: "identified" }, en)).toBe("With names");
    expect(sayPolicy({ kind: "studies", policy: "of another version" }, en)).toBe("of another version");
  });
});
