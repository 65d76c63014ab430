import { placeOf } from "../review/place.ts";
import type { CallContext } from "./context.ts";
import type { Calls } from "../../contract/calls.ts";
import type { Handlers } from "../../contract/rpc.ts";

export function tagHandlers(context: CallContext): Pick<Handlers<Calls>, "find.tags"> {
  return {
    "find.tags": ({ instance }, signal) => {
      const place = placeOf(context.workspace, instance);
      return context.looking.ask({ kind: "tags", place }, signal);
    },
  };
}
