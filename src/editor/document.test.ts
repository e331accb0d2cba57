import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  adding,
  apply,
  type ChangeSet,
  changing,
  changingGlobals,
  type EditorDocument,
  invert,
  removing,
} from './document.ts'
import { createHistory } from './history.ts'
import { box, object } from './test-editor.ts'

const documentOf = (count: number): EditorDocument => ({
  objects: Array.from({ length: count }, (_, i) => object(`o${i}`, box(i, i, 10, 10))),
  global_attributes: { 1: true },
})

/** A random change that fits the document. */
function change(
  document: EditorDocument,
  [kind, picks]: readonly [string, readonly number[]],
  fresh: number,
): ChangeSet | null {
  const ids = picks.map((p) => document.objects[p % Math.max(1, document.objects.length)]?.id ?? '')
  if (kind === 'add')
    return adding(
      document,
      picks.map((p, i) => object(`n${fresh}-${i}`, box(p, p, 1, 1))),
    )
  if (kind === 'remove') return removing(document, ids)
  if (kind === 'globals') return changingGlobals(document, { 1: fresh })
  return changing(document, ids, (o) => ({ ...o, class_id: fresh + 1 }))
}
const changes = fc.array(
  fc.tuple(fc.constantFrom('add', 'remove', 'change', 'globals'), fc.array(fc.nat(50), { minLength: 1, maxLength: 8 })),
  { maxLength: 30 },
)

describe('change sets', () => {
  test('done and undone is nothing; the inverse of the inverse is the change', () =>
    fc.assert(
      fc.property(fc.nat(20), changes, (count, steps) => {
        let document = documentOf(count)
        for (const [i, step] of steps.entries()) {
          const changeSet = change(document, step, i)
          if (!changeSet) continue
          const after = apply(document, changeSet)
          expect(apply(after, invert(changeSet))).toEqual(document)
          expect(invert(invert(changeSet))).toEqual(changeSet)
          document = after
        }
      }),
    ))
  test('untouched objects stay the very same', () => {
    const before = documentOf(3)
    const after = apply(before, changing(before, ['o1'], (o) => ({ ...o, class_id: 2 })) as ChangeSet)
    expect(after.objects[0]).toBe(before.objects[0])
    expect(before.objects[1]?.class_id).toBe(1)
  })
})

describe('history', () => {
  test('any walk back and forth ends where it would without it', () =>
    fc.assert(
      fc.property(changes, fc.array(fc.boolean(), { maxLength: 40 }), (steps, walk) => {
        const history = createHistory()
        const states = [documentOf(5)]
        for (const [i, step] of steps.entries()) {
          const changeSet = change(states.at(-1) as EditorDocument, step, i)
          if (!changeSet) continue
          history.push(changeSet)
          states.push(apply(states.at(-1) as EditorDocument, changeSet))
        }
        let at = states.length - 1
        let document = states[at] as EditorDocument
        for (const isUndo of walk) {
          const changeSet = isUndo ? history.undo() : history.redo()
          expect(changeSet === null).toBe(isUndo ? at === 0 : at === states.length - 1)
          if (!changeSet) continue
          at += isUndo ? -1 : 1
          document = apply(document, changeSet)
          expect(document).toEqual(states[at])
        }
      }),
    ))
  test('something new forgets what was undone; only unsealed steps of one tag flow together', () => {
    const history = createHistory()
    let document = documentOf(1)
    const turn = (id: number, tag?: string) => {
      const changeSet = changing(document, ['o0'], (o) => ({ ...o, class_id: id })) as ChangeSet
      history.push(changeSet, tag)
      document = apply(document, changeSet)
    }
    turn(2, 'a')
    turn(3, 'a')
    expect(apply(document, history.undo() as ChangeSet).objects[0]?.class_id).toBe(1)
    expect(history.canUndo).toBe(false)
    history.redo()
    history.seal()
    turn(4, 'a')
    turn(5, 'b')
    expect([history.undo(), history.undo(), history.undo(), history.undo()].filter(Boolean)).toHaveLength(3)
    turn(6)
    expect(history.redo()).toBeNull()
  })
})
