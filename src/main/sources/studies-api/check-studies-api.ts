import type { CheckFinding } from "../source.ts";
import type { StudiesApi } from "./studies-api.ts";
import type { StudiesApiConfig } from "./studies-api-config.ts";
import { readStudyListItem } from "./study-list-item.ts";
import { ABSENT_NOTICE } from "./sync-studies.ts";

/** Says whether the platform answers, how safe the way there is, how many exams there are and which of them a sync finds how. */
export async function inspectStudiesApi(
  api: StudiesApi,
  config: StudiesApiConfig,
  withToken: boolean,
  findings: CheckFinding[],
  signal: AbortSignal,
): Promise<void> {
  const sort = "order_datetime_desc";
  const { count, items } = await api.search({ page: 1, pageSize: 10, sort }, signal);
  findings.push({ level: "ok", text: "The studies platform answers." });
  describeConnection(config, withToken, findings);
  findings.push({
    level: count === 0 ? "warning" : "ok",
    text: `It counts ${count.toLocaleString("en")} exams.`,
    next: count === 0 ? "Load exams into the platform before the sync." : undefined,
  });
  const unreadable = items.map(readStudyListItem).flatMap(({ exam }) => (typeof exam === "string" ? [exam] : []));
  if (unreadable.length > 0)
    findings.push({
      level: "warning",
      text: `Of the first ${items.length} exams ${unreadable.length} cannot be read: ${unreadable[0] ?? ""}.`,
    });
  const window = { start: "1801-01-01", end: "1801-01-02" };
  const never = await api.search({ page: 1, pageSize: 1, sort, window }, signal);
  if (never.count > 0)
    findings.push({
      level: "warning",
      text: "The platform does not look at dates: the list is read page by page, which its orders make unsure; the sync compares it with the count.",
    });
  const ever = await api.search(
    { page: 1, pageSize: 1, sort, window: { start: "1900-01-01", end: "2200-01-01" } },
    signal,
  );
  if (never.count === 0 && ever.count < count)
    findings.push({
      level: "ok",
      text: `${(count - ever.count).toLocaleString("en")} exams have no check-in: a pass without dates finds them.`,
    });
  findings.push({
    level: "warning",
    text: ABSENT_NOTICE,
    next: "Add the platform's database as a source if they are needed.",
  });
  findings.push({ level: "ok", text: `Days are told in the time zone ${config.timeZone}.` });
}

function describeConnection(config: StudiesApiConfig, withToken: boolean, findings: CheckFinding[]): void {
  const url = new URL(config.url);
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "https:") findings.push({ level: "ok", text: "The connection is encrypted (TLS)." });
  else if (!local)
    findings.push({
      level: "warning",
      text: `The connection is not encrypted: patient data${withToken ? " and the token" : ""} can be read on the network.`,
      next: "Use https:// if the server or a proxy before it offers it.",
    });
  if (!withToken)
    findings.push({
      level: "warning",
      text: "The platform answers without a token: anyone who reaches it can read it.",
      next: "Ask its administrator to protect it.",
    });
}
