import { beforeEach, expect, test, vi } from 'vitest'
import { toBeTold, told, untold } from './untold.ts'

let kept: Map<string, string>
beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  })
})
const mine = (id: number) => ({ id, actor_id: 7 })

test('an operation that runs is told once, in whichever tab', () => {
  toBeTold(1, mine(3))
  toBeTold(1, mine(4))
  toBeTold(1, mine(3))
  expect(untold(1, 7)).toEqual([4, 3])
  expect([told(1, mine(3)), told(1, mine(3))]).toEqual([true, false])
  expect(untold(1, 7)).toEqual([4])
})

test('it is of one person and one project', () => {
  toBeTold(1, mine(3))
  expect([untold(1, 8), untold(2, 7)]).toEqual([[], []])
})

test('what a browser keeps wrongly, or does not keep, is nothing', () => {
  for (const text of ['{', '{"a":1}', '["x"]']) {
    vi.stubGlobal('localStorage', { getItem: () => text })
    expect(untold(1, 7)).toEqual([])
  }
  vi.stubGlobal('localStorage', undefined)
  toBeTold(1, mine(3))
  expect(untold(1, 7)).toEqual([])
})
