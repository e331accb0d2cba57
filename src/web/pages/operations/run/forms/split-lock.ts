// What becomes of the lock of a split that is set by hand, as parameters of Set split. Pure.
import type { Params } from './form.ts'

export const LOCKS = ['keep', 'lock', 'unlock'] as const
export type Lock = (typeof LOCKS)[number]

export const lockOf = ({ lock }: Params): Lock => (lock === undefined ? 'keep' : lock === true ? 'lock' : 'unlock')

/** To unlock is about locked tasks, so they come along. */
export function withLock({ lock: _, ...params }: Params, lock: Lock): Params {
  if (lock === 'keep') return params
  return lock === 'lock' ? { ...params, lock: true } : { ...params, lock: false, override_locked: true }
}
