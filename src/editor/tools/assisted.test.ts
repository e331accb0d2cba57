// The tools that look at pixels, with somebody who answers when told to.
import { describe, expect, test } from 'vitest'
import type { XY } from '../../model/shapes/geometry.ts'
import type { Shape } from '../../model/shapes/index.ts'
import type { Assist, CutRequest, CutResult, WireRequest } from '../assist/assist.ts'
import { box, object, polygon, testEditor } from '../test-editor.ts'
import { texts } from '../texts.ts'
import { assistedTools } from '../workbench.ts'

const BLOB: Shape = { type: 'mask', x: 30, y: 30, width: 2, height: 2, counts: '04' }

test('a tool whose code is on its way is taken when it comes, unless another one is by then', async () => {
  const [a, b] = [testEditor(), testEditor()]
  expect(a.editor.setTool('scissors')).toBe(true)
  b.keys('b')
  b.editor.setTool('smart_box')
  b.editor.setTool('polygon')
  expect(a.editor.state().tool).toBe('select')
  await assistedTools.preload()
  expect([a.editor.state().tool, a.editor.state().cursor, b.editor.state().tool]).toEqual([
    'scissors',
    'crosshair',
    'polygon',
  ])
})

/** Answers lie ready until `answer` or `fail` gives them out, one by one. */
async function assisted() {
  await assistedTools.preload()
  const t = testEditor()
  const asked: (CutRequest | WireRequest)[] = []
  const waiting: { resolve: (answer: never) => void; reject: (error: Error) => void }[] = []
  const ask = (request: CutRequest | WireRequest) => {
    asked.push(request)
    return new Promise<never>((resolve, reject) => waiting.push({ resolve, reject }))
  }
  const settle = async () => {
    for (let i = 0; i < 5; i++) await Promise.resolve()
  }
  t.editor.setAssist(async () => ({ cut: ask, wire: ask }) as Assist)
  t.editor.setTool('smart_box')
  return {
    ...t,
    asked,
    settle,
    async answer(value: CutResult | readonly XY[]) {
      await settle()
      waiting.shift()?.resolve(value as never)
      await settle()
    },
    async fail() {
      await settle()
      waiting.shift()?.reject(new Error('gone'))
      await settle()
    },
    draft: () => t.editor.state().draft,
  }
}

