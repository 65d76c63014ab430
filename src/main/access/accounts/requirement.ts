import type { Calls } from "../../../contract/calls.ts";
import type { OutputOf, ParsedInputOf } from "../../../contract/rpc.ts";
import type { Viewer } from "./viewer.ts";

/**
 * Who may make a call. `anyone`: also before somebody signs in; `signed-in`: every account, within what it may see; `identified`: accounts
 * that see identity, within what is assigned to them; `administrator`.
 */
export type Who = "anyone" | "signed-in" | "identified" | "administrator";

/** What a call needs. Of accounts that are no administrator, `narrow` cuts down what is asked for and `show` what is answered. */
export interface Requirement<Name extends keyof Calls> {
  who: Who;
  /** Before the handler. @throws SatchelError NOT_ALLOWED, NOT_FOUND */
  narrow?(input: ParsedInputOf<Calls[Name]>, viewer: Viewer): ParsedInputOf<Calls[Name]>;
  /** Of each answer, or each value of a stream. @throws SatchelError NOT_ALLOWED, NOT_FOUND */
  show?(output: OutputOf<Calls[Name]>, viewer: Viewer, input: ParsedInputOf<Calls[Name]>): OutputOf<Calls[Name]>;
  /** The answer of a call that anyone may make, where nobody is signed in. */
  toNobody?(output: OutputOf<Calls[Name]>): OutputOf<Calls[Name]>;
}

export type Requirements<Names extends keyof Calls = keyof Calls> = { [Name in Names]: Requirement<Name> };

/** Of the calls whose names begin with one of these words. */
export type RequirementsOf<Prefix extends string> = Requirements<Extract<keyof Calls, `${Prefix}.${string}`>>;
