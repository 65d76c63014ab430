import { SatchelError, type ErrorCode } from "../../../../contract/errors.ts";
import { describeConnectionError, describeLongText, lostConnection, withoutTls } from "../connection-error.ts";
import { errorCode } from "../../network-causes.ts";

interface Answer {
  code: ErrorCode;
  message: string;
  next: string;
}

const REFUSED: Answer = {
  code: "SOURCE_REFUSED",
  message: "The MySQL server refused user or password.",
  next: "Correct the user in the address of the source, or its password; the server may also let this user in from other addresses only.",
};
const MAY_NOT_READ: Answer = {
  code: "SOURCE_REFUSED",
  message: "The user of the source may not read what the mapping names.",
  next: "Let the source be checked: it names the GRANT that is missing.",
};
const TOO_LONG: Answer = {
  code: "SOURCE_ANSWER",
  message: "The MySQL server ended a statement that took longer than the source allows.",
  next: "Raise the statement timeout of the source, or sync when the server has less to do.",
};
const LOCKED: Answer = {
  code: "SOURCE_ANSWER",
  message: "A table is locked by another session of the MySQL server.",
  next: "Sync again when maintenance of the database is over.",
};

/** By the error's name (MySQL and MariaDB, server error reference). The server's own texts are left out: they can hold values. */
const ANSWERS: Record<string, Answer> = {
  ER_ACCESS_DENIED_ERROR: REFUSED,
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: REFUSED,
  ER_HOST_NOT_PRIVILEGED: REFUSED,
  ER_DBACCESS_DENIED_ERROR: {
    code: "SOURCE_REFUSED",
    message: "The MySQL server does not let this user into the database, or has none of that name.",
    next: "Correct the name of the database, which is the last part of the source's address, or ask for a GRANT SELECT on it.",
  },
  ER_BAD_DB_ERROR: {
    code: "SOURCE_REFUSED",
    message: "The MySQL server has no database of that name.",
    next: "Correct the name of the database, which is the last part of the source's address.",
  },
  ER_TABLEACCESS_DENIED_ERROR: MAY_NOT_READ,
  ER_COLUMNACCESS_DENIED_ERROR: MAY_NOT_READ,
  ER_CON_COUNT_ERROR: {
    code: "SOURCE_REFUSED",
    message: "The MySQL server has no connection left.",
    next: "Try again later.",
  },
  ER_QUERY_TIMEOUT: TOO_LONG,
  ER_STATEMENT_TIMEOUT: TOO_LONG,
  ER_LOCK_WAIT_TIMEOUT: LOCKED,
};
const LOST = new Set(["PROTOCOL_CONNECTION_LOST", "ER_SERVER_SHUTDOWN", "ER_CONNECTION_KILLED", "ER_NORMAL_SHUTDOWN"]);
/** MySQL's and MariaDB's numbers for a statement that took too long: mysql2 does not know their names. */
const TOO_LONG_NUMBERS = new Set([1969, 3024]);

/** Puts what mysql2 threw into a person's words. */
export function describeMysqlError(thrown: unknown): SatchelError {
  if (thrown instanceof SatchelError) return thrown;
  const code = errorCode(thrown);
  if (code === "ERR_STRING_TOO_LONG") return describeLongText("MySQL", thrown);
  if (code === "HANDSHAKE_NO_SSL_SUPPORT") return withoutTls("MySQL", thrown);
  if (LOST.has(code)) return lostConnection("MySQL", thrown);
  // mysql2 wraps what the socket met; a certificate that is not trusted is in the cause.
  const network =
    describeConnectionError("MySQL", thrown) ??
    describeConnectionError("MySQL", thrown instanceof Error ? thrown.cause : undefined);
  if (network !== undefined) return network;
  const number = typeof thrown === "object" && thrown !== null && "errno" in thrown ? Number(thrown.errno) : 0;
  const known = ANSWERS[code] ?? (TOO_LONG_NUMBERS.has(number) ? TOO_LONG : undefined);
  const options = { cause: thrown };
  if (known !== undefined) return new SatchelError(known.code, known.message, known.next, options);
  const text = thrown instanceof Error ? thrown.message : "";
  if (/closed state|connection (is|was) (closed|lost)|ETIMEDOUT/i.test(text)) return lostConnection("MySQL", thrown);
  return new SatchelError(
    "SOURCE_ANSWER",
    `The MySQL server answered with an error${/^ER_[A-Z_]+$/.test(code) ? ` (${code})` : ""}.`,
    "Let the source be checked; the server's log says more.",
    options,
  );
}
