// audit/: the project's audit log, read only. What is in it is written by history/, operations/, imports/, exports/.
// This file: the log's one order over its four sources, and where a page ended.
import { Failure } from '../../model/failure.ts'

/** Of two entries of the same millisecond the one of the higher rank is the newer. */
export const RANKS = { event: 3, operation: 2, import: 1, export: 0 } as const
export type Source = keyof typeof RANKS

/** An entry's place: `id` is the task's of an event, with the event's `number`; else the row's own, with 0. */
export type Place = { at: string; rank: number; id: number; number: number }

/** Newest first. */
export function byNewest(a: Place, b: Place): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1
  return b.rank - a.rank || b.id - a.id || b.number - a.number
}

export function encodePlace({ at, rank, id, number }: Place): string {
  return Buffer.from(JSON.stringify([at, rank, id, number])).toString('base64url')
}

/** @throws Failure invalid_cursor */
export function decodePlace(text: string): Place {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    value = null
  }
  const [at, rank, id, number] = Array.isArray(value) ? value : []
  const areNumbers = [rank, id, number].every((n) => Number.isSafeInteger(n) && n >= 0)
  if (
    typeof at !== 'string' ||
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at) ||
    Number.isNaN(Date.parse(at)) ||
    !areNumbers
  )
    throw new Failure('invalid_cursor', 'cursor: this is not a cursor of the audit log.')
  return { at, rank: rank as number, id: id as number, number: number as number }
}
