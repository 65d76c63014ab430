/** As far as tests use it; the package brings no types. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  interface FoundToken {
    isValid: boolean;
    scope?: string;
    clientId?: string;
    accountId?: string;
    destroy(): Promise<void>;
  }

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    readonly ClientCredentials: { find(token: string): Promise<FoundToken | undefined> };
    readonly AccessToken: { find(token: string): Promise<FoundToken | undefined> };
    on(event: string, listener: (...values: unknown[]) => void): this;
  }
}
