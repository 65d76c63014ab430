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

/**
 * Without what a terminal could be made to obey: names of files and entries come from others. Line ends and tabs stay.
 */
function plain(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "?");
}

/**
 * A reader that had enough (`satchel find … | head`), or a terminal that was closed, ends what is said and not what is done: an export
 * goes on to its end.
 */
function goOnUnheard(stream: NodeJS.WriteStream): void {
  if (stream.listenerCount("error", ignoreDeafReader) === 0) stream.on("error", ignoreDeafReader);
}

function ignoreDeafReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "EIO" && error.code !== "ERR_STREAM_DESTROYED") throw error;
}

export function createOutput(json: boolean): Output {
  goOnUnheard(process.stdout);
  goOnUnheard(process.stderr);
  return {
    json,
    terminal: process.stderr.isTTY && !json,
    line(text) {
      if (!json) process.stdout.write(`${plain(text)}\n`);
    },
    document(value) {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    note(text) {
      process.stderr.write(`${plain(text)}\n`);
    },
    error(thrown) {
      const record = toErrorRecord(thrown);
      if (json) process.stdout.write(`${JSON.stringify({ error: record })}\n`);
      else
        process.stderr.write(
          `${plain(record.message)}${record.next === undefined ? "" : ` ${plain(record.next)}`} [${record.code}]\n`,
        );
      return record;
    },
  };
}
