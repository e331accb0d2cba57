// What the kinds of columns have in common: row n is the task with the n-th lowest id.

/** A column on its way from the database, see queries.ts. `lowered`: of texts, the lower case where it differs. */
export type WireColumn = { bytes: Uint8Array; lowered?: Uint8Array }

/** `Decoded`: the values of as many tasks as travelled together. */
export interface Column<Decoded = unknown> {
  /** Raised by the table with every value that changed, so that whatever was made of the column is known to be old. */
  version: number
  /** Memory it takes. */
  readonly bytes: number
  reserve(capacity: number): void
  /** @param count how many tasks */
  decode(wire: WireColumn, count: number): Decoded
  differs(decoded: Decoded, at: number, row: number): boolean
  set(decoded: Decoded, at: number, row: number): void
  /**
   * Rewrites the rows from `from` on: a source ≥ 0 is a row as it was, one below 0 the decoded value `~source`.
   * @param rows how many rows there were
   */
  insert(from: number, rows: number, sources: Int32Array, decoded: Decoded): void
}
