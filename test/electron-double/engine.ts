import type { Page } from "playwright-core";
import { calls, type Calls } from "../../src/contract/calls.ts";
import { connect, type Client } from "../../src/contract/rpc.ts";

/**
 * Calls the application over the page's own bridge, as the page does. Its numbers begin where those of the page's client never get to:
 * each side passes over answers to the other's.
 */
export async function engineOf(page: Page): Promise<Client<Calls>> {
  const FIRST_ID = 1_000_000;
  const handlers: ((text: string) => void)[] = [];
  await page.exposeFunction("toTest", (text: string) => {
    const frame = JSON.parse(text) as { id: number };
    if (frame.id < FIRST_ID) return;
    for (const handler of handlers) handler(JSON.stringify({ ...frame, id: frame.id - FIRST_ID }));
  });
  await page.evaluate(`window.satchel.onText((text) => window.toTest(text))`);
  return connect(calls, {
    send(text) {
      const frame = JSON.parse(text) as { id: number };
      const sent = JSON.stringify({ ...frame, id: frame.id + FIRST_ID });
      page.evaluate(`window.satchel.send(${JSON.stringify(sent)})`).catch(() => undefined);
    },
    onText: (handler) => void handlers.push(handler),
    onClose: () => undefined,
    close: () => undefined,
  });
}
