/** @param count written for the reader's locale */
function studies(count: string): string {
  return count === "1" ? "1 study" : `${count} studies`;
}
function patients(count: string): string {
  return count === "1" ? "1 patient" : `${count} patients`;
}

export const browse = {
  studies,
  patients,
  table: {
    pickAll: "Select all that match",
    headingHint: "Enter sorts. Shift and an arrow key change the width.",
    columns: "Columns",
    narrower: (column: string) => `Narrower: ${column}`,
    wider: (column: string) => `Wider: ${column}`,
    earlier: (column: string) => `Earlier: ${column}`,
    later: (column: string) => `Later: ${column}`,
    reset: "As it was at first",
    beyond: (rows: number) =>
      `Only the first ${rows.toLocaleString()} rows can be shown in one list. Set a filter to reach the others.`,
  },
};
