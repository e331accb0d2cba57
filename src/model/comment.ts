// Comments on a task: threads that are pinned to a place, to an object or to nothing, and who may do what with them.
// They belong to the task and not to a stage of it: no step, move, cleanup or undo takes them away.
import { type Static, Type } from 'typebox'
import type { ProjectRole } from './permission.ts'
import { Fields, Id, Moment, Nullable } from './schema.ts'

export const COMMENT_LENGTH_MAX = 5000
/** Of a task. More is not a conversation; a reply with all of them stays below 6 MB. */
export const COMMENTS_MAX = 1000

export const CommentSchema = Fields({
  id: Id,
  author_id: Id,
  /** Plain text. null: deleted, but it has replies. */
  text: Nullable(Type.String()),
  created_at: Moment,
  edited_at: Nullable(Moment),
})
export type Comment = Static<typeof CommentSchema>

/** Pixels of the upright image. */
export const PlaceSchema = Fields({ x: Type.Number(), y: Type.Number() })
export type Place = Static<typeof PlaceSchema>

export const ThreadSchema = Fields({
  /** The id of its first comment. */
  id: Id,
  /** Of a comment on an object: where the object was, for when it is gone. */
  place: Nullable(PlaceSchema),
  object_id: Nullable(Type.String()),
  resolved_at: Nullable(Moment),
  resolved_by_id: Nullable(Id),
  may_resolve: Type.Boolean(),
  /** Oldest first. */
  comments: Type.Array(CommentSchema),
})
export type Thread = Static<typeof ThreadSchema>

type Who = { person_id: number; role: ProjectRole }

/** The author of a thread, the labeler of the task, and whoever reviews. The same people may open it again. */
export function mayResolve(
  { person_id, role }: Who,
  author_id: number,
  task: { labelled_by_id: number | null; assignee_id: number | null },
): boolean {
  return role !== 'labeler' || [author_id, task.labelled_by_id, task.assignee_id].includes(person_id)
}
