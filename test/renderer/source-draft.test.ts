import { describe, expect, it } from "vitest";
import type { SourceSummary } from "../../src/contract/calls/sources.ts";
import { beginDraft, isFilled, suggestName, toRequest } from "../../src/renderer/screens/sources/source-draft.ts";

const server: SourceSummary = {
  name: "North",
  kind: "orthanc",
  place: "http://127.0.0.1:8042",
  config: {
    url: "http://127.0.0.1:8042",
    auth: { kind: "basic", user: "ann" },
    ca: "/etc/ca.pem",
    concurrency: 4,
    analysisMetadata: ["Own"],
  },
  hasSecret: true,
  state: "ok",
  lastSync: null,
  lastReport: null,
  error: null,
  progress: null,
  patients: 0,
  studies: 0,
  instances: 0,
  notes: 0,
  exams: 0,
  resources: 0,
  problems: 0,
};

describe("the form of a source", () => {
  it("keeps what it does not show when a server is edited", () => {
    const request = toRequest({ ...beginDraft("orthanc", server), url: " http://10.0.0.5:8042 " }, server);
    expect(request).toEqual({
      kind: "orthanc",
      config: { ...server.config, url: "http://10.0.0.5:8042" },
      secret: undefined,
    });
  });

  it("never shows a stored password, keeps it when the field stays empty and forgets it with the sign-in", () => {
    const draft = beginDraft("orthanc", server);
    expect(draft.secret).toBe("");
    expect(isFilled(draft, true)).toBe(true);
    expect(isFilled(draft, false)).toBe(false);
    expect(toRequest(draft, server).secret).toBeUndefined();
    expect(toRequest({ ...draft, secret: "new" }, server).secret).toBe("new");
    expect(toRequest({ ...draft, auth: "none" }, server).secret).toBeNull();
  });

  it("takes the certificate out when its field is emptied", () => {
    expect(toRequest({ ...beginDraft("orthanc", server), ca: "" }, server).config).not.toHaveProperty("ca");
  });

  it("offers the folder's own name, or the server's", () => {
    const draft = beginDraft("folder", undefined);
    expect(suggestName({ ...draft, path: "/media/usb/CT archive/" })).toBe("CT archive");
    expect(suggestName({ ...draft, path: "E:\\Images\\2024" })).toBe("2024");
    expect(suggestName({ ...draft, kind: "orthanc", url: "http://pacs.north.local:8042/x" })).toBe("pacs.north.local");
    expect(suggestName({ ...draft, kind: "orthanc", url: "not an address" })).toBe("");
  });
});
