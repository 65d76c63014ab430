import { join } from "node:path";

/** Where another process leaves its wish that a job stop. */
export function cancelFile(scratch: string, id: number): string {
  return join(scratch, `cancel-${id}`);
}
