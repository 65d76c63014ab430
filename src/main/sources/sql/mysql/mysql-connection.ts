import { checkServerIdentity, TLSSocket } from "node:tls";
import mysql, { type Connection, type ConnectionOptions, type TypeCastField } from "mysql2";
import { SatchelError } from "../../../../contract/errors.ts";
import { errorCode } from "../../network-causes.ts";
import { addressOf, type ServerConfig } from "../server-config.ts";
import type { SqlValue } from "../sql-session.ts";

const CONNECT_MS = 15_000;

/** A connection that is about to be made; its errors come with the queries that meet them. */
export function createMysqlConnection(config: ServerConfig, secret: string | undefined): Connection {
  const connection = mysql.createConnection(connectionOptions(config, secret));
  // The query under way fails with the same error; one that comes between queries is met by the next.
  connection.on("error", () => undefined);
  if (config.tls === "verify-full") checkHost(connection, addressOf(config, 3306).host);
  return connection;
}

function connectionOptions(config: ServerConfig, secret: string | undefined): ConnectionOptions {
  return {
    ...addressOf(config, 3306),
    password: secret ?? "",
    charset: "utf8mb4",
    ...(config.tls === "disable"
      ? {}
      : {
          ssl: {
            minVersion: "TLSv1.2",
            rejectUnauthorized: config.tls === "verify-full",
            ...(config.ca === undefined ? {} : { ca: config.ca }),
          },
        }),
    connectTimeout: CONNECT_MS,
    enableKeepAlive: true,
    keepAliveInitialDelay: 30_000,
    multipleStatements: false,
    // A server may ask its client for a file: never.
    flags: ["-LOCAL_FILES"],
    rowsAsArray: true,
    typeCast: asWritten,
  };
}

/** Values as the server writes them; whole numbers as such, so that they are compared as numbers when they come back as parameters. */
function asWritten(field: TypeCastField): SqlValue {
  const text = field.string("utf8");
  if (text === null) return null;
  return /^(TINY|SHORT|LONG|INT24|LONGLONG)$/.test(field.type) ? BigInt(text) : text;
}

/** The part of mysql2's connection that its types leave out. */
interface Securing {
  startTLS(onSecure: (error?: Error) => void): void;
  stream: unknown;
}

/**
 * Compares the certificate with the host before anything is said to the server. mysql2's own `verifyIdentity` compares a host that is given
 * by its address with "localhost" (3.24.5), and overwrites the code of what TLS met.
 */
function checkHost(connection: Connection, host: string): void {
  const securing = connection as unknown as Securing;
  if (typeof securing.startTLS !== "function")
    throw new SatchelError("INTERNAL", "The MySQL driver does not say when a connection becomes encrypted.");
  const startTls = securing.startTLS.bind(connection);
  securing.startTLS = (onSecure) =>
    startTls((error) => {
      const { stream } = securing;
      const failure =
        error ??
        (stream instanceof TLSSocket
          ? checkServerIdentity(host, stream.getPeerCertificate())
          : new Error("The connection is not encrypted."));
      onSecure(failure === undefined ? undefined : new Error(errorCode(failure), { cause: failure }));
    });
}
