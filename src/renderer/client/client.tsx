import { QueryCache, QueryClient, QueryClientProvider, type Query } from "@tanstack/react-query";
import { createContext, use, useEffect, useState, type ReactNode } from "react";
import { calls, type Calls } from "../../contract/calls.ts";
import type { ChangeTopic } from "../../contract/calls/workspace.ts";
import { SatchelError } from "../../contract/errors.ts";
import { connect, type Client } from "../../contract/rpc.ts";
import { OldAddressError } from "./session.ts";
import { openWire } from "./wire.ts";

/** Which answers a change makes old: all whose call begins with one of these words. */
const STALE: Record<ChangeTopic, readonly string[]> = {
  workspace: [""],
  // A new key, or a sign-in: what the source is let in by.
  sources: ["sources.", "sourceAuth."],
  catalog: ["find.", "records.", "resources.", "sources.", "exports.", "views.", "quality."],
  keys: ["keys.", "exports.", "views.", "quality."],
  recipes: ["recipes."],
  jobs: ["jobs."],
  // What has been made takes names and room from what is planned.
  packages: ["packages.", "exports.plan"],
  audit: ["audit."],
  settings: ["settings."],
  users: ["users."],
};

/**
 * `lost` bears the last client, which fails every call with CONNECTION_LOST: screens stay as they are, with what was typed into them, until
 * there is a new one. `refused`: the address of this page is good no more; trying again would not help.
 */
export type Connection =
  | { state: "connecting" | "refused" }
  | { state: "lost"; client: Client<Calls> | undefined }
  | { state: "open"; client: Client<Calls> };

const ConnectionContext = createContext<Connection>({ state: "connecting" });

/** Answers stay until a change makes them old: the engine tells (changes.watch), so nothing is asked twice for nothing. */
const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // Signed out by the engine: the page shows where to sign in.
      if (error instanceof SatchelError && error.code === "SIGN_IN_NEEDED")
        void queryClient.invalidateQueries({ queryKey: ["users.me"] });
    },
  }),
  defaultOptions: {
    queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, networkMode: "always" },
    mutations: { retry: false, networkMode: "always" },
  },
});

/** First wait before connecting again, doubled up to the longest. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

/** Keeps one connection to the engine, connects anew when it is lost, and makes old answers stale. */
export function ClientProvider({ children }: { children: ReactNode }): ReactNode {
  const [connection, setConnection] = useState<Connection>({ state: "connecting" });
  useEffect(() => {
    const stop = new AbortController();
    void keepConnected(setConnection, stop.signal);
    return () => stop.abort();
  }, []);
  // Here and not where the connection is made: the screens have taken the new client by now.
  useEffect(() => {
    if (connection.state === "open") void queryClient.invalidateQueries();
  }, [connection]);
  return (
    <QueryClientProvider client={queryClient}>
      <ConnectionContext value={connection}>{children}</ConnectionContext>
    </QueryClientProvider>
  );
}

async function keepConnected(tell: (connection: Connection) => void, signal: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS;
  let client: Client<Calls> | undefined;
  while (!signal.aborted) {
    try {
      const wire = await openWire();
      if (signal.aborted) {
        wire.close();
        return;
      }
      client = connect(calls, wire);
      tell({ state: "open", client });
      wait = FIRST_WAIT_MS;
      for await (const { topics } of client["changes.watch"]({}, signal)) markStale(topics);
    } catch (thrown) {
      if (thrown instanceof OldAddressError) {
        tell({ state: "refused" });
        return;
      }
      // Whatever else it was, the connection is gone: say so and try again.
    }
    if (signal.aborted) return;
    tell({ state: "lost", client });
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

function markStale(topics: readonly ChangeTopic[]): void {
  const prefixes = topics.flatMap((topic) => STALE[topic]);
  const predicate = ({ queryKey }: Query): boolean => prefixes.some((prefix) => String(queryKey[0]).startsWith(prefix));
  // An answer that is awaited for the first time is not asked for again by TanStack Query, and what comes may be of before the change.
  for (const query of queryClient.getQueryCache().findAll({ predicate, fetchStatus: "fetching" })) {
    if (query.state.data !== undefined) continue;
    const again = (): void => void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
    query.promise?.then(again, again);
  }
  void queryClient.invalidateQueries({ predicate });
}

export function useConnection(): Connection {
  return use(ConnectionContext);
}

/** @throws SatchelError CONNECTION_LOST where there has been no connection yet: screens are only shown with one */
export function useClient(): Client<Calls> {
  const connection = useConnection();
  const client = "client" in connection ? connection.client : undefined;
  if (client === undefined) throw new SatchelError("CONNECTION_LOST", "The connection to Satchel is lost.");
  return client;
}
