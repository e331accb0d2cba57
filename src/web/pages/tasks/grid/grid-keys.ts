// Where a key moves the active cell. Pure. Row −1 is the header.

export type Cell = { row: number; col: number }
export const HEADER_ROW = -1

type Extent = { rows: number; cols: number; page: number }

/** The cell that a navigation key leads to; null if the key is none. */
export function cellAfterKey(key: string, at: Cell, { rows, cols, page }: Extent): Cell | null {
  const row = (r: number) => Math.max(HEADER_ROW, Math.min(rows - 1, r))
  const col = (c: number) => Math.max(0, Math.min(cols - 1, c))
  switch (key) {
    case 'ArrowUp':
      return { ...at, row: row(at.row - 1) }
    case 'ArrowDown':
      return { ...at, row: row(at.row + 1) }
    case 'ArrowLeft':
      return { ...at, col: col(at.col - 1) }
    case 'ArrowRight':
      return { ...at, col: col(at.col + 1) }
    case 'PageUp':
      return { ...at, row: Math.max(0, row(at.row - page)) }
    case 'PageDown':
      return { ...at, row: row(at.row + page) }
    case 'Home':
      return { ...at, row: rows > 0 ? 0 : HEADER_ROW }
    case 'End':
      return { ...at, row: rows - 1 }
    default:
      return null
  }
}
