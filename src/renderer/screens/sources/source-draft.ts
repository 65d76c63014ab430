import type { SourceSummary } from "../../../contract/calls/sources.ts";

export type AuthKind = "none" | "basic" | "bearer";

/** What stands in the fields of the form. */
export interface SourceDraft {
  kind: string;
  /** "" until somebody names it: then it is offered by `suggestName`. */
  name: string;
  path: string;
  url: string;
  auth: AuthKind;
  user: string;
  secret: string;
  ca: string;
}

/** What the engine is asked with. */
export interface SourceRequest {
  kind: string;
  config: Record<string, unknown>;
  /** Undefined: as it is; null: none any more. */
  secret: string | null | undefined;
}

/** The form for a new source, or of one that is there: its secret never comes back. */
export function beginDraft(kind: string, source: SourceSummary | undefined): SourceDraft {
  const config = source?.config ?? {};
  const auth = config["auth"] as { kind?: AuthKind; user?: string } | undefined;
  return {
    kind,
    name: source?.name ?? "",
    path: textOf(config["path"]),
    url: textOf(config["url"]),
    auth: auth?.kind ?? "none",
    user: auth?.user ?? "",
    secret: "",
    ca: textOf(config["ca"]),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The folder's own name, or the server's: better than "Source 1". */
export function suggestName({ kind, path, url }: SourceDraft): string {
  if (kind === "folder") return path.split(/[/\\]/).findLast((one) => one !== "") ?? "";
  return URL.canParse(url) ? new URL(url).hostname : "";
}

/** @returns whether everything that is needed stands there; whether it is right, the test tells */
export function isFilled(draft: SourceDraft, hasSecret: boolean): boolean {
  if (draft.kind === "folder") return draft.path !== "";
  const secretGiven = draft.secret !== "" || hasSecret;
  return draft.url !== "" && (draft.auth === "none" || secretGiven) && (draft.auth !== "basic" || draft.user !== "");
}

/** What is not in the form (how many requests at once, where analyses lie) stays as it was. */
export function toRequest(draft: SourceDraft, before: SourceSummary | undefined): SourceRequest {
  const { kind } = draft;
  if (kind === "folder") return { kind, config: { ...before?.config, path: draft.path.trim() }, secret: undefined };
  const { ca: _before, ...kept } = before?.config ?? {};
  const auth = draft.auth === "basic" ? { kind: draft.auth, user: draft.user.trim() } : { kind: draft.auth };
  return {
    kind,
    config: { ...kept, url: draft.url.trim(), auth, ...(draft.ca === "" ? {} : { ca: draft.ca.trim() }) },
    secret: draft.auth === "none" ? null : draft.secret === "" ? undefined : draft.secret,
  };
}
