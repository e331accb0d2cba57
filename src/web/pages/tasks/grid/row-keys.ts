// Which element of the document shows which row. A row keeps its own while it is drawn; after a jump to rows of which
// none was drawn, their elements are taken over from those that are gone: filling thirty rows is quicker than making them.

/** A row and the key of its element. */
export type KeyedRow = { row: number; key: number }

/**
 * @param before what was drawn last, from the top
 * @param rows ascending
 * @returns these rows, no key twice. Elements that stay keep their order: moving one would take the focus from it.
 */
export function keyRows(before: readonly KeyedRow[], rows: readonly number[]): KeyedRow[] {
  const keyOf = new Map(before.map(({ row, key }) => [row, key]))
  const [held = -1, ...others] = rows.filter((row) => keyOf.has(row))
  // The active row is drawn wherever it is, and no sign of a jump that it stays.
  const isJump = others.length === 0
  const free = { above: [] as number[], below: [] as number[] }
  if (isJump) for (const { row, key } of before) if (row !== held) free[row < held ? 'above' : 'below'].push(key)
  let fresh = Math.max(-1, ...keyOf.values()) + 1
  return rows.map((row) => ({
    row,
    key: keyOf.get(row) ?? free[row < held ? 'above' : 'below'].shift() ?? fresh++,
  }))
}

/** The row that a cell's element shows now. */
export const rowOf = (cell: HTMLElement): number => Number(cell.parentElement?.dataset.row)
