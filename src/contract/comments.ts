// Comments on a task, and the revisions of it that a reviewer compares with.
import { Type } from 'typebox'
import { DocumentSchema } from '../model/annotation.ts'
import { COMMENT_LENGTH_MAX, PlaceSchema, ThreadSchema } from '../model/comment.ts'
import { RevisionsSchema } from '../model/revisions.ts'
import { Fields, Id, Line, Nullable } from '../model/schema.ts'
import { endpointTable, inProject } from './endpoint.ts'
import { NamedPersonSchema } from './people.ts'

const taskOf = Fields({ project_id: Id, task_id: Id })
const commentOf = Fields({ project_id: Id, task_id: Id, comment_id: Id })
/** Plain text; Markdown and HTML in it mean nothing. */
const Words = Type.String({ minLength: 1, maxLength: COMMENT_LENGTH_MAX, pattern: '\\S' })

export const commentEndpoints = endpointTable({
  list_comments: {
    method: 'GET', path: '/projects/:project_id/tasks/:task_id/comments', summary: 'Comments of a task in threads, oldest first', tag: 'Comments', access: inProject('view_task'), params: taskOf,
    reply: Fields({ threads: Type.Array(ThreadSchema), /** Whoever wrote or resolved here. */ people: Type.Array(NamedPersonSchema) }),
  },
  /** Needs no lease. With a `thread_id` it is a reply, and has no pin of its own. */
  create_comment: {
    method: 'POST', path: '/projects/:project_id/tasks/:task_id/comments', summary: 'Begin a thread, or reply', tag: 'Comments', access: inProject('comment'), params: taskOf,
    body: Fields({
      text: Words,
      thread_id: Type.Optional(Nullable(Id)),
      place: Type.Optional(Nullable(PlaceSchema)),
      object_id: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_-]+$' }))),
      /** Of the writer's choice: sent again with the same key, it is written once. */
      key: Line(64),
    }),
    reply: ThreadSchema,
  },
  edit_comment: {
    method: 'PATCH', path: '/projects/:project_id/tasks/:task_id/comments/:comment_id', summary: 'Change the text of a comment of mine', tag: 'Comments', access: inProject('comment'), params: commentOf,
    body: Fields({ text: Words }), reply: ThreadSchema,
  },
  /** A first comment that has replies stays as a deleted one. */
  delete_comment: {
    method: 'DELETE', path: '/projects/:project_id/tasks/:task_id/comments/:comment_id', summary: 'Delete a comment of mine', tag: 'Comments', access: inProject('comment'), params: commentOf,
  },
  /** Of two who resolve at once, the first one is named. */
  set_thread_resolved: {
    method: 'PUT', path: '/projects/:project_id/tasks/:task_id/comments/:comment_id/resolved', summary: 'Resolve a thread, or open it again', tag: 'Comments', access: inProject('comment'), params: commentOf,
    body: Fields({ is_resolved: Type.Boolean() }), reply: ThreadSchema,
  },

  list_revisions: {
    method: 'GET', path: '/projects/:project_id/tasks/:task_id/revisions', summary: 'Revisions and the steps taken on them, newest first, at most 50 of each', tag: 'Comments', access: inProject('view_task'), params: taskOf,
    reply: Fields({ ...RevisionsSchema.properties, /** Who made or reviewed them, and who drew or changed an object that is there now. */ people: Type.Array(NamedPersonSchema) }),
  },
  get_revision: {
    method: 'GET', path: '/projects/:project_id/tasks/:task_id/revisions/:revision_id', summary: 'The objects of a revision', tag: 'Comments', access: inProject('view_task'),
    params: Fields({ project_id: Id, task_id: Id, revision_id: Id }), reply: Fields({ id: Id, document: DocumentSchema }),
  },
}) // biome-ignore format: a table
