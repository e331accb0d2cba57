import { describe, expect, test } from 'vitest'
import { DISPLAY_RANGES, displayWith, gridStep, INITIAL_DISPLAY, toneTable } from './display.ts'
import { box, object, testEditor } from './test-editor.ts'

describe('how the image is shown', () => {
  test('amounts stay in their ranges, nonsense changes nothing', () => {
    expect(displayWith(INITIAL_DISPLAY, { brightness: 99 }).brightness).toBe(DISPLAY_RANGES.brightness.high)
    expect(displayWith(INITIAL_DISPLAY, { opacity: -1 }).opacity).toBe(DISPLAY_RANGES.opacity.low)
    expect(displayWith(INITIAL_DISPLAY, { gamma: Number.NaN, hasGrid: 'yes' as never })).toBe(INITIAL_DISPLAY)
  })
  test('as it is there is no table; brighter, nothing gets darker', () => {
    expect(toneTable(INITIAL_DISPLAY)).toBeNull()
    const table = toneTable({ ...INITIAL_DISPLAY, brightness: 1.5, gamma: 2 }) as number[]
    expect([table[0], table.at(-1)]).toEqual([0, 1])
    for (const [i, value] of table.entries()) {
      expect(value).toBeGreaterThanOrEqual(i / 255)
      expect(value).toBeGreaterThanOrEqual(table[i - 1] ?? 0)
    }
  })
  test('more contrast holds the middle and parts the rest', () => {
    const table = toneTable({ ...INITIAL_DISPLAY, contrast: 2 }) as number[]
    expect(table[127]).toBeCloseTo(0.5, 1)
    expect([table[50], table[200]]).toEqual([0, 1])
  })
  test('lines of the grid are round numbers of pixels, never too close', () => {
    expect([gridStep(1), gridStep(0.1), gridStep(4), gridStep(20)]).toEqual([50, 500, 20, 1])
    for (let scale = 0.001; scale < 16; scale *= 1.7) expect(gridStep(scale) * scale).toBeGreaterThanOrEqual(47.99)
  })
})

describe('by key', () => {
  const start = () => testEditor({ objects: [object('a', box(100, 100, 50, 50))] })
  test('toggles and steps, and all back', () => {
    const t = start().keys('#', 'shift+e', 'shift+e')
    expect(t.editor.state().display).toMatchObject({ hasGrid: true, brightness: 1.2 })
    t.keys('shift+k')
    expect(t.editor.state().display).toEqual({ ...INITIAL_DISPLAY, hasGrid: true })
  })
  test('it stays with the next task, and is no change of the work', () => {
    const t = start()
    const before = t.editor.state().document
    t.keys('shift+t')
    expect(t.editor.state().document).toBe(before)
    const { image, schema } = t.editor.state()
    t.editor.load({ document: { objects: [], global_attributes: {} }, image, schema, authorId: 1, isReadOnly: false })
    expect(t.editor.state().display.hasLabels).toBe(false)
  })
})
