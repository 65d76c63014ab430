import type { BrowserWindow, PowerSaveBlocker } from "electron";

/** Keeps the machine awake while work goes on and shows its progress on the taskbar or the dock. */
export class Activity {
  readonly #blocker: PowerSaveBlocker;
  #window: BrowserWindow | undefined;
  #blocking: number | undefined;
  #progress: number | null = null;

  constructor(blocker: PowerSaveBlocker) {
    this.#blocker = blocker;
  }

  get busy(): boolean {
    return this.#blocking !== undefined;
  }

  showOn(window: BrowserWindow): void {
    this.#window = window;
    this.#show();
  }

  /** @param progress 0 to 1; null where it is not known */
  tell(busy: boolean, progress: number | null): void {
    this.#progress = progress;
    if (busy) this.#blocking ??= this.#blocker.start("prevent-app-suspension");
    else if (this.#blocking !== undefined) {
      this.#blocker.stop(this.#blocking);
      this.#blocking = undefined;
    }
    this.#show();
  }

  #show(): void {
    if (this.#window === undefined || this.#window.isDestroyed()) return;
    // Below 0 takes the bar away, above 1 shows one that only moves.
    this.#window.setProgressBar(this.busy ? (this.#progress ?? 2) : -1);
  }
}
