import { calls, type Calls } from "../../contract/calls.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { Handlers } from "../../contract/rpc.ts";

/** Stands in, while the window is being built, for calls that have no handler yet. Goes when the last has one. */
export const unbuilt = Object.fromEntries(
  Object.keys(calls).map((name) => [
    name,
    () => {
      throw new SatchelError("USAGE", `${name} is not built yet.`);
    },
  ]),
) as unknown as Handlers<Calls>;
