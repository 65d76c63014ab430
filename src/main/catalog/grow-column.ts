type Column = Uint8Array | Int32Array | Float64Array;

/** A column in memory with room for more rows; what it holds stays. */
export function growColumn<Kind extends Column>(column: Kind, length: number): Kind {
  const larger = new (column.constructor as new (length: number) => Kind)(length);
  larger.set(column);
  return larger;
}
