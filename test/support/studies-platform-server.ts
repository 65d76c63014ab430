import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import { momentOf, writeMoment } from "./eqmd-patients.ts";
import { seededRandom, type Random } from "./seeded-random.ts";
import type { PlatformExam } from "./studies-platform-exams.ts";

/** The 14 fields of the platform's StudyListItem. */
const LIST_FIELDS = [
  "exam_id",
  "medical_record_no",
  "application_order_no",
  "patient_name",
  "patient_gender",
  "patient_age",
  "exam_status",
  "exam_source",
  "exam_item",
  "exam_description",
  "order_datetime",
  "check_in_datetime",
  "report_certification_datetime",
  "certified_physician",
] as const satisfies readonly (keyof PlatformExam)[];

export interface PlatformQuirks {
  /** A Bearer token is wanted. */
  token?: string;
  tls?: { key: string; certificate: string };
  /** Rows with equal order keys change places from one request to the next, as in a database without tiebreak. Default true. */
  restless?: boolean;
  ignoresDates?: boolean;
  naiveMoments?: boolean;
  /** Given the true count. */
  count?: (count: number, query: URLSearchParams) => number;
  /** The row falls between two pages: a neighbour stands in its place once more. */
  hides?: (examId: string, query: URLSearchParams) => boolean;
  /** Changes an item before it is sent. */
  item?: (item: Record<string, unknown>) => unknown;
  /** Called before each answer; true: it has answered by itself, or ended the connection. */
  before?: (request: IncomingMessage, response: ServerResponse, number: number) => boolean | Promise<boolean>;
  /** Milliseconds before each answer. */
  slow?: number;
}

export interface PlatformServer {
  url: string;
  port: number;
  requests: URLSearchParams[];
  quirks: PlatformQuirks;
  exams: PlatformExam[];
  close(): Promise<void>;
}

/**
 * The platform's search over exams held in memory: at most 100 a page, dates on check-in with the last day read as its midnight (in
 * China's standard time), exams without check-in left out where a date is given, dates that cannot be read dropped without a word.
 */
export async function startPlatformServer(
  exams: Iterable<PlatformExam>,
  quirks: PlatformQuirks = {},
): Promise<PlatformServer> {
  const random = seededRandom(11, 0);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://platform");
    platform.requests.push(url.searchParams);
    if ((await platform.quirks.before?.(request, response, platform.requests.length)) === true) return;
    if (platform.quirks.slow !== undefined) await wait(platform.quirks.slow);
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
      response.end(JSON.stringify(body));
    };
    const { token } = platform.quirks;
    if (url.pathname !== "/api/v1/studies/search") send(404, { detail: "Not Found" });
    else if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
      send(401, { detail: "Unauthorized" });
    else send(200, search(platform, url.searchParams, random));
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => response.destroy());
  };
  const { tls } = quirks;
  const server =
    tls === undefined
      ? createPlainServer(listener)
      : createTlsServer({ key: tls.key, cert: tls.certificate }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const platform: PlatformServer = {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${address.port}`,
    port: address.port,
    requests: [],
    quirks,
    exams: [...exams],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return platform;
}

function search({ exams, quirks }: PlatformServer, query: URLSearchParams, random: Random): unknown {
  const start = quirks.ignoresDates === true ? undefined : midnight(query.get("start_date"));
  const end = quirks.ignoresDates === true ? undefined : midnight(query.get("end_date"));
  const among = (name: string, value: string | null): boolean => {
    const wanted = [...query.getAll(name), ...query.getAll(`${name}[]`)];
    return wanted.length === 0 || (value !== null && wanted.includes(value));
  };
  const found = exams.filter(({ check_in_datetime: at, ...exam }) => {
    if (start !== undefined && (at === null || at < start)) return false;
    if (end !== undefined && (at === null || at > end)) return false;
    return among("exam_equipment", exam.exam_equipment) && among("patient_gender", exam.patient_gender);
  });
  const ordered = order(
    found,
    query.get("sort") ?? "order_datetime_desc",
    quirks.restless === false ? undefined : random,
  );
  const size = Math.min(100, Math.max(1, Number(query.get("page_size") ?? "20")));
  const first = (Math.max(1, Number(query.get("page") ?? "1")) - 1) * size;
  return {
    items: ordered.slice(first, first + size).map((exam, index, page) => {
      const hidden = quirks.hides?.(exam.exam_id, query) === true;
      const shown = hidden ? (page[index + 1] ?? page[index - 1] ?? exam) : exam;
      const item = writeItem(shown, quirks.naiveMoments === true);
      return quirks.item === undefined ? item : quirks.item(item);
    }),
    count: quirks.count?.(found.length, query) ?? found.length,
    filters: {},
  };
}

function midnight(text: string | null): number | undefined {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? momentOf(`${text}T00:00:00+08:00`) : undefined;
}

function order(exams: PlatformExam[], sort: string, random: Random | undefined): PlatformExam[] {
  const keyed = exams.map((exam) => ({
    exam,
    key: sort === "patient_name_asc" ? (exam.patient_name ?? "") : String(exam.order_datetime ?? 0).padStart(17, "0"),
    tie: random?.next() ?? 0,
  }));
  const direction = sort === "order_datetime_desc" ? -1 : 1;
  return keyed
    .toSorted((one, other) =>
      one.key === other.key ? one.tie - other.tie : one.key < other.key ? -direction : direction,
    )
    .map(({ exam }) => exam);
}

function writeItem(exam: PlatformExam, naive: boolean): Record<string, unknown> {
  return Object.fromEntries(
    LIST_FIELDS.map((field) => {
      const value = exam[field];
      if (typeof value !== "number" || field === "patient_age") return [field, value];
      const text = writeMoment(value).replace(".000000", "");
      return [field, naive ? text.replace("+00:00", "") : text];
    }),
  );
}
