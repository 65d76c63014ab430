import type { SourceSummary } from "../../../contract/calls/sources.ts";

export const AUTH_KINDS = ["none", "bearer", "basic", "client-credentials", "smart-backend", "pkce"] as const;
export type ServerAuthKind = (typeof AUTH_KINDS)[number];

export const KEY_ALGORITHMS = ["ES384", "RS384"] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** How a FHIR server is told who asks, as it stands in the fields of a form. Fields of other kinds keep what was typed. */
export interface AuthDraft {
  kind: ServerAuthKind;
  user: string;
  clientId: string;
  /** "": what the server names. */
  tokenUrl: string;
  /** "": what the server names. */
  authorizeUrl: string;
  /** "": what the kind of authentication asks for. */
  scope: string;
  send: "basic" | "post";
  /** "" stands for any. */
  redirectPort: string;
  /** Password, token, client secret or private key. */
  secret: string;
  /** The private key is given, not made here. */
  ownKey: boolean;
  algorithm: KeyAlgorithm;
}

export function beginAuthDraft(source: SourceSummary | undefined): AuthDraft {
  const auth = storedAuth(source);
  const text = (name: string): string => (typeof auth[name] === "string" ? auth[name] : "");
  const port = auth["redirectPort"];
  return {
    kind: authKindOf(source),
    user: text("user"),
    clientId: text("clientId"),
    tokenUrl: text("tokenUrl"),
    authorizeUrl: text("authorizeUrl"),
    scope: text("scope"),
    send: auth["send"] === "post" ? "post" : "basic",
    redirectPort: typeof port === "number" && port > 0 ? String(port) : "",
    secret: "",
    ownKey: false,
    algorithm: "ES384",
  };
}

function storedAuth(source: SourceSummary | undefined): Record<string, unknown> {
  const auth = source?.config["auth"];
  return typeof auth === "object" && auth !== null ? (auth as Record<string, unknown>) : {};
}

/** How a source is let in; "none" where it says nothing of it. */
export function authKindOf(source: SourceSummary | undefined): ServerAuthKind {
  const { kind } = storedAuth(source);
  return AUTH_KINDS.find((one) => one === kind) ?? "none";
}

/** Whether what is stored is a secret of the kind that is chosen now. */
export function isSecretKept({ kind }: AuthDraft, source: SourceSummary | undefined): boolean {
  return source?.hasSecret === true && authKindOf(source) === kind;
}

/** What comes only after the source is saved: a sign-in, or a key that Satchel makes. */
export function followsSaving(auth: AuthDraft, source: SourceSummary | undefined): "sign-in" | "key" | undefined {
  if (isSecretKept(auth, source)) return undefined;
  if (auth.kind === "pkce") return "sign-in";
  return auth.kind === "smart-backend" && !auth.ownKey ? "key" : undefined;
}

export function isAuthFilled(auth: AuthDraft, source: SourceSummary | undefined): boolean {
  const { kind, secret } = auth;
  if (kind === "none") return true;
  const hasSecret = secret.trim() !== "" || isSecretKept(auth, source);
  if (kind === "bearer") return hasSecret;
  if (kind === "basic") return hasSecret && auth.user.trim() !== "";
  return auth.clientId.trim() !== "" && (hasSecret || followsSaving(auth, source) !== undefined);
}

/** As a configuration has it: what is empty is left to the server. */
export function toAuthConfig(auth: AuthDraft): Record<string, unknown> {
  const { kind } = auth;
  if (kind === "none" || kind === "bearer") return { kind };
  if (kind === "basic") return { kind, user: auth.user.trim() };
  const client = {
    kind,
    clientId: auth.clientId.trim(),
    ...given("tokenUrl", auth.tokenUrl),
    ...given("scope", auth.scope.replaceAll(/\s+/g, " ")),
  };
  if (kind === "client-credentials") return { ...client, send: auth.send };
  if (kind === "smart-backend") return client;
  return {
    ...client,
    ...given("authorizeUrl", auth.authorizeUrl),
    ...(auth.redirectPort === "" ? {} : { redirectPort: Number(auth.redirectPort) }),
  };
}

/** @returns undefined: as it is; null: none any more. A secret of one kind is none of another */
export function toSecret(auth: AuthDraft, source: SourceSummary | undefined): string | null | undefined {
  const takesOne = auth.kind !== "none" && auth.kind !== "pkce" && (auth.kind !== "smart-backend" || auth.ownKey);
  if (takesOne && auth.secret.trim() !== "") return auth.kind === "basic" ? auth.secret : auth.secret.trim();
  return isSecretKept(auth, source) ? undefined : null;
}

function given(name: string, value: string): Record<string, string> {
  return value.trim() === "" ? {} : { [name]: value.trim() };
}
