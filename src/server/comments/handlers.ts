// comments/: threads on a task. Who may see the task may read; the rest is model/comment.ts. No lease is asked for: a
// comment is no change of the task, so it raises neither its version nor its generation.
import { COMMENTS_MAX, mayResolve, type Place, type Thread } from '../../model/comment.ts'
import { Failure } from '../../model/failure.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import type { App, Caller, Handlers, ProjectScope } from '../handler.ts'
import { announceTasks } from '../history/announce.ts'
import { namesOfPeople } from '../tasks/queries.ts'
import * as rows from './queries.ts'

type Who = { app: App; caller: Caller; project: ProjectScope }
type CommentedTask = NonNullable<Awaited<ReturnType<typeof rows.commentedTask>>>

export const commentHandlers = {
  async list_comments({ app, caller, project }, { task_id }) {
    const task = await theTask(app.db, project, task_id)
    const found = await rows.threadsOf(app.db, project.row.id, task_id, null)
    const people = found.flatMap((t) => [t.resolved_by_id, ...t.comments.map((c) => c.author_id)])
    return {
      threads: found.map((t) => reply(t, { caller, project }, task)),
      people: await namesOfPeople(app.db, people),
    }
  },

  create_comment: (call, { task_id, text, thread_id = null, place = null, object_id = null, key }) =>
    changed(call, task_id, async (tx, task) => {
      const { project, caller } = call
      if (thread_id !== null)
        requireReply(await rows.lockComment(tx, project.row.id, task_id, thread_id), place, object_id)
      if (place) requireInside(place, task)
      const comment = { project_id: project.row.id, task_id, thread_id, author_id: caller.person_id, text: text.trim(), place, object_id, key } // biome-ignore format: one row
      const made = await rows.insertComment(tx, comment)
      if (!made)
        throw new Failure(
          'too_many_comments',
          `This task has ${COMMENTS_MAX} comments, and takes no more. Delete some of yours.`,
        )
      return made.thread_id
    }),

  edit_comment: (call, { task_id, comment_id, text }) =>
    changed(call, task_id, async (tx) => {
      const comment = await ownComment(tx, call, task_id, comment_id)
      if (text.trim() !== comment.text) await rows.updateText(tx, call.project.row.id, task_id, comment_id, text.trim())
      return comment.thread_id ?? comment.id
    }),

  async delete_comment(call, { task_id, comment_id }) {
    const { app, project } = call
    await app.db.transaction().execute(async (tx) => {
      await rows.removeComment(tx, project.row.id, task_id, await ownComment(tx, call, task_id, comment_id))
      await announceTasks(tx, project.row.id, [task_id])
    })
  },

  set_thread_resolved: (call, { task_id, comment_id, is_resolved }) =>
    changed(call, task_id, async (tx, task) => {
      const { project, caller } = call
      const first = await rows.lockComment(tx, project.row.id, task_id, comment_id)
      if (!first || first.thread_id !== null) throw noComment(comment_id)
      if (!mayResolve({ person_id: caller.person_id, role: project.role }, first.author_id, task))
        throw new Failure(
          'not_allowed',
          'A thread is resolved by who began it, by the labeler of the task, or by a reviewer.',
        )
      await rows.setResolved(tx, project.row.id, task_id, comment_id, is_resolved ? caller.person_id : null)
      return comment_id
    }),
} satisfies Partial<Handlers>

/** One change of a thread: what it is afterwards, told to open pages. */
async function changed(
  { app, caller, project }: Who,
  task_id: number,
  change: (tx: Tx, task: CommentedTask) => Promise<number>,
): Promise<Thread> {
  const project_id = project.row.id
  return app.db.transaction().execute(async (tx) => {
    const task = await theTask(tx, project, task_id)
    const thread_id = await change(tx, task)
    await announceTasks(tx, project_id, [task_id])
    const [thread] = await rows.threadsOf(tx, project_id, task_id, thread_id)
    if (!thread) throw noComment(thread_id)
    return reply(thread, { caller, project }, task)
  })
}

async function theTask(db: Queryable, project: ProjectScope, task_id: number): Promise<CommentedTask> {
  const task = await rows.commentedTask(db, project.row.id, task_id)
  if (!task) throw new Failure('not_found', `There is no task ${task_id} in this project.`)
  return task
}

/** @throws Failure not_found, not_allowed */
async function ownComment(tx: Tx, { caller, project }: Who, task_id: number, id: number): Promise<rows.CommentRow> {
  const comment = await rows.lockComment(tx, project.row.id, task_id, id)
  if (!comment || comment.text === null) throw noComment(id)
  if (comment.author_id !== caller.person_id)
    throw new Failure('not_allowed', 'Only who wrote a comment may change or delete it.')
  return comment
}

function requireReply(first: rows.CommentRow | null, place: Place | null, object_id: string | null): void {
  if (!first || first.thread_id !== null)
    throw new Failure('not_found', 'thread_id: this thread was deleted, or is not of this task.')
  if (place !== null || object_id !== null)
    throw new Failure('invalid_input', 'place, object_id: a reply stands where its thread does.')
}

function requireInside({ x, y }: Place, { width, height }: CommentedTask): void {
  if (x < 0 || y < 0 || x > width || y > height)
    throw new Failure('invalid_input', `place: must lie in the image, which is ${width} × ${height}.`)
}

const noComment = (id: number) => new Failure('not_found', `There is no comment ${id} on this task.`)

function reply(t: rows.ThreadRow, { caller, project }: Omit<Who, 'app'>, task: CommentedTask): Thread {
  const { author_id, place_x, place_y, ...thread } = t
  return {
    ...thread,
    place: place_x === null || place_y === null ? null : { x: place_x, y: place_y },
    may_resolve: mayResolve({ person_id: caller.person_id, role: project.role }, author_id, task),
  }
}
