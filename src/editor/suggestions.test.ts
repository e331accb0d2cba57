// Predictions offered, accepted, rejected and taken back, as a person at the keyboard does it.
import { describe, expect, test } from 'vitest'
import type { Prediction } from '../model/prediction.ts'
import { offered } from './suggestions.ts'
import { box, CELLS, object, testEditor } from './test-editor.ts'
import { texts } from './texts.ts'

const prediction = (key: string, x: number, score: number, more: Partial<Prediction> = {}): Prediction => ({
  key,
  class_id: 1,
  shape: box(x, 50, 40, 40),
  score,
  ...more,
})

function withPredictions(given: Parameters<typeof testEditor>[0] = {}) {
  const t = testEditor(given)
  t.editor.setPredictions([prediction('7-a', 10, 0.9), prediction('7-b', 100, 0.7), prediction('7-c', 200, 0.3)])
  const offers = () => offered(t.editor.state()).map((s) => s.id)
  const rejected = () => t.editor.document().rejected_predictions ?? []
  return { ...t, offers, rejected, looked: () => t.editor.state().suggestion }
}

describe('offered', () => {
  test('what the threshold and the schema allow, best first', () => {
    const t = withPredictions()
    expect(t.offers()).toEqual(['7-a', '7-b'])
    t.editor.setThreshold(0.2)
    expect(t.offers()).toEqual(['7-a', '7-b', '7-c'])
    t.keys('>', '>')
    expect(t.editor.state().threshold).toBe(0.3)
    t.editor.setPredictions([
      prediction('7-a', 10, 1, { class_id: 4 }),
      prediction('7-b', 10, 1, { class_id: 99 }),
      prediction('7-c', 10, 1, { class_id: 3 }),
    ])
    expect(t.offers()).toEqual([])
  })

  test('not what a schema that was changed meanwhile takes no more', () => {
    const t = withPredictions()
    t.keys('a')
    const classes = CELLS.classes.map((c) => (c.id === 1 ? { ...c, geometries: ['mask' as const] } : c))
    t.editor.adoptSchema({ ...CELLS, classes })
    expect([t.offers(), t.looked()]).toEqual([[], null])
    expect([t.keys('a', 'y').ids(), t.notice()]).toEqual([[], null])
  })

  test('not what the document has decided on already', () => {
    const t = withPredictions({ objects: [object('x', box(1, 1, 5, 5), { prediction_id: '7-b' })] })
    expect(t.offers()).toEqual(['7-a'])
  })
})

describe('by key', () => {
  test('A looks at the first, then accepts and goes on', () => {
    const t = withPredictions()
    t.keys('a')
    expect([t.looked(), t.ids()]).toEqual(['7-a', []])
    t.keys('a')
    expect(t.looked()).toBe('7-b')
    expect(t.editor.document().objects).toMatchObject([
      { class_id: 1, shape: box(10, 50, 40, 40), author_id: 7, prediction_id: '7-a' },
    ])
    expect(t.problem()).toBeNull()
  })

  test('R rejects and goes on; Z and Q go around', () => {
    const t = withPredictions()
    t.keys('z', 'z')
    expect(t.looked()).toBe('7-b')
    t.keys('z', 'q')
    expect(t.looked()).toBe('7-b')
    t.keys('r')
    expect([t.rejected(), t.looked(), t.ids()]).toEqual([['7-b'], '7-a', []])
    t.keys('escape')
    expect(t.looked()).toBeNull()
  })

  test('undo takes back one decision at a time, redo does it again', () => {
    const t = withPredictions()
    t.keys('z', 'r', 'a')
    expect([t.rejected(), t.ids()]).toEqual([['7-a'], ['new-1']])
    t.keys('ctrl+z')
    expect([t.rejected(), t.ids(), t.looked()]).toEqual([['7-a'], [], '7-b'])
    t.keys('ctrl+z')
    expect([t.rejected(), t.offers(), t.looked()]).toEqual([[], ['7-a', '7-b'], '7-a'])
    t.keys('ctrl+y', 'ctrl+y')
    expect([t.rejected(), t.offers()]).toEqual([['7-a'], []])
  })

  test('all above the threshold are one step', () => {
    const t = withPredictions()
    t.keys('y')
    expect(t.editor.document().objects.map((o) => o.prediction_id)).toEqual(['7-a', '7-b'])
    t.keys('ctrl+z')
    expect([t.ids(), t.offers()]).toEqual([[], ['7-a', '7-b']])
  })

  test.each(['a', 'r', 'y', 'z'])('hidden ones are shown before %s does anything', (key) => {
    const t = withPredictions()
    t.keys('z', 't', key)
    expect([t.editor.state().hasSuggestions, t.ids(), t.rejected()]).toEqual([true, [], []])
    expect(t.notice()).toBe(texts.notices.predictionsShown)
    t.keys('y')
    expect(t.ids().length).toBe(2)
  })

  test('nothing is decided on a task that is only looked at', () => {
    const t = withPredictions({ isReadOnly: true })
    t.keys('z', 'a', 'r', 'y')
    expect([t.ids(), t.rejected(), t.offers()]).toEqual([[], [], ['7-a', '7-b']])
  })

  test('without predictions the keys are not the editor’s', () => {
    const t = testEditor()
    for (const key of ['a', 'r', 'z', 'q', 'y']) expect([key, t.editor.keyDown({ key })]).toEqual([key, false])
  })
})

describe('by mouse', () => {
  test('a click looks at it, on an object it selects the object', () => {
    const t = withPredictions({ objects: [object('x', box(10, 50, 40, 40))] })
    t.click(120, 70)
    expect([t.looked(), t.selection()]).toEqual(['7-b', []])
    t.click(30, 70)
    expect([t.looked(), t.selection()]).toEqual([null, ['x']])
    t.editor.toggleSuggestions()
    t.click(120, 70)
    expect(t.looked()).toBeNull()
  })
})

test('who deletes an accepted one is not asked again, until it is undone', () => {
  const t = withPredictions()
  t.keys('z', 'a')
  t.editor.select(['new-1'])
  t.keys('delete')
  expect([t.ids(), t.rejected(), t.offers()]).toEqual([[], ['7-a'], ['7-b']])
  t.keys('ctrl+z')
  expect([t.ids(), t.rejected()]).toEqual([['new-1'], []])
})

test('what is looked at after undo and redo is something that is offered', () => {
  const t = withPredictions()
  t.keys('z', 'a')
  t.editor.select(['new-1'])
  t.keys('delete', 'ctrl+z')
  expect(t.looked()).toBe('7-b')
  t.keys('a')
  expect(t.editor.document().objects.map((o) => o.prediction_id)).toEqual(['7-a', '7-b'])
  t.keys('ctrl+z', 'ctrl+y')
  expect([t.offers(), t.looked()]).toEqual([[], null])
})

test('a copy of an accepted one was not predicted', () => {
  const t = withPredictions()
  t.keys('z', 'a')
  t.editor.select(['new-1'])
  t.keys('ctrl+d')
  expect(t.editor.document().objects.map((o) => o.prediction_id)).toEqual(['7-a', undefined])
})
