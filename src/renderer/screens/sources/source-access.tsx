import type { ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { authKindOf } from "./auth-draft.ts";
import { BackendKey } from "./backend-key.tsx";
import { SignIn } from "./sign-in.tsx";

/** What lets Satchel in where a person has a part in it: a sign-in, or a public key for the server's administrator. */
export function SourceAccess({ source, onSignedIn }: { source: SourceSummary; onSignedIn: () => void }): ReactNode {
  const kind = authKindOf(source);
  if (kind === "pkce") return <SignIn source={source} onSignedIn={onSignedIn} />;
  return kind === "smart-backend" ? <BackendKey source={source} /> : null;
}
