// What becomes of the lock of a split that is set by hand, as parameters of Set split. Pure.
import type { Params } from './form.ts'

export const LOCKS = ['keep', 'lock', 'unlock'] as const
export type Lock = (typeof LOCKS)[number]

export const lockOf = ({ lock }: Params): Lock => (lock === undefined ? 'keep' : lock === true ? 'lock' : 'unlock')

/**
 * To unlock is about locked tasks, so they come along, as long as it is chosen.
 * @param isOverriding whether the person wants them to come along in any case
 */
export function withLock(before: Params, lock: Lock, isOverriding = false): Params {
  const { lock: _, override_locked: __, ...rest } = before
  const params = isOverriding || lock === 'unlock' ? { ...rest, override_locked: true } : rest
  return lock === 'keep' ? params : { ...params, lock: lock === 'lock' }
}
