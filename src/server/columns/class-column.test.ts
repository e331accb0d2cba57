import { expect, test } from 'vitest'
import { ClassColumn } from './class-column.ts'
import { wireRows } from './test-wire.ts'

const TASKS = 300
const countsOf = (round: number, i: number): Record<string, number> =>
  (round + i) % 5 === 0
    ? {}
    : Object.fromEntries(Array.from({ length: 1 + ((round * i) % 9) }, (_, n) => [String(n + 1), round + i + n]))

test('counts stay right however often they change: the gaps they leave are closed', () => {
  const column = new ClassColumn(TASKS)
  const decode = (round: number, of: readonly number[]) => {
    const tasks = of.map((i) => ({ id: i + 1, class_counts: countsOf(round, i) }))
    return column.decode(wireRows(tasks, ['class_counts']).columns.class_counts as never, of.length)
  }
  const all = Array.from({ length: TASKS }, (_, i) => i)
  column.insert(
    0,
    0,
    Int32Array.from(all, (i) => ~i),
    decode(0, all),
  )
  const size = column.bytes
  const rounds = all.map(() => 0)
  for (let round = 1; round < 60; round++) {
    const some = all.filter((i) => (i + round) % 3 !== 0)
    const decoded = decode(round, some)
    for (const [at, row] of some.entries()) {
      const isOther = JSON.stringify(countsOf(round, row)) !== JSON.stringify(countsOf(rounds[row] as number, row))
      expect(column.differs(decoded, at, row)).toBe(isOther)
      column.set(decoded, at, row)
      rounds[row] = round
    }
    for (const row of all) {
      const expected = countsOf(rounds[row] as number, row)
      expect(column.isEmpty(row)).toBe(Object.keys(expected).length === 0)
      for (let class_id = 0; class_id < 12; class_id++)
        expect(column.count(row, class_id)).toBe(expected[String(class_id)] ?? 0)
    }
  }
  expect(column.bytes).toBeLessThan(6 * size)
})