describe('the smart box', () => {
  test('a box, an answer, Enter: one object, one step of undo', async () => {
    const t = await assisted()
    t.drag([20, 20], [120, 100])
    expect(t.draft()).toMatchObject({ kind: 'cutout', isWaiting: true, shape: null })
    await t.answer(BLOB as CutResult)
    expect(t.asked).toEqual([{ box: { type: 'box', x: 20, y: 20, width: 100, height: 80 }, hints: [], as: 'mask' }])
    expect(t.draft()).toMatchObject({ kind: 'cutout', isWaiting: false, shape: BLOB })
    expect(t.shapes()).toEqual([])
    t.keys('enter')
    expect([t.shapes(), t.draft()]).toEqual([[BLOB], null])
    t.keys('ctrl+z')
    expect(t.shapes()).toEqual([])
  })

  test('a polygon where the class has no masks', async () => {
    const t = await assisted()
    t.editor.chooseClass(2)
    t.drag([20, 20], [120, 100])
    await t.settle()
    expect(t.asked[0]).toMatchObject({ as: 'polygon' })
    t.editor.chooseClass(3)
    t.keys('escape')
    t.drag([20, 20], [120, 100])
    expect(t.notice()).toContain('does not allow')
  })

  test('another class is asked for what it may have', async () => {
    const t = await assisted()
    t.drag([20, 20], [120, 100])
    await t.answer(BLOB as CutResult)
    t.keys('w', 'enter')
    await t.answer(polygon([30, 30], [60, 30], [60, 60]) as CutResult)
    expect(t.asked.at(-1)).toMatchObject({ as: 'polygon' })
    expect(t.keys('enter').shapes()).toEqual([polygon([30, 30], [60, 30], [60, 60])])
    expect(t.classes()).toEqual([2])
  })

  test('painting asks again; Backspace takes the last stroke back, then the box', async () => {
    const t = await assisted()
    t.drag([20, 20], [120, 100])
    await t.answer(BLOB as CutResult)
    t.drag([40, 40], [60, 40])
    t.drag([70, 40], [80, 40], { alt: true })
    await t.settle()
    expect(t.asked.map((a) => (a as CutRequest).hints.map((h) => h.isObject))).toEqual([[], [true], [true, false]])
    t.keys('backspace')
    await t.settle()
    expect((t.asked.at(-1) as CutRequest).hints).toHaveLength(1)
    t.keys('backspace', 'backspace')
    expect(t.draft()).toBeNull()
  })

  test('a press outside takes it and begins the next', async () => {
    const t = await assisted()
    t.drag([20, 20], [120, 100])
    await t.answer(BLOB as CutResult)
    t.drag([200, 120], [260, 180])
    expect(t.shapes()).toEqual([BLOB])
    expect(t.draft()).toMatchObject({ kind: 'cutout', box: { x: 200, y: 120 }, isWaiting: true })
  })

  test('where nothing was found, a press outside begins another box', async () => {
    const t = await assisted()
    t.drag([20, 20], [120, 100])
    await t.answer(null)
    t.drag([200, 120], [260, 180])
    expect(t.draft()).toMatchObject({ kind: 'cutout', box: { x: 200, y: 120 }, isWaiting: true })
    expect(t.shapes()).toEqual([])
  })

  test('what is painted in it when the pointer is taken away counts', async () => {
    const t = await assisted()
    t.drag([20, 20], [120, 100])
    await t.answer(BLOB as CutResult)
    t.press(40, 40).move(60, 40)
    t.editor.pointerCancel()
    t.move(80, 80)
    await t.settle()
    expect((t.asked.at(-1) as CutRequest).hints).toMatchObject([{ points: [[40, 40], [60, 40]] }]) // biome-ignore format: a line
    expect(t.draft()).toMatchObject({ hints: [{ points: [[40, 40], [60, 40]] }] }) // biome-ignore format: a line
  })

  test('Esc drops it, a late answer is not heard; nor is one for another image', async () => {
    const t = await assisted()
    t.drag([20, 20], [120, 100])
    t.keys('escape')
    await t.answer(BLOB as CutResult)
    expect([t.draft(), t.shapes()]).toEqual([null, []])
    t.drag([20, 20], [120, 100])
    await t.settle()
    t.load([], { width: 300, height: 200 })
    await t.answer(BLOB as CutResult)
    expect([t.draft(), t.shapes()]).toEqual([null, []])
  })

  test('nothing found and nothing looked at are said; Enter adds nothing', async () => {
    const t = await assisted()
    t.drag([20, 20], [120, 100])
    t.keys('enter')
    expect(t.notice()).toBe('Still looking…')
    await t.answer(null)
    expect(t.notice()).toContain('Nothing stood out')
    t.keys('enter')
    expect(t.shapes()).toEqual([])
    t.keys('escape')
    t.drag([20, 20], [120, 100])
    await t.fail()
    expect([t.notice(), t.draft()]).toEqual([expect.stringContaining('could not be looked at'), null])
  })

  test('what is found is not lost where the next look fails; what was painted counts in another try', async () => {
    const t = await assisted()
    t.drag([20, 20], [120, 100])
    await t.answer(BLOB as CutResult)
    t.drag([40, 40], [60, 40])
    await t.fail()
    expect(t.draft()).toMatchObject({ shape: BLOB, isWaiting: false })
    t.drag([70, 40], [80, 40])
    await t.settle()
    expect((t.asked.at(-1) as CutRequest).hints).toHaveLength(2)
    await t.fail()
    expect(t.keys('enter').shapes()).toEqual([BLOB])
  })

  test('what is found is not lost by another tool’s key', async () => {
    const t = await assisted()
    t.drag([20, 20], [120, 100])
    await t.answer(BLOB as CutResult)
    t.keys('b')
    expect(t.editor.state().tool).toBe('smart_box')
    expect(t.notice()).toContain('Finish the shape first')
  })
})

