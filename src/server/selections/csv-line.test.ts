import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLines, harmless } from './csv-line.ts'
import { parseCsv } from './test-csv.ts'

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
    ['image-1.jpg', 'image-1.jpg'],
    ['a=b', 'a=b'],
    ['', ''],
  ])('%j becomes %j', (given, expected) => {
    expect(harmless(given)).toBe(expected)
  })

  test.each([-5, '-5', '+3.25', 0])('a number stays one: %j', (given) => {
    expect(harmless(given)).toBe(given)
  })
})

test('flags are words, nothing is nothing', () => {
  expect(csvLines([[true, false, null, 0, '']])).toBe('true,false,,0,\r\n')
})

test('whatever a text holds, it comes back as one cell', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('"', '""', ',', '\r', '\n', '\r\n', 'a"b,c\nd', ' x ', '=1', "'"))
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (lines) => {
      expect(parseCsv(csvLines(lines))).toEqual(lines.map((line) => line.map((v) => String(harmless(v)))))
    }),
  )
})
