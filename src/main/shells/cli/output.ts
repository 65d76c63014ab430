import { toErrorRecord, type ErrorRecord } from "../../../contract/errors.ts";

/** Where a command writes. Results go to stdout, everything else to stderr. */
export interface Output {
  readonly json: boolean;
  /** stderr is a terminal: bars may be drawn. */
  readonly terminal: boolean;
  /** A line for a person; nothing with --json. */
  line(text: string): void;
  /** One JSON document, or one line of NDJSON; nothing without --json. */
  document(value: unknown): void;
  /** A line about what goes on; never on stdout. */
  note(text: string): void;
  error(thrown: unknown): ErrorRecord;
}

export function createOutput(json: boolean): Output {
  return {
    json,
    terminal: process.stderr.isTTY && !json,
    line(text) {
      if (!json) process.stdout.write(`${text}\n`);
    },
    document(value) {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    note(text) {
      process.stderr.write(`${text}\n`);
    },
    error(thrown) {
      const record = toErrorRecord(thrown);
      if (json) process.stdout.write(`${JSON.stringify({ error: record })}\n`);
      else
        process.stderr.write(
          `${record.message}${record.next === undefined ? "" : ` ${record.next}`} [${record.code}]\n`,
        );
      return record;
    },
  };
}
