// One cell of a CSV, as the database writes it.
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { array } from '../db/array.ts'
import { type TestServer, testServer } from '../testing.ts'
import { parseCsv } from './test-csv.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

async function cellsOf(texts: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ cell: string }>`
    select csv_cell(w.text) as cell from unnest(${array(texts, 'text')}) with ordinality as w(text, place) order by w.place`.execute(
    server.app.db,
  )
  return rows.map((r) => r.cell)
}
const readBack = (cells: readonly string[]) => parseCsv(`${cells.join(',')}\r\n`)[0]

describe('a cell that a spreadsheet would run', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+cmd|calc', "'+cmd|calc"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\n=1', "'\n=1"],
    ['＝1+1', "'＝1+1"],
    ['1\n=1', '1\n=1'],
    ['-1\n', "'-1\n"],
    ['image-1.jpg', 'image-1.jpg'],
    ['a=b', 'a=b'],
    ['', ''],
  ])('%j becomes %j', async (given, expected) => {
    expect(readBack(await cellsOf([given]))).toEqual([expected])
  })

  test.each(['-5', '+3.25', '0'])('a number stays one: %j', async (given) => {
    expect(await cellsOf([given])).toEqual([given])
  })
})

test('whatever texts hold, they come back as one cell each', async () => {
  // A database holds no text with a zero in it, and no half of a surrogate pair.
  const any = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''))
  const text = fc.oneof(any, fc.constantFrom('"', '""', ',', '\r', '\n', '\r\n', 'a"b,c\nd', ' x ', '=1', "'"))
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 2, maxLength: 40 }), async (texts) => {
      const back = readBack(await cellsOf(texts)) as string[]
      expect(back.map((cell, i) => (cell === `'${texts[i]}` ? texts[i] : cell))).toEqual(texts)
    }),
    { numRuns: 50 },
  )
})
