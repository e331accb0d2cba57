// What lies near a place, without looking at everything: by the cell of a grid that each thing lies in. Pure.

export type NearCells<T> = {
  /** All that lies less than a cell away, across and down, and some that lies further. */
  near(x: number, y: number): T[]
  put(x: number, y: number, thing: T): void
}

export function createNearCells<T>(width: number, height: number): NearCells<T> {
  const cells = new Map<string, T[]>()
  const cellOf = (x: number, y: number) => [Math.floor(x / width), Math.floor(y / height)] as const
  return {
    near(x, y) {
      const [column, row] = cellOf(x, y)
      return [-1, 0, 1].flatMap((c) => [-1, 0, 1].flatMap((r) => cells.get(`${column + c} ${row + r}`) ?? []))
    },
    put(x, y, thing) {
      const key = cellOf(x, y).join(' ')
      const there = cells.get(key)
      if (there) there.push(thing)
      else cells.set(key, [thing])
    },
  }
}
