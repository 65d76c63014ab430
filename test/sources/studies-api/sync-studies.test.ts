import { afterAll, describe, expect, it } from "vitest";
import { studiesApiConfig } from "../../../src/main/sources/studies-api/studies-api-config.ts";
import { studiesApiSource } from "../../../src/main/sources/studies-api/studies-api-source.ts";
import { ABSENT_COLUMNS } from "../../../src/main/sources/studies-api/study-list-item.ts";
import { platformExams, type PlatformExam } from "../../support/studies-platform-exams.ts";
import {
  startPlatformServer,
  type PlatformQuirks,
  type PlatformServer,
} from "../../support/studies-platform-server.ts";
import { recordingRecords } from "../recording-records.ts";

const servers: PlatformServer[] = [];
afterAll(async () => await Promise.all(servers.map((server) => server.close())));

async function platform(count: number, quirks: PlatformQuirks = {}): Promise<PlatformServer> {
  const server = await startPlatformServer(platformExams(2, count), quirks);
  servers.push(server);
  return server;
}

async function sync(
  server: PlatformServer,
  secret?: string,
  target = recordingRecords(),
  signal = new AbortController().signal,
) {
  target.forget();
  const config = studiesApiConfig.parse({ url: server.url, requestsPerSecond: 1000 });
  const report = await studiesApiSource.sync(config, secret, target, () => undefined, signal);
  return { report, target };
}

/** What the search can tell of an exam. */
function asListed(exam: PlatformExam): PlatformExam {
  return { ...exam, ...Object.fromEntries(ABSENT_COLUMNS.map((column) => [column, null])) };
}

describe("A studies platform by its search", () => {
  it("gives every exam once, with and without check-in, although pages have no stable order", async () => {
    const server = await platform(3000);
    const { report, target } = await sync(server);
    expect(report).toMatchObject({ complete: true, problems: 0, added: 3000 });
    for (const exam of server.exams) expect(target.exams.get(exam.exam_id)).toEqual(asListed(exam));
    expect(server.exams.some((exam) => exam.check_in_datetime === null)).toBe(true);
  });

  it("is never asked for more than 100 rows, and by windows of dates that need no second page", async () => {
    const server = await platform(2000);
    await sync(server);
    const dated = server.requests.filter((query) => query.has("start_date"));
    expect(Math.max(...server.requests.map((query) => Number(query.get("page_size"))))).toBe(100);
    expect(dated.filter((query) => Number(query.get("page")) > 1)).toEqual([]);
    expect(dated.length).toBeGreaterThan(10);
  });

  it("loses no exam of the last minute of a day or of midnight itself", async () => {
    const server = await platform(400);
    const midnight = Date.parse("2024-05-05T00:00:00+08:00") * 1000;
    for (const [index, exam] of server.exams.entries())
      if (index % 3 === 0) exam.check_in_datetime = midnight + (index % 2 === 0 ? 0 : -1);
      else exam.check_in_datetime ??= midnight + index * 60_000_000;
    const { report, target } = await sync(server);
    expect(report.complete).toBe(true);
    expect(target.exams.size).toBe(400);
    // By the windows alone: nothing was left for a pass without dates, of which only the count was asked.
    const undated = server.requests.filter((query) => !query.has("start_date"));
    expect(undated.map((query) => query.get("page_size"))).toEqual(["1", "1"]);
  });

  it("finds what checked in beyond all sensible dates", async () => {
    const server = await platform(50);
    const [first, second] = server.exams;
    if (first !== undefined) first.check_in_datetime = Date.parse("1753-01-01T00:00:00Z") * 1000;
    if (second !== undefined) second.check_in_datetime = Date.parse("2219-12-31T00:00:00Z") * 1000;
    const { report, target } = await sync(server);
    expect(report.complete).toBe(true);
    expect(target.exams.size).toBe(50);
  });

  it("reads a single day of many exams again until it adds up", async () => {
    const server = await platform(700);
    const noon = Date.parse("2024-05-05T12:00:00+08:00") * 1000;
    // Groups of seven at one minute: pages break within some of them, and their rows change places between pages.
    for (const [index, exam] of server.exams.entries()) {
      exam.check_in_datetime = noon;
      exam.order_datetime = noon + Math.floor(index / 7) * 60_000_000;
    }
    const { report, target } = await sync(server);
    expect(target.exams.size).toBe(700);
    expect(report).toMatchObject({ complete: true, problems: 0 });
  });

  it("that hides an exam between two pages of one order is asked in another", async () => {
    const hides = (id: string, query: URLSearchParams): boolean =>
      id === "EX00000007" && query.get("sort") === "order_datetime_asc";
    const { report, target } = await sync(await platform(60, { hides }));
    expect(target.exams.size).toBe(60);
    expect(report).toMatchObject({ complete: true, problems: 0 });
  });

  it("says which columns its search does not give", async () => {
    const { report } = await sync(await platform(5));
    expect(report.notices.join(" ")).toContain("patient_birth_date, exam_room, exam_equipment, equipment_type");
  });

  it("may be empty", async () => {
    const { report } = await sync(await platform(0));
    expect(report).toMatchObject({ complete: true, problems: 0, added: 0 });
  });

  it("that no longer has an exam loses it in the catalog", async () => {
    const server = await platform(300);
    const { target } = await sync(server);
    const [gone] = server.exams.splice(17, 1);
    const { report } = await sync(server, undefined, target);
    expect(report.removed).toBe(1);
    expect(target.exams.has(gone?.exam_id ?? "")).toBe(false);
  });

  it("that does not look at dates is read page by page", async () => {
    const { report, target } = await sync(await platform(900, { ignoresDates: true, restless: false }));
    expect(target.exams.size).toBe(900);
    expect(report.complete).toBe(true);
    expect(report.notices.join(" ")).toContain("does not look at dates");
  });

  it("that writes times without offset means UTC, and the report says so", async () => {
    const server = await platform(100, { naiveMoments: true });
    const { report, target } = await sync(server);
    for (const exam of server.exams) expect(target.exams.get(exam.exam_id)).toEqual(asListed(exam));
    expect(report.notices.join(" ")).toContain("without an offset: read as UTC");
  });
});

