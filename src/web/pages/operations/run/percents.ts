// Three percents that belong together: changing one gives the difference to the others. Pure.
import type { Percents } from '../../../../model/split.ts'
import { SPLITS, type Split } from '../../../../model/task.ts'

/**
 * Sets one percent. Train takes up a change of the two small ones, as far as it has something to give;
 * a change of train is shared by the others in the proportion they have. A value over 100 or below 0 is kept
 * as typed, so that the sum says what is wrong.
 */
export function withPercent(percents: Percents, split: Split, value: number): Percents {
  const next = { ...percents, [split]: value }
  if (!Number.isFinite(value) || value < 0 || value > 100) return next
  const rest = 100 - value
  if (split !== 'train') {
    const other = split === 'validation' ? 'test' : 'validation'
    const kept = Math.min(percents[other], rest)
    return { ...next, [other]: clean(kept), train: clean(rest - kept) }
  }
  const small = percents.validation + percents.test
  const validation = small > 0 ? Math.round((rest * percents.validation) / small) : Math.ceil(rest / 2)
  return { train: value, validation, test: clean(rest - validation) }
}

const clean = (n: number): number => Number(n.toFixed(6))

export const isWhole = (percents: Percents): boolean => SPLITS.every((s) => Number.isFinite(percents[s]))

/** 16 hex digits; works without a secure context. */
export function randomToken(bytes = 8): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((b) => b.toString(16).padStart(2, '0')).join('')
}
