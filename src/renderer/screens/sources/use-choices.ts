import type { SourceChoices, SourceSummary } from "../../../contract/calls/sources.ts";
import { useCall } from "../../client/query.ts";
import type { SourceRequest } from "./source-draft.ts";

export interface AskedChoices {
  /** Undefined until the server was asked. */
  choices: SourceChoices | undefined;
  busy: boolean;
  error: Error | null;
  ask: () => void;
  reset: () => void;
}

/** What the server of a form has to choose from, once somebody asks. */
export function useChoices(source: SourceSummary | undefined, request: () => SourceRequest): AskedChoices {
  const call = useCall("sources.choices");
  return {
    choices: call.data,
    busy: call.isPending,
    error: call.error,
    ask() {
      const { secret, ...asked } = request();
      call.mutate({
        ...asked,
        ...(typeof secret === "string" ? { secret } : {}),
        ...(secret === undefined && source?.hasSecret === true ? { secretOf: source.name } : {}),
      });
    },
    reset: () => call.reset(),
  };
}