describe("A set that does not add up is reported as such, and nothing is taken for deleted", () => {
  it("where the platform counts more than it gives", async () => {
    const server = await platform(300);
    const { target } = await sync(server);
    server.quirks.count = (count, query) => (query.has("start_date") ? count : count + 3);
    server.exams.splice(0, 1);
    const { report } = await sync(server, undefined, target);
    expect(report).toMatchObject({ complete: false, problems: 1, removed: 0 });
    expect(target.problems.get("the whole list")?.reason).toContain("counts 302 exams, but gave 299");
    expect(target.exams.size).toBe(300);
  });

  it("where the platform counts fewer than it gives", async () => {
    const { report, target } = await sync(
      await platform(300, { count: (count, query) => (query.has("start_date") ? count : count - 1) }),
    );
    expect(report.complete).toBe(false);
    expect(target.exams.size).toBe(300);
  });

  it("where one window does not, which is named", async () => {
    const server = await platform(60);
    server.quirks.count = (count, query) => count + (query.get("start_date") === "1900-01-01" ? 1 : 0);
    const { report, target } = await sync(server);
    expect(report.complete).toBe(false);
    expect([...target.problems.keys()]).toEqual(["check-in 1900-01-01 to 2200-01-01"]);
    expect(target.exams.size).toBe(60);
  });

  it("where an item is not what the platform promises; what the catalog had of it is kept", async () => {
    const server = await platform(60);
    const { target } = await sync(server);
    server.quirks.item = (item) => (item["exam_id"] === "EX00000007" ? { ...item, order_datetime: "soon" } : item);
    const { report } = await sync(server, undefined, target);
    expect(report).toMatchObject({ complete: false, problems: 1 });
    expect(target.problems.get("EX00000007")?.reason).toBe(
      "The exam cannot be read: order_datetime is no date with time.",
    );
    expect(target.exams.size).toBe(60);
  });

  it("where an item has no id", async () => {
    const server = await platform(60, {
      item: (item) => (item["exam_id"] === "EX00000007" ? { ...item, exam_id: null } : item),
    });
    const { report, target } = await sync(server);
    expect(report.complete).toBe(false);
    expect(target.exams.size).toBe(59);
  });
});
