/** What a page is sent at most: a hostile header may have half a million elements, and a frame of the wire has an end. */
const MOST_ROWS = 20_000;
const MOST_CHARACTERS = 4_000_000;

/** Rows of a table, as many as a page can take; those beyond are counted. */
export class BoundedRows<Row> {
  readonly rows: Row[] = [];
  #characters = 0;
  #left = 0;

  /** @param texts what of the row may be long */
  add(row: Row, ...texts: readonly (string | null)[]): void {
    const characters = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
    if (this.rows.length >= MOST_ROWS || this.#characters + characters > MOST_CHARACTERS) {
      this.#left++;
      return;
    }
    this.#characters += characters;
    this.rows.push(row);
  }

  /** A sentence for the last row, where not all are there. */
  get rest(): string | undefined {
    return this.#left === 0 ? undefined : `${this.#left} more rows are not shown`;
  }
}
