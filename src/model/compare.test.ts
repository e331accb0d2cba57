// Comparing two documents: what it says of one document twice, how it turns around, and that nothing is forgotten.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnnotationDocument, AnnotationObject } from './annotation.ts'
import { compare, differenceCount, withDifferences } from './compare.ts'

const box = (id: string, fields: Partial<AnnotationObject> = {}): AnnotationObject => ({
  id,
  class_id: 1,
  shape: { type: 'box', x: 0, y: 0, width: 2, height: 2 },
  attributes: {},
  author_id: null,
  ...fields,
})
const doc = (...objects: AnnotationObject[]): AnnotationDocument => ({ objects, global_attributes: {} })

describe('what a comparison says', () => {
  test('added, removed, and what of an object changed', () => {
    const moved = { shape: { type: 'box' as const, x: 5, y: 0, width: 2, height: 2 } }
    const before = doc(box('same'), box('moved'), box('renamed'), box('told'), box('gone'))
    const after = doc(
      box('same'),
      box('moved', moved),
      box('renamed', { class_id: 2 }),
      box('told', { attributes: { 5: 'x' }, class_id: 3 }),
      box('new'),
    )
    const { added, removed, changed, unchanged_count } = compare(before, after)
    expect([added.map((o) => o.id), removed.map((o) => o.id), unchanged_count]).toEqual([['new'], ['gone'], 1])
    expect(changed.map((c) => [c.after.id, c.parts])).toEqual([
      ['moved', ['shape']],
      ['renamed', ['class']],
      ['told', ['class', 'attributes']],
    ])
  })

  test('who drew it, and the order of keys, are no difference', () => {
    const a = box('a', { author_id: 1, attributes: { 1: 'x', 2: 'y' } })
    const b = box('a', { author_id: 2, edited_by_id: 3, attributes: { 2: 'y', 1: 'x' } })
    expect(differenceCount(compare(doc(a), doc(b)))).toBe(0)
  })

  test('global values count as one difference', () => {
    const sunny: AnnotationDocument = { objects: [], global_attributes: { 9: 'sunny' } }
    const found = compare(doc(), sunny)
    expect([differenceCount(found), found.globals]).toEqual([1, { before: {}, after: { 9: 'sunny' } }])
  })
})

const values = fc.dictionary(fc.constantFrom('1', '2', '3'), fc.oneof(fc.string(), fc.integer(), fc.boolean()), {
  noNullPrototype: true,
})
const shapes = fc.oneof(
  fc.record({ type: fc.constant('point' as const), x: fc.nat(9), y: fc.nat(9) }),
  fc.record({ type: fc.constant('box' as const), x: fc.nat(3), y: fc.nat(3), width: fc.nat(3), height: fc.nat(3) }),
)
/** Few ids, so that two documents share some; one author per id, as the server keeps it. */
const objects = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...'abcdefghij'),
    class_id: fc.integer({ min: 1, max: 3 }),
    shape: shapes,
    attributes: values,
    author_id: fc.constant(7),
  }),
  { selector: (o) => o.id },
)
const documents = fc.record({ objects, global_attributes: values }) as fc.Arbitrary<AnnotationDocument>

describe('laws', () => {
  test('a document does not differ from itself', () => {
    fc.assert(
      fc.property(documents, (a) => {
        const found = compare(a, structuredClone(a))
        expect([differenceCount(found), found.order, found.unchanged_count]).toEqual([0, null, a.objects.length])
      }),
    )
  })
  test('the older document with the differences is the newer one', () => {
    fc.assert(
      fc.property(documents, documents, (a, b) => {
        expect(withDifferences(a, compare(a, b))).toEqual(b)
      }),
    )
  })
  test('the other way round, added and removed change places', () => {
    fc.assert(
      fc.property(documents, documents, (a, b) => {
        const [there, back] = [compare(a, b), compare(b, a)]
        expect(there.added).toEqual(back.removed)
        expect(there.removed).toEqual(back.added)
        const both = (c: typeof there) => c.changed.map((x) => x.after.id).sort()
        expect(both(there)).toEqual(both(back))
      }),
    )
  })
  test('every object is in one place', () => {
    fc.assert(
      fc.property(documents, documents, (a, b) => {
        const { added, removed, changed, unchanged_count } = compare(a, b)
        expect(added.length + changed.length + unchanged_count).toBe(b.objects.length)
        expect(removed.length + changed.length + unchanged_count).toBe(a.objects.length)
      }),
    )
  })
})
