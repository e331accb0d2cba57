import { expect, it } from 'vitest'
import { compare } from '../../../../model/compare.ts'
import { doc, point } from '../../../../model/test-document.ts'
import { differencesOf, stepTo } from './differences.ts'

const list = differencesOf(
  compare(doc(point('same'), point('moved'), point('gone')), doc(point('same'), point('moved', 5), point('new'))),
)

it('walks through added, changed and removed, and round', () => {
  expect(list.map((d) => [d.kind, d.object.id])).toEqual([
    ['added', 'new'],
    ['changed', 'moved'],
    ['removed', 'gone'],
  ])
  const walk = (from: string | null, step: 1 | -1) => stepTo(list, from, step)?.object.id
  expect([walk(null, 1), walk('new', 1), walk('gone', 1), walk('new', -1), walk(null, -1)]).toEqual(['new', 'moved', 'new', 'gone', 'gone']) // biome-ignore format: one line
})

it('of one kind only; where there is none, nowhere', () => {
  expect(stepTo(list, 'new', 1, 'removed')?.object.id).toBe('gone')
  expect(stepTo([], null, 1)).toBeNull()
})
