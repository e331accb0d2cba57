// The revisions of a task that a person can compare with, and the one they most likely mean.
import { type Static, Type } from 'typebox'
import { Count, Fields, Id, Moment, Nullable, Words } from './schema.ts'

/** A state of the task that an editing session left behind. */
const RevisionSchema = Fields({
  id: Id,
  /** null: imported. */
  author_id: Nullable(Id),
  stage_id: Id,
  object_count: Count,
  created_at: Moment,
})

/** A step with the revision that it was taken on; null: without any annotation. */
const RevisionStepSchema = Fields({
  kind: Words(['submitted', 'approved', 'rejected']),
  at: Moment,
  person_id: Nullable(Id),
  revision_id: Nullable(Id),
})

export const RevisionsSchema = Fields({
  /** Newest first. */
  revisions: Type.Array(RevisionSchema),
  /** Newest first. */
  steps: Type.Array(RevisionStepSchema),
  current_id: Nullable(Id),
})
export type Revisions = Static<typeof RevisionsSchema>
export type RevisionStep = Static<typeof RevisionStepSchema>

/**
 * What was submitted before the last rejection: a reviewer sees what became of the rejection, a labeler what the reviewer
 * changed. Never rejected: what was submitted last. Never submitted: the state before the current one.
 * @returns null: there is nothing to compare with
 */
export function usualBase({ revisions, steps, current_id }: Revisions): { revision_id: number | null } | null {
  const kept = new Set(revisions.map((r) => r.id))
  const there = steps.filter((s) => s.revision_id === null || kept.has(s.revision_id))
  const rejected = there.findIndex((s) => s.kind === 'rejected')
  const submitted = there.slice(rejected + 1).find((s) => s.kind === 'submitted')
  if (submitted) return { revision_id: submitted.revision_id }
  const before = revisions.find((r) => r.id !== current_id)
  return before ? { revision_id: before.id } : null
}
