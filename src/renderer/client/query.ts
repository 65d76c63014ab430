import {
  keepPreviousData,
  useMutation,
  useQueries,
  useQuery,
  type UseMutationResult,
  type UseQueryOptions,
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
  options: AnswerOptions = {},
): UseQueryResult<AnswerOf<K>> {
  return useQuery(question(useClient(), name, input, options));
}

/** Several answers to one call side by side, for instance the windows of a list: each is kept and asked for by itself. */
export function useAnswers<K extends CallName>(
  name: K,
  inputs: readonly InputOf<K>[],
  options: AnswerOptions = {},
): UseQueryResult<AnswerOf<K>>[] {
  const client = useClient();
  return useQueries({ queries: inputs.map((input) => question(client, name, input, options)) });
}

interface AnswerOptions {
  enabled?: boolean;
  keepPrevious?: boolean;
  outside?: boolean;
}

function question<K extends CallName>(
  client: Client<Calls>,
  name: K,
  input: InputOf<K>,
  { enabled = true, keepPrevious = false, outside = false }: AnswerOptions,
): UseQueryOptions<AnswerOf<K>> {
  return {
    queryKey: [name, input],
    queryFn: ({ signal }) =>
      (client[name] as (input: unknown, signal: AbortSignal) => Promise<AnswerOf<K>>)(input, signal),
    enabled,
    ...(outside ? { refetchOnMount: "always", refetchOnWindowFocus: "always" } : {}),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  };
}

/** A call that changes something. What has become old is told by the engine. */
export function useCall<K extends CallName>(name: K): UseMutationResult<AnswerOf<K>, Error, InputOf<K>> {
  const client = useClient();
  return useMutation({
    mutationFn: (input: InputOf<K>) => (client[name] as (input: unknown) => Promise<AnswerOf<K>>)(input),
  });
}