describe('the scissors', () => {
  async function atWork() {
    const t = await assisted()
    t.keys('i')
    return t
  }

  test('the outline follows the answers, from click to click and home again', async () => {
    const t = await atWork()
    t.click(10, 10)
    t.move(50, 10)
    await t.settle()
    expect(t.asked).toMatchObject([{ from: [10, 10], to: [10, 10] }])
    await t.answer([[10, 10], [10, 10]]) // biome-ignore format: a line
    await t.answer([[10, 10], [30, 5], [50, 10]]) // biome-ignore format: a line
    expect(t.draft()).toMatchObject({ kind: 'wire', live: [[10, 10], [30, 5], [50, 10]] }) // biome-ignore format: a line
    t.click(50, 10)
    expect(t.draft()).toMatchObject({ points: [[10, 10], [30, 5], [50, 10]], clicks: [[10, 10], [50, 10]] }) // biome-ignore format: a line
    t.click(50, 60)
    await t.settle()
    t.keys('enter')
    expect(t.shapes()).toEqual([])
    for (let i = 0; i < 6; i++) await t.fail()
    expect(t.shapes()).toEqual([polygon([10, 10], [30, 5], [50, 10], [50, 60])])
    expect(t.draft()).toBeNull()
  })

  test('Backspace takes the last click back, Esc all of them', async () => {
    const t = await atWork()
    t.click(10, 10).click(60, 10).click(60, 60)
    t.keys('backspace')
    expect(t.draft()).toMatchObject({ clicks: [[10, 10], [60, 10]] }) // biome-ignore format: a line
    t.keys('backspace', 'backspace')
    expect(t.draft()).toBeNull()
    t.click(10, 10)
    t.keys('escape')
    expect(t.draft()).toBeNull()
  })

  test('redo puts the clicks back that were taken, with their lines', async () => {
    const t = await atWork()
    t.click(10, 10)
    await t.answer([[10, 10], [10, 10]]) // biome-ignore format: a line
    t.click(60, 10)
    await t.fail()
    t.keys('ctrl+z')
    await t.answer([[10, 10], [30, 5], [60, 10]]) // biome-ignore format: a line
    expect(t.draft()).toMatchObject({ clicks: [[10, 10]] })
    t.keys('ctrl+z')
    expect(t.draft()).toBeNull()
    t.keys('ctrl+y', 'ctrl+y', 'ctrl+y')
    expect(t.draft()).toMatchObject({ points: [[10, 10], [30, 5], [60, 10]], clicks: [[10, 10], [60, 10]] }) // biome-ignore format: a line
    t.keys('ctrl+z').click(60, 60)
    t.keys('ctrl+y')
    expect(t.draft()).toMatchObject({ clicks: [[10, 10], [60, 60]] }) // biome-ignore format: a line
  })

  test('Backspace while the way home is looked for opens the outline again', async () => {
    const t = await atWork()
    t.click(10, 10).click(60, 10).click(60, 60)
    t.keys('enter', 'backspace')
    for (let i = 0; i < 6; i++) await t.fail()
    expect([t.shapes(), t.draft()]).toMatchObject([[], { clicks: [[10, 10], [60, 10], [60, 60]] }]) // biome-ignore format: a line
  })

  test('clicks snap', async () => {
    const t = await atWork()
    t.editor.setAssist(null)
    t.keys('n').click(3, 4).click(60, 2).click(60, 60).keys('enter')
    await t.settle()
    expect(t.shapes()).toEqual([polygon([0, 0], [60, 0], [60, 60])])
  })

  test('what is shown as closing closes, also where the pointer snaps', async () => {
    const t = await atWork()
    t.editor.setAssist(null)
    t.load([object('a', box(18, 10, 30, 9))])
    t.click(10, 10).click(60, 10).click(60, 60).keys('n')
    const isClosing = (x: number) => (t.move(x, 10).editor.state().draft as { isClosing: boolean }).isClosing
    expect([isClosing(23), isClosing(19)]).toEqual([false, true])
    t.click(19, 10)
    await t.settle()
    expect(t.shapes()[1]).toEqual(polygon([10, 10], [60, 10], [60, 60]))
  })

  test('without anybody to ask, lines are straight', async () => {
    const t = await atWork()
    t.editor.setAssist(null)
    t.click(10, 10).click(60, 10).click(60, 60).click(12, 12)
    await t.settle()
    expect(t.shapes()).toEqual([polygon([10, 10], [60, 10], [60, 60])])
  })

  test('a double click on the first point begins no other outline', async () => {
    const t = await atWork()
    t.editor.setAssist(null)
    t.click(10, 10).click(60, 10).click(60, 60).doubleClick(10, 10)
    expect([t.shapes(), t.draft()]).toEqual([[polygon([10, 10], [60, 10], [60, 60])], null])
  })

  test('an outline of too many points is not taken: its last line goes', async () => {
    const t = await atWork()
    t.click(10, 10).click(60, 10).click(60, 60)
    t.keys('enter')
    await t.answer([[10, 10], [10, 10]]) // biome-ignore format: a line
    await t.answer(Array.from({ length: 10_000 }, (_, i): XY => [10 + i / 200, 10 + (i % 2)]))
    for (let i = 0; i < 4; i++) await t.fail()
    expect([t.shapes(), t.notice()]).toEqual([[], texts.notices.tooManyPoints])
    expect(t.draft()).toMatchObject({ clicks: [[10, 10], [60, 10], [60, 60]] }) // biome-ignore format: a line
  })

  test('refused for its class and closed for another, an outline has each point once', async () => {
    const t = await atWork()
    t.editor.setAssist(null)
    t.click(10, 10).click(60, 10).click(60, 60).keys('2', 'enter')
    expect([t.shapes(), t.notice()]).toEqual([[], '“line” does not allow polygons.'])
    expect(t.draft()).toMatchObject({ clicks: [[10, 10], [60, 10], [60, 60]] }) // biome-ignore format: a line
    expect(t.keys('1', 'enter').shapes()).toEqual([polygon([10, 10], [60, 10], [60, 60])])
  })

  test('two clicks are no outline', async () => {
    const t = await atWork()
    t.click(10, 10).click(60, 10)
    t.keys('enter')
    expect([t.notice(), t.shapes()]).toEqual(['It needs at least 3 points.', []])
  })
})
