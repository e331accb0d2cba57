// A problem of an asset: what somebody found wrong with the image itself. Managers look at it and resolve it.
import { type Static, Type } from 'typebox'
import { Fields, Id, Moment, Nullable, Words } from './schema.ts'

export const PROBLEM_REASONS = ['broken_image', 'wrong_image', 'duplicate', 'other'] as const
export type ProblemReason = (typeof PROBLEM_REASONS)[number]
export const PROBLEM_NOTE_MAX = 2000

export const ProblemSchema = Fields({
  id: Id,
  reason: Words(PROBLEM_REASONS),
  /** Empty if nothing more was said. */
  note: Type.String(),
  reported_by_id: Id,
  reported_at: Moment,
  resolved_at: Nullable(Moment),
  resolved_by_id: Nullable(Id),
})
export type Problem = Static<typeof ProblemSchema>

/** Only “other” says nothing by itself. */
export const needsNote = (reason: ProblemReason, note: string): boolean => reason === 'other' && note.trim() === ''
