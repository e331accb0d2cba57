import { expect, it } from 'vitest'
import type { Selection } from '../model/selection.ts'
import { handOver, isKept, takeOver } from './handed-selection.ts'

const ids = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

it('a short selection travels in the URL', () => {
  const selection: Selection = { ids: ids(500) }
  expect(handOver(selection)).toBe(selection)
})

it('a long one is kept by the tab, under a short name', () => {
  for (const selection of [
    { ids: ids(501) },
    { filter: { conditions: [] }, all: true, except: ids(900) } as Selection,
  ]) {
    const inUrl = handOver(selection)
    expect(JSON.stringify(inUrl).length).toBeLessThan(60)
    expect(isKept(inUrl) && takeOver(inUrl)).toEqual(selection)
  }
})

it('another tab does not have it', () => {
  expect(takeOver({ kept: 'elsewhere' })).toBeNull()
})
