import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { guardReading } from "../../../src/main/sources/sql/guard-reading.ts";
import { describeMysqlError } from "../../../src/main/sources/sql/mysql/mysql-errors.ts";
import { describePostgresError } from "../../../src/main/sources/sql/postgres/postgres-errors.ts";

test("an answer that cannot be read ends the connection, and not the process", async () => {
  const server = createServer((socket) => socket.end("an answer"));
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const socket = connect(port, "127.0.0.1");
  socket.on("data", () => {
    throw Object.assign(new Error("Zorbélia"), { code: "ERR_STRING_TOO_LONG" });
  });
  guardReading({ stream: socket });
  const [error] = (await once(socket, "error").catch((thrown: unknown) => [thrown])) as [unknown];
  expect(socket.destroyed).toBe(true);
  for (const describe of [describePostgresError, describeMysqlError]) {
    const described = describe(error);
    expect(described).toMatchObject({ code: "SOURCE_ANSWER" });
    expect(described.message).toContain("512 MB");
    expect(described.message).not.toContain("Zorbélia");
  }
});
