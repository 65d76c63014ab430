import {
  keepPreviousData,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import type { Calls } from "../../contract/calls.ts";
import type { Client } from "../../contract/rpc.ts";
import { useClient } from "./client.tsx";

type CallName = { [K in keyof Calls]: Calls[K]["kind"] extends "call" ? K : never }[keyof Calls];
type InputOf<K extends CallName> = Parameters<Client<Calls>[K]>[0];
type AnswerOf<K extends CallName> = Client<Calls>[K] extends (...args: never[]) => Promise<infer O> ? O : never;

/**
 * Asks once and again whenever the engine says that the answer is old. The key is the call's name and its input. `outside`: the answer also
 * tells of what changes outside Satchel (a stick that is pulled out), so it is asked for each time somebody comes to look.
 */
export function useAnswer<K extends CallName>(
  name: K,
  input: InputOf<K>,
  options: { enabled?: boolean; keepPrevious?: boolean; outside?: boolean } = {},
): UseQueryResult<AnswerOf<K>> {
  const client = useClient();
  return useQuery({
    queryKey: [name, input],
    queryFn: ({ signal }) =>
      (client[name] as (input: unknown, signal: AbortSignal) => Promise<AnswerOf<K>>)(input, signal),
    enabled: options.enabled ?? true,
    ...(options.outside === true ? { refetchOnMount: "always" as const, refetchOnWindowFocus: "always" as const } : {}),
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
}

/** A call that changes something. What has become old is told by the engine. */
export function useCall<K extends CallName>(name: K): UseMutationResult<AnswerOf<K>, Error, InputOf<K>> {
  const client = useClient();
  return useMutation({
    mutationFn: (input: InputOf<K>) => (client[name] as (input: unknown) => Promise<AnswerOf<K>>)(input),
  });
}
