import type { TurnTaker } from "./turn.ts";

/** How often it is looked whether the run was stopped while nothing comes. */
const LOOK_MS = 50;

/** Chunks that the main thread sent to a worker and that nobody has taken yet. Every worker gets all of them. */
export class ChunkInbox<Chunk> {
  readonly #turn: TurnTaker;
  readonly #chunks = new Map<number, Chunk>();
  #arrived: () => void = () => undefined;
  #oldest: number | undefined;

  constructor(turn: TurnTaker) {
    this.#turn = turn;
  }

  add(first: number, chunks: readonly Chunk[]): void {
    let oldest = this.#oldest ?? first;
    while (oldest < first && this.#turn.hasPassed(oldest)) this.#chunks.delete(oldest++);
    this.#oldest = oldest;
    chunks.forEach((chunk, index) => this.#chunks.set(first + index, chunk));
    this.#arrived();
  }

  /** Takes a chunk out, once it is there. @returns undefined where the run was stopped meanwhile */
  async take(index: number): Promise<Chunk | undefined> {
    for (;;) {
      const chunk = this.#chunks.get(index);
      if (chunk !== undefined || this.#turn.stopped) {
        this.#chunks.delete(index);
        return chunk;
      }
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
        timer = setTimeout(resolve, LOOK_MS);
      });
      clearTimeout(timer);
    }
  }
}
