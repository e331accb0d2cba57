// Changes between two documents: they make the newer one out of the older, small where little was done, whatever is sent.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AnnotationObject } from './annotation.ts'
import { changesOf, withChanges } from './changes.ts'
import { doc, point } from './test-document.ts'

test('one object moved among many: it alone is sent', () => {
  const before = doc(...[...'abcdef'].map((id) => point(id)))
  const moved = point('c', 5)
  const after = { ...before, objects: before.objects.map((o) => (o.id === 'c' ? moved : o)) }
  expect(changesOf(before, after)).toEqual({ removed: [], put: [moved] })
})

test('removed, drawn, brought to the back', () => {
  const before = doc(point('a'), point('b'), point('c'))
  const [a, , c] = before.objects as [AnnotationObject, AnnotationObject, AnnotationObject]
  const d = point('d')
  expect(changesOf(before, { ...before, objects: [a, c, d] })).toEqual({ removed: ['b'], put: [d] })
  expect(changesOf(before, { ...before, objects: [c, a] })).toEqual({ removed: ['b'], put: [], order: ['c', 'a'] })
})

const lists = fc.uniqueArray(fc.record({ id: fc.constantFrom(...'abcdefgh'), x: fc.nat(2) }), { selector: (o) => o.id })
const made = fc.record(
  { objects: lists, global_attributes: fc.dictionary(fc.constantFrom('1', '2'), fc.nat(3), { noNullPrototype: true }) },
  { requiredKeys: ['objects', 'global_attributes'] },
)
const rejections = fc.option(fc.array(fc.constantFrom('1.0', '1.1')), { nil: undefined })

test('law: changes of two documents, put upon the older, give the newer', () => {
  fc.assert(
    fc.property(made, made, rejections, rejections, fc.func(fc.boolean()), (a, b, was, rejected, isTouched) => {
      const before = { ...doc(...a.objects.map((o) => point(o.id, o.x))), global_attributes: a.global_attributes }
      if (was) Object.assign(before, { rejected_predictions: was })
      const old = new Map(before.objects.map((o) => [o.id, o]))
      const objects = b.objects.map((o) => (isTouched(o.id) ? undefined : old.get(o.id)) ?? point(o.id, o.x))
      const after = { objects, global_attributes: b.global_attributes, ...(rejected ? { rejected_predictions: rejected } : {}) } // biome-ignore format: one value
      const sent = JSON.parse(JSON.stringify(changesOf(before, after)))
      expect(withChanges(before, sent)).toEqual({ ...(was ? { rejected_predictions: was } : {}), ...after })
    }),
  )
})

test('law: whatever is sent, each id occurs once, and what was not removed is there', () => {
  const names = fc.array(fc.constantFrom(...'abcdefghij'))
  fc.assert(
    fc.property(lists, names, names, names, (old, removed, put, order) => {
      const before = doc(...old.map((o) => point(o.id, o.x)))
      const after = withChanges(before, { removed, put: put.map((id) => point(id, 9)), order })
      const expected = new Set([...old.map((o) => o.id).filter((id) => !removed.includes(id)), ...put])
      expect(after.objects.map((o) => o.id).sort()).toEqual([...expected].sort())
    }),
  )
})
