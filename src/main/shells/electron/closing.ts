import type { BrowserWindow, Dialog } from "electron";

const STOP = 0;
const KEEP_OPEN = 1;

/**
 * Asks before a window is closed while work goes on. A job that is stopped goes on at the next start; nothing of it is lost.
 *
 * @param stop ends the application once nothing needs it any more; called once
 */
export function askBeforeClosing(
  window: BrowserWindow,
  dialog: Dialog,
  work: { readonly busy: boolean },
  stop: () => void,
): void {
  let asking = false;
  let stopping = false;
  const finish = (): void => {
    stopping = true;
    stop();
  };
  window.on("close", (event) => {
    event.preventDefault();
    if (stopping || asking) return;
    if (!work.busy) {
      finish();
      return;
    }
    asking = true;
    void ask(window, dialog).then((response) => {
      asking = false;
      // What ran may have ended while the question stood there: the answer is the same.
      if (response === STOP) finish();
      return undefined;
    });
  });
}

async function ask(window: BrowserWindow, dialog: Dialog): Promise<number> {
  const { response } = await dialog.showMessageBox(window, {
    type: "question",
    title: "Satchel",
    message: "Satchel is still at work.",
    detail:
      "An export that is stopped now goes on where it stopped when Satchel is started again. A copy to a stick is given up, and what was copied so far is removed.",
    buttons: ["Stop and resume at next start", "Keep open"],
    defaultId: KEEP_OPEN,
    cancelId: KEEP_OPEN,
    noLink: true,
  });
  return response;
}
