import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { orthancConfig } from "../../../src/main/sources/orthanc/orthanc-config.ts";
import { orthancSource } from "../../../src/main/sources/orthanc/orthanc-source.ts";
import { recordingTarget } from "../../sources/recording-target.ts";
import { startScriptedServer } from "../../sources/orthanc/scripted-server.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const { signal } = new AbortController();
const idOf = (number: number): string =>
  (createHash("sha1").update(String(number)).digest("hex").match(/.{8}/g) ?? []).join("-");
const PAGE = Array.from({ length: 1000 }, (_, index) => idOf(index));
const statistics = { CountPatients: 1, CountStudies: 1, CountSeries: 1, CountInstances: 5000 };

/** Something that answers like Orthanc, but for what `answers` says. */
async function liar(answers: (path: string) => unknown) {
  const server = await startScriptedServer((request, response) => {
    const path = request.url ?? "";
    const answer = answers(path);
    if (answer !== undefined) response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
    else if (path.startsWith("/statistics")) response.end(JSON.stringify(statistics));
    else if (path.startsWith("/changes")) response.end(JSON.stringify({ Changes: [], Done: true, Last: 0 }));
    else response.writeHead(404).end();
  });
  const config = orthancConfig.parse({ url: server.url });
  return {
    server,
    config,
    sync: (target = recordingTarget()) => orthancSource.sync(config, undefined, target, () => undefined, signal),
  };
}

describe("A server that lies", () => {
  it("cannot hold a sync for ever by answering every page with the first one", async () => {
    const { sync, server } = await liar((path) => (path.startsWith("/instances?") ? PAGE : undefined));
    await expect(sync()).rejects.toMatchObject({ code: "SOURCE_ANSWER" });
    expect(server.requests.filter(({ url }) => url?.startsWith("/instances?")).length).toBeLessThan(5);
  });

  it("cannot hold it by the pages of its studies either", async () => {
    const { sync } = await liar((path) => {
      if (path.startsWith("/statistics")) return { ...statistics, CountInstances: 0 };
      if (path.startsWith("/instances?")) return [];
      if (path.startsWith("/studies?")) return PAGE;
      return path.startsWith("/studies/") ? [] : undefined;
    });
    await expect(sync()).rejects.toMatchObject({ code: "SOURCE_ANSWER" });
  });

  it("cannot hold it by a log of changes that goes round in circles, or back", async () => {
    const change = { Seq: 7, ChangeType: "NewSeries", ResourceType: "Series", ID: idOf(1), Date: "x" };
    for (const Seq of [7, 3, -1]) {
      const { sync } = await liar((path) => {
        if (!path.startsWith("/changes")) return undefined;
        if (path.includes("since=6")) return { Changes: [change], Done: false, Last: 7 };
        return { Changes: [{ ...change, Seq }], Done: false, Last: 7 };
      });
      const target = recordingTarget();
      const marker = `7 NewSeries ${idOf(1)} x`;
      target.setState({ seq: 7, marker, count: 0, failed: [], places: "" });
      await expect(sync(target)).rejects.toMatchObject({ code: "SOURCE_ANSWER" });
    }
  });

  it("cannot have other addresses asked for by the names it gives", async () => {
    for (const id of ["../../tools/shutdown", "//evil.invalid/x", "%2e%2e/x", "constructor", ""]) {
      const { sync, server } = await liar((path) => (path.startsWith("/instances?") ? [id] : undefined));
      await expect(sync()).rejects.toMatchObject({ code: "SOURCE_ANSWER" });
      const changed = { Seq: 8, ChangeType: "NewInstance", ResourceType: "Instance", ID: id, Date: "x" };
      const first = { Seq: 7, ChangeType: "NewSeries", ResourceType: "Series", ID: idOf(1), Date: "x" };
      server.answer = (request, response) =>
        void response.end(
          JSON.stringify({
            Changes: request.url?.includes("since=6") === true ? [first] : [changed],
            Done: true,
            Last: 8,
          }),
        );
      const target = recordingTarget();
      target.setState({ seq: 7, marker: `7 NewSeries ${idOf(1)} x`, count: 0, failed: [], places: "" });
      await expect(sync(target)).rejects.toMatchObject({ code: "SOURCE_ANSWER" });
      expect(server.requests.every(({ url }) => /^\/(instances\?|statistics|changes)/.test(url ?? ""))).toBe(true);
    }
  });

  it("cannot fill the disk with a body that has no end", async () => {
    const { config, server } = await liar(() => undefined);
    let sent = 0;
    server.answer = (_request, response) => {
      const chunk = Buffer.alloc(64 * 1024);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        sent += chunk.length;
      };
      response.on("drain", more);
      more();
    };
    const reader = orthancSource.openReader(config, undefined, temporaryDirectory("endless"));
    const locator = { ref: idOf(1), size: 1_000_000, stamp: "0".repeat(32) };
    await expect(reader.read(locator, signal)).rejects.toMatchObject({ code: "CHECKSUM" });
    await reader.close();
    expect(sent).toBeLessThan(50_000_000);
  });

  it.each([["<html>Sign in</html>"], ["[]"], ["null"], ['{"CountInstances":"many"}'], ["{".repeat(10_000)]])(
    "is named as no Orthanc where it answers %j",
    async (text) => {
      const { sync, config } = await liar(() => text.slice(0, 20_000));
      await expect(sync()).rejects.toMatchObject({ code: "SOURCE_ANSWER" });
      const report = await orthancSource.check(config, undefined, signal);
      expect(report.ok).toBe(false);
    },
  );
});
