import { SatchelError } from "../../contract/errors.ts";

/** Why a sync ends where Satchel is closed: what it has under way at a server is left there, to be taken up again. */
export class ClosingError extends SatchelError {
  constructor() {
    super("CANCELLED", "Satchel is being closed.");
  }
}
