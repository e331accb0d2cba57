import { protocol } from '@electric-sql/pglite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundMessage } from './embedded-message.ts'

const { serialize } = protocol
/** As PGlite puts it together, which takes bytes only with memory of their own. */
const plain = (statement: string, values: readonly (string | Uint8Array | null)[]) =>
  Buffer.concat([
    serialize.bind({ statement, values: values.map((v) => (v instanceof Uint8Array ? v.slice() : v)) }),
    serialize.execute({}),
    serialize.sync(),
  ])
function sameAsPlain(statement: string, values: readonly (string | Uint8Array | null)[]): void {
  expect(Buffer.compare(boundMessage(statement, values), plain(statement, values))).toBe(0)
}

test('the message is the one that PGlite puts together', () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.string({ unit: 'grapheme' }),
    fc.string({ minLength: 990, maxLength: 1100 }).map((text) => text.replace(/./g, '€')),
    fc.uint8Array({ maxLength: 300 }),
  )
  fc.assert(fc.property(fc.stringMatching(/^\w{1,40}$/), fc.array(value, { maxLength: 40 }), sameAsPlain))
})

test('long values, then short ones, in either buffer', () => {
  for (const length of [10, 70_000, 3_000_000, 9_000_000, 20]) {
    sameAsPlain('a', ['é'.repeat(length / 2), null, new Uint8Array(length).fill(7)])
    sameAsPlain('b', [])
  }
})

test('no values, empty values', () => {
  sameAsPlain('none', [])
  sameAsPlain('empty', ['', new Uint8Array(), null])
})
