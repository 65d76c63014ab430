import { SatchelError } from "../../../../contract/errors.ts";
import { describeConnectionError, describeLongText, lostConnection, withoutTls } from "../connection-error.ts";
import { errorCode } from "../../network-causes.ts";

interface Answer {
  code: "SOURCE_REFUSED" | "SOURCE_ANSWER" | "SOURCE_UNREACHABLE";
  message: string;
  next: string;
}

/** By SQLSTATE (PostgreSQL, appendix A). The server's own texts are left out: they can hold values. */
const ANSWERS: Record<string, Answer> = {
  "28P01": {
    code: "SOURCE_REFUSED",
    message: "The PostgreSQL server refused user or password.",
    next: "Correct the user in the address of the source, or its password.",
  },
  "28000": {
    code: "SOURCE_REFUSED",
    message: "The PostgreSQL server does not let this user in from here.",
    next: "Ask the server's administrator for a line in pg_hba.conf for this user, database and address, and whether it must be encrypted.",
  },
  "3D000": {
    code: "SOURCE_REFUSED",
    message: "The PostgreSQL server has no database of that name.",
    next: "Correct the name of the database, which is the last part of the source's address.",
  },
  "53300": {
    code: "SOURCE_REFUSED",
    message: "The PostgreSQL server has no connection left.",
    next: "Try again later.",
  },
  "57P03": {
    code: "SOURCE_UNREACHABLE",
    message: "The PostgreSQL server is starting up or shutting down.",
    next: "Try again later.",
  },
  "57014": {
    code: "SOURCE_ANSWER",
    message: "The PostgreSQL server ended a statement that took longer than the source allows.",
    next: "Raise the statement timeout of the source, or sync when the server has less to do.",
  },
  "55P03": {
    code: "SOURCE_ANSWER",
    message: "A table is locked by another session of the PostgreSQL server.",
    next: "Sync again when maintenance of the database is over.",
  },
  "40001": {
    code: "SOURCE_ANSWER",
    message: "The PostgreSQL server, a replica, broke off to keep up with its primary.",
    next: "Sync again; if it happens each time, have max_standby_streaming_delay raised or hot_standby_feedback switched on.",
  },
  "22P02": {
    code: "SOURCE_ANSWER",
    message: "A value that the mapping compares a column with is not of the column's type.",
    next: "Let the source be checked, and correct the codes of the mapping.",
  },
};
const LOST = new Set(["57P01", "57P02", "08000", "08003", "08006"]);

/** Puts what pg threw into a person's words. */
export function describePostgresError(thrown: unknown): SatchelError {
  if (thrown instanceof SatchelError) return thrown;
  const network = describeConnectionError("PostgreSQL", thrown);
  if (network !== undefined) return network;
  const code = errorCode(thrown);
  if (code === "ERR_STRING_TOO_LONG") return describeLongText("PostgreSQL", thrown);
  const known = ANSWERS[code];
  const options = { cause: thrown };
  if (known !== undefined) return new SatchelError(known.code, known.message, known.next, options);
  if (LOST.has(code)) return lostConnection("PostgreSQL", thrown);
  const text = thrown instanceof Error ? thrown.message : "";
  if (code === "42501") {
    // Names of tables and schemas only: PostgreSQL says nothing else here.
    const what =
      /^permission denied for (table|view|schema|relation|sequence|materialized view|foreign table|column) (\S+)$/.exec(
        text,
      );
    return new SatchelError(
      "SOURCE_REFUSED",
      `The user of the source may not read ${what === null ? "what the mapping names" : `${what[1]} ${what[2]}`}.`,
      "Let the source be checked: it names the GRANT that is missing.",
      options,
    );
  }
  if (/does not support SSL/.test(text)) return withoutTls("PostgreSQL", thrown);
  if (/timeout expired|Connection terminated|connection timeout/i.test(text))
    return lostConnection("PostgreSQL", thrown);
  if (/SASL|SCRAM|password/i.test(text))
    return new SatchelError(
      "SOURCE_REFUSED",
      "The PostgreSQL server asks for a password that the source does not have, or in a way that Satchel does not know.",
      "Give the source its password.",
      options,
    );
  return new SatchelError(
    "SOURCE_ANSWER",
    `The PostgreSQL server answered with an error${/^[0-9A-Z]{5}$/.test(code) ? ` (${code})` : ""}.`,
    "Let the source be checked; the server's log says more.",
    options,
  );
}
