/**
 * Who may take the next place in the package. Workers make entries side by side, but places are given in plan order, so that a
 * package has the same bytes however many workers made it, and after however many interruptions.
 *
 * Shared memory, 32 bytes: [next item to take, item whose turn it is, stop flag, whether an item left something, cursor (64 bit), -]
 */
const NEXT = 0;
const TURN = 1;
const STOP = 2;
const OPENED = 3;
const CURSOR = 2;

export interface Turn {
  readonly memory: SharedArrayBuffer;
}

/** @param item the first item of this run, and @param offset where its first entry goes. */
export function createTurn(item: number, offset: number, opened = false): Turn {
  const memory = new SharedArrayBuffer(32);
  const words = new Int32Array(memory);
  words[NEXT] = item;
  words[TURN] = item;
  words[OPENED] = Number(opened);
  new BigInt64Array(memory)[CURSOR] = BigInt(offset);
  return { memory };
}

/** A worker's hold on the shared turn. */
export class TurnTaker {
  readonly #words: Int32Array;
  readonly #cursor: BigInt64Array;

  constructor(turn: Turn) {
    this.#words = new Int32Array(turn.memory);
    this.#cursor = new BigInt64Array(turn.memory);
  }

  /** The next item nobody has taken. Each is given once; the caller must `pass` it, whatever becomes of it. */
  take(): number {
    return Atomics.add(this.#words, NEXT, 1);
  }

  /** Resolves true when it is the turn of `item`, false when the run was stopped. Synchronous when the turn is there already. */
  async wait(item: number): Promise<boolean> {
    for (;;) {
      if (this.stopped) return false;
      const turn = Atomics.load(this.#words, TURN);
      if (turn === item) return true;
      const waiting = Atomics.waitAsync(this.#words, TURN, turn, 250);
      if (waiting.async) await waiting.value;
    }
  }

  /** As `wait`, without letting anything else on this thread have its turn: within a transaction of the catalog. */
  waitHere(item: number): boolean {
    for (;;) {
      if (this.stopped) return false;
      const turn = Atomics.load(this.#words, TURN);
      if (turn === item) return true;
      Atomics.wait(this.#words, TURN, turn, 250);
    }
  }

  /** True once `item` has had its turn. */
  hasPassed(item: number): boolean {
    return Atomics.load(this.#words, TURN) > item;
  }

  get stopped(): boolean {
    return Atomics.load(this.#words, STOP) !== 0;
  }

  /** Only the holder of the turn: reserves `bytes` and returns where they go. */
  claim(bytes: number): number {
    return Number(Atomics.add(this.#cursor, CURSOR, BigInt(bytes)));
  }

  /** Only the holder of the turn: that its item leaves something. @returns whether one before it did */
  open(): boolean {
    return Atomics.exchange(this.#words, OPENED, 1) !== 0;
  }

  /** Only the holder of the turn: the next item may go. */
  pass(item: number): void {
    Atomics.store(this.#words, TURN, item + 1);
    Atomics.notify(this.#words, TURN);
  }
}

/** Lets every worker stop at its next look. */
export function stopTurn(turn: Turn): void {
  const words = new Int32Array(turn.memory);
  Atomics.store(words, STOP, 1);
  Atomics.notify(words, TURN);
}
