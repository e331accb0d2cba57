import { expect, test } from 'vitest'
import { type KeptRow, KeptRows } from './kept-rows.ts'

/** A table whose rows have a version; counts what is read. */
class Table {
  readonly versions = new Map<number, number>()
  readonly asked: number[][] = []
  fleeting = new Set<number>()

  read = async (ids: readonly number[]): Promise<Map<number, KeptRow>> => {
    this.asked.push([...ids])
    return new Map(ids.flatMap((id) => (this.versions.has(id) ? [[id, this.row(id)] as const] : [])))
  }

  row(id: number): KeptRow {
    return { json: Buffer.from(`${id}.${this.versions.get(id)}`), people: [], is_fleeting: this.fleeting.has(id) }
  }
}
const textOf = (rows: readonly KeptRow[]) => rows.map((r) => r.json.toString())
const tableOf = (...ids: number[]) => {
  const table = new Table()
  for (const id of ids) table.versions.set(id, 1)
  return table
}

test('a row is read once, in the order of the ids, and anew after a change', async () => {
  const table = tableOf(1, 2, 3)
  const kept = new KeptRows()
  expect(textOf(await kept.of([3, 1], table.read))).toEqual(['3.1', '1.1'])
  expect(textOf(await kept.of([1, 2, 3], table.read))).toEqual(['1.1', '2.1', '3.1'])
  table.versions.set(1, 2)
  kept.forget(Float64Array.of(1))
  expect(textOf(await kept.of([2, 1], table.read))).toEqual(['2.1', '1.2'])
  expect(table.asked).toEqual([[3, 1], [2], [1]])
})

test('what changes while it is on its way is shown once and not kept', async () => {
  const table = tableOf(1, 2)
  const kept = new KeptRows()
  const slow = async (ids: readonly number[]) => {
    const rows = await table.read(ids)
    table.versions.set(2, 2)
    kept.forget(Float64Array.of(2))
    return rows
  }
  expect(textOf(await kept.of([1, 2], slow))).toEqual(['1.1', '2.1'])
  expect(textOf(await kept.of([1, 2], table.read))).toEqual(['1.1', '2.2'])
  expect(table.asked).toEqual([[1, 2], [2]])
})

test('fleeting rows and unknown ids are asked for each time; a read that fails leaves nothing behind', async () => {
  const table = tableOf(1, 2)
  table.fleeting.add(2)
  const kept = new KeptRows()
  await expect(kept.of([1], () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
  for (let i = 0; i < 2; i++) expect(textOf(await kept.of([1, 2, 9], table.read))).toEqual(['1.1', '2.1'])
  expect(table.asked).toEqual([
    [1, 2, 9],
    [2, 9],
  ])
})

test('it holds no more than its room, and keeps what is asked for again', async () => {
  const ids = Array.from({ length: 25_000 }, (_, i) => i + 1)
  const table = tableOf(...ids)
  const kept = new KeptRows()
  for (let i = 0; i < ids.length; i += 1000) {
    await kept.of(ids.slice(i, i + 1000), table.read)
    await kept.of([7], table.read)
  }
  table.asked.length = 0
  await kept.of([7, 8, 24_999], table.read)
  expect(table.asked).toEqual([[8]])
})
