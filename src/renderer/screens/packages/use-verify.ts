import type { Calls } from "../../../contract/calls.ts";
import type { Client } from "../../../contract/rpc.ts";
import { useClient } from "../../client/client.tsx";
import { useStream, type Streaming } from "../../client/stream.ts";

export type VerifyEvent =
  ReturnType<Client<Calls>["packages.verify"]> extends AsyncIterable<infer Event> ? Event : never;

export interface Verifying extends Streaming<VerifyEvent> {
  begin: () => void;
  cancel: () => void;
}

/** Reads a package again, file by file. */
export function useVerify(path: string): Verifying {
  const client = useClient();
  const { start, cancel, ...state } = useStream<VerifyEvent>();
  return { ...state, cancel, begin: () => start((signal) => client["packages.verify"]({ path }, signal)) };
}
