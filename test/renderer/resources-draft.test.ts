import { describe, expect, it } from "vitest";
import type { SourceSummary } from "../../src/contract/calls/sources.ts";
import { fhirConfig } from "../../src/main/sources/fhir/fhir-config.ts";
import { jheConfig } from "../../src/main/sources/jhe/jhe-config.ts";
import { ndjsonConfig } from "../../src/main/sources/ndjson/ndjson-config.ts";
import { AUTH_KINDS, followsSaving, type AuthDraft } from "../../src/renderer/screens/sources/auth-draft.ts";
import {
  beginResourcesDraft,
  isResourcesFilled,
  suggestResourcesName,
  toResourcesRequest,
  type ResourceKind,
  type ResourcesDraft,
} from "../../src/renderer/screens/sources/resources-draft.ts";

function sourceOf(kind: string, config: Record<string, unknown>, hasSecret = true): SourceSummary {
  return {
    name: "North",
    kind,
    place: "",
    config,
    hasSecret,
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
}

function newDraft(
  kind: ResourceKind,
  part: Partial<ResourcesDraft> = {},
  auth: Partial<AuthDraft> = {},
): ResourcesDraft {
  const draft = beginResourcesDraft(kind, undefined);
  return { ...draft, url: "https://fhir.example.org/fhir", ...part, auth: { ...draft.auth, ...auth } };
}

const fhir = fhirConfig.parse({
  url: "https://fhir.example.org/fhir",
  tenant: "north",
  auth: { kind: "client-credentials", clientId: "satchel", tokenUrl: "https://id.example.org/token", send: "post" },
  types: ["Patient"],
  filters: ["Observation?category=laboratory"],
  patients: ["p1"],
  since: "2024-01-01T00:00:00Z",
  bulk: { use: "auto", group: "g1", level: "group", lists: "repeat", elements: ["id"] },
  limits: { callsPerMinute: 30, bytesPerMinute: 10_000_000 },
  attachments: true,
  pageSize: 50,
  concurrency: 2,
  ca: "/etc/authority.pem",
  timeZone: "Asia/Kolkata",
  issuer: "source:North",
});

describe("the form of a source of FHIR resources", () => {
  it("gives back what a server was set to, what it does not show included", () => {
    const source = sourceOf("fhir", fhir);
    const request = toResourcesRequest(beginResourcesDraft("fhir", source), source);
    expect(fhirConfig.parse(request.config)).toEqual(fhir);
    expect(request.secret).toBeUndefined();
  });

  it("gives back what an exchange and files were set to", () => {
    const jhe = jheConfig.parse({ url: "https://jhe.example.org", studies: ["30001"], callsPerMinute: 7, issuer: "" });
    const ofJhe = sourceOf("jhe", jhe, false);
    expect(jheConfig.parse(toResourcesRequest(beginResourcesDraft("jhe", ofJhe), ofJhe).config)).toEqual(jhe);
    const files = ndjsonConfig.parse({ path: "/srv/export", timeZone: "UTC", issuer: "source:files" });
    const ofFiles = sourceOf("ndjson", files, false);
    expect(ndjsonConfig.parse(toResourcesRequest(beginResourcesDraft("ndjson", ofFiles), ofFiles).config)).toEqual(
      files,
    );
  });

  it.each(AUTH_KINDS)("makes settings that the engine takes, let in by %s", (kind) => {
    const auth = { kind, user: "ann", clientId: "satchel", scope: " system/*.rs  openid ", redirectPort: "8400" };
    for (const one of ["fhir", "jhe"] as const) {
      const { config } = toResourcesRequest(newDraft(one, {}, auth), undefined);
      expect((one === "fhir" ? fhirConfig : jheConfig).parse(config).auth.kind).toBe(kind);
    }
  });

  it("links nobody unasked, and gives who is no longer linked an issuer of their own", () => {
    const fresh = toResourcesRequest(newDraft("fhir"), undefined).config;
    expect(fresh).not.toHaveProperty("issuer");
    expect(fresh["patientIdentifierSystem"]).toBe("");
    const linked = sourceOf("fhir", { ...fhir, issuer: "", patientIdentifierSystem: "urn:mrn" });
    const draft = beginResourcesDraft("fhir", linked);
    expect(draft.isLinked).toBe(true);
    expect(toResourcesRequest(draft, linked).config).toMatchObject({ issuer: "", patientIdentifierSystem: "urn:mrn" });
    const apart = toResourcesRequest({ ...draft, isLinked: false }, linked).config;
    expect(apart).toMatchObject({ issuer: "source:North", patientIdentifierSystem: "" });
  });

  it("never shows a secret, keeps it where nothing is typed, and forgets it with the kind that it was of", () => {
    const source = sourceOf("fhir", fhir);
    const draft = beginResourcesDraft("fhir", source);
    expect(draft.auth.secret).toBe("");
    expect(isResourcesFilled(draft, source)).toBe(true);
    const as = (auth: Partial<AuthDraft>) => toResourcesRequest({ ...draft, auth: { ...draft.auth, ...auth } }, source);
    expect(as({ secret: "new" }).secret).toBe("new");
    expect(as({ kind: "smart-backend" }).secret).toBeNull();
    expect(as({ kind: "pkce", secret: "typed before" }).secret).toBeNull();
    expect(as({ kind: "none" }).secret).toBeNull();
    expect(isResourcesFilled({ ...draft, auth: { ...draft.auth, kind: "bearer" } }, source)).toBe(false);
  });

  it("leaves a sign-in, and a key that is made here, for after the source is saved", () => {
    const pkce = newDraft("fhir", {}, { kind: "pkce", clientId: "portal" });
    expect(isResourcesFilled(pkce, undefined)).toBe(true);
    expect(followsSaving(pkce.auth, undefined)).toBe("sign-in");
    const backend = newDraft("fhir", {}, { kind: "smart-backend", clientId: "satchel" });
    expect(followsSaving(backend.auth, undefined)).toBe("key");
    const own = { ...backend, auth: { ...backend.auth, ownKey: true } };
    expect(followsSaving(own.auth, undefined)).toBeUndefined();
    expect(isResourcesFilled(own, undefined)).toBe(false);
    const signedIn = sourceOf("fhir", { ...fhir, auth: { kind: "pkce", clientId: "portal" } });
    expect(followsSaving(pkce.auth, signedIn)).toBeUndefined();
  });

  it("takes limits as they are typed: of downloads none where the field is empty", () => {
    const { limits } = fhirConfig.parse(
      toResourcesRequest(newDraft("fhir", { megabytesPerMinute: 10, exportsPerHour: 4 }), undefined).config,
    );
    expect(limits).toEqual({ callsPerMinute: 100, exportsPerHour: 4, bytesPerMinute: 10_000_000 });
    const source = sourceOf("fhir", fhir);
    const draft = { ...beginResourcesDraft("fhir", source), megabytesPerMinute: undefined };
    expect(fhirConfig.parse(toResourcesRequest(draft, source).config).limits.bytesPerMinute).toBeNull();
  });

  it("offers the server's name, or that of the file or folder", () => {
    expect(suggestResourcesName(newDraft("fhir"))).toBe("fhir.example.org");
    expect(suggestResourcesName(newDraft("ndjson", { path: "/srv/2024/Observation.ndjson.gz" }))).toBe("Observation");
    expect(suggestResourcesName(newDraft("ndjson", { path: "E:\\export\\" }))).toBe("export");
  });
});
