import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSameValue } from './same-value.ts'

/** With the keys in order: the text says what the value says. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([key, part]) => ({ key, part: inOrder(part) }))
}
const textOf = (value: unknown) => JSON.stringify([Array.isArray(value), inOrder(value)])
/** As it comes from a request: without −0, which JSON does not know. */
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown)
const few = fc.object({ key: fc.constantFrom('a', 'b', '__proto__'), values: [fc.constantFrom(1, '1', null)] })

test('two values say the same if their texts do, the order of keys aside', () => {
  const pair = fc.oneof(fc.tuple(json, json), fc.tuple(few, few), fc.tuple(fc.array(few), fc.array(few)))
  fc.assert(
    fc.property(pair, ([a, b]) => {
      expect(isSameValue(a, b)).toBe(textOf(a) === textOf(b))
      expect(isSameValue(a, structuredClone(a))).toBe(true)
    }),
  )
})

test('keys of what every object inherits are keys like others', () => {
  expect(isSameValue({ a: 1 }, { toString: 1 })).toBe(false)
  expect(isSameValue({ toString: 1 }, { b: 1 })).toBe(false)
  expect(isSameValue([1], { 0: 1 })).toBe(false)
})

test('fields to be left out do not count, at any depth', () => {
  const out = new Set(['by'])
  expect(isSameValue({ a: { by: 1, x: 2 }, by: 3 }, { a: { x: 2 } }, out)).toBe(true)
  expect(isSameValue({ a: { by: 1, x: 2 } }, { a: { x: 3 } }, out)).toBe(false)
})
