import { expect, test } from 'vitest'
import { INITIAL_DISPLAY } from '../../../editor/display.ts'
import { parseDisplay } from './kept-display.ts'

test('what was kept comes back, within its ranges; nonsense is as if nothing was kept', () => {
  const kept = { ...INITIAL_DISPLAY, gamma: 1.4, hasGrid: true }
  expect(parseDisplay(JSON.stringify(kept))).toEqual(kept)
  expect(parseDisplay('{"brightness": 1000, "hasLabels": "no", "other": 1}').brightness).toBe(3)
  for (const text of [null, '', '[', 'null', '7']) expect(parseDisplay(text)).toEqual(INITIAL_DISPLAY)
})
