/** What the comparisons of tables are told. */
export interface TableBench {
  /** Holds corpora, which stay, and everything else, which does not. */
  cache: string;
  /** Notes. */
  rows: number;
  /** Rows of the workbook. */
  sheetRows: number;
  runs: number;
  wanted: (name: string) => boolean;
}
