/**
 * The line between a test and the double, which run in two processes: the double tells what the application asked of the platform, the
 * test says what a person answers and does.
 */
export interface Recorded {
  /** "dialog.showMessageBox", "powerSaveBlocker.start" ... */
  what: string;
  args: unknown[];
}
export type ToTest = { recorded: Recorded } | { debugger: string };
export type ToDouble =
  /** The next dialog of this kind is answered so. */
  | { answer: string; value: unknown }
  /** A person does something to the window, or a test as the main process would. */
  | { act: "close" | "maximize" | "resize" | "load" | "click-menu"; value?: unknown };

const answers = new Map<string, unknown[]>();
const waiting = new Map<string, ((value: unknown) => void)[]>();
let actor: (message: Extract<ToDouble, { act: string }>) => void = () => undefined;

export function tell(message: ToTest): void {
  process.send?.(message);
}

export function record(what: string, ...args: unknown[]): void {
  tell({ recorded: { what, args: JSON.parse(JSON.stringify(args)) as unknown[] } });
}

/** Resolves with what the test answers; waits for it. */
export function answerOf(what: string): Promise<unknown> {
  const given = answers.get(what)?.shift();
  if (given !== undefined) return Promise.resolve(given);
  return new Promise((resolve) => waiting.set(what, [...(waiting.get(what) ?? []), resolve]));
}

export function onAct(handler: typeof actor): void {
  actor = handler;
}

process.on("message", (message: ToDouble) => {
  if ("act" in message) {
    actor(message);
    return;
  }
  const wake = waiting.get(message.answer)?.shift();
  if (wake === undefined) answers.set(message.answer, [...(answers.get(message.answer) ?? []), message.value]);
  else wake(message.value);
});
// A test that goes away takes the application with it.
process.on("disconnect", () => process.exit(1));
