// The Tasks page, the queue, and one person's steps.
import type { Input, Reply } from '../../contract/endpoint.ts'
import type { Endpoints } from '../../contract/endpoints.ts'
import { Failure } from '../../model/failure.ts'
import { type Filter, FilterSchema, NO_FILTER } from '../../model/filter.ts'
import { filterProblem, instantOf } from '../../model/filter-problem.ts'
import { mayInProject } from '../../model/permission.ts'
import { approve, reject, requireHolder, skip, submit } from '../../model/steps.ts'
import { draftById, draftsOfTask } from '../annotations/queries.ts'
import { displayedImage } from '../assets/stored-image.ts'
import type { Tx } from '../db/connect.ts'
import type { App, Call, Handlers } from '../handler.ts'
import { announceTasks } from '../history/announce.ts'
import { inputProblem } from '../input.ts'
import { Json } from '../json-reply.ts'
import { askerOf, claimTask } from './claim.ts'
import { claimPastOthers } from './claim-past-others.ts'
import { decodeCursor, encodeCursor, orderOf } from './filter-queries.ts'
import { endLease } from './lease-queries.ts'
import { nextTasks } from './next-tasks-queries.ts'
import { openTask } from './open-task.ts'
import { namesOfPeople, peopleOfTask, taskById, taskWithDocument } from './queries.ts'
import { readWaiting } from './queue-counts.ts'
import { doneToday } from './queue-queries.ts'
import { readFacets, readPage, readRow, readTotal } from './reading.ts'
import { requireValues } from './required-values.ts'
import { restoreDraft } from './restore-draft.ts'
import { saveDocument } from './save-document.ts'
import { explained, holderOf, type Step, takeHeldStep, takeStep } from './step.ts'
import { readSummary } from './summary.ts'
import { mayLoadAhead, upcomingFor } from './upcoming.ts'

const PAGE = 100

export const taskHandlers = {
  async list_tasks({ app }, { project_id, filter, sort, cursor, offset, limit = PAGE }) {
    const order = orderOf(sort)
    const name = sort ?? '-id'
    const place = cursor ? decodeCursor(cursor, name, order) : offset ? { offset } : null
    const { rows, end } = await readPage(app, project_id, parseFilter(filter), order, place, limit)
    const next_cursor = end ? encodeCursor({ sort: name, ...end }) : null
    const people = await app.names.of(rows.flatMap((r) => r.people))
    return Json.withList<Reply<Endpoints['list_tasks']>>({ people, next_cursor }, 'tasks', rows.map((r) => r.json)) // biome-ignore format: one call
  },

  count_tasks: async ({ app }, { project_id, filter }) => ({
    total: await readTotal(app, project_id, parseFilter(filter)),
  }),

  get_task_facets: ({ app }, { project_id, filter }) => readFacets(app, project_id, parseFilter(filter)),

  find_task_row: ({ app }, { project_id, filter, sort, name, task_id }) =>
    readRow(app, project_id, parseFilter(filter), orderOf(sort), { name, task_id }),

  get_task_summary: ({ app, project }, { project_id, today_from }) =>
    readSummary(app, project_id, project.workflow, dayFrom(today_from)),

  async get_task({ app }, { project_id, task_id }) {
    const found = await taskWithDocument(app.db, project_id, task_id)
    if (!found) throw noSuchTask(task_id)
    const authors = found.document.objects.map((o) => o.author_id)
    return { ...found, people: await namesOfPeople(app.db, [...peopleOfTask(found.task), ...authors]) }
  },

  async get_queue({ app, project, caller }, { today_from }) {
    const label = await readWaiting(app, askerOf(project, caller, 'label'), project.workflow)
    const review = await readWaiting(app, askerOf(project, caller, 'review'), project.workflow)
    return { label, review, ...(await doneToday(app.db, project.row.id, caller.person_id, dayFrom(today_from))) }
  },

  get_upcoming: async (call, { kind }) => ({ asset_ids: await upcomingFor(call, kind) }),

  async get_upcoming_image(call, { asset_id, kind }) {
    // Whoever was told what is next may have claimed it before they ask for its image.
    if (!(await mayLoadAhead(call, kind, asset_id)))
      throw new Failure('not_found', `Asset ${asset_id} is not next for you.`)
    return displayedImage(call.app, call.project.row.id, asset_id)
  },

  async list_queue({ app, project, caller }, { kind, limit = 20 }) {
    const with_pool = mayInProject(project.role, 'view_tasks') === true
    const tasks = await nextTasks(app.db, askerOf(project, caller, kind), { with_pool, with_open: true, limit })
    return { tasks: tasks.map(({ width: _w, height: _h, ...task }) => task) }
  },

  claim_task: (call, { kind, session_id, except = [] }) =>
    except.length > 0 ? claimPastOthers(call, kind, session_id, except) : claimTask(call, kind, session_id),

  open_task: ({ app, project, caller }, { task_id, session_id, kind }) =>
    app.db.transaction().execute((tx) => openTask(tx, { app, project, caller, task_id }, session_id, kind)),

  async release_task({ app, project, caller }, { task_id, ...holder }) {
    const step: Step = { app, project, caller, task_id }
    const release = async (tx: Tx) => {
      await takeStep(tx, step, (task) => {
        requireHolder(task, holderOf(step, holder))
        return { outcome: 'applied', patch: {}, events: [] }
      })
      await endLease(tx, project.row.id, task_id)
      await announceTasks(tx, project.row.id, [task_id])
    }
    await explained(step, () => app.db.transaction().execute(release))
  },

  save_document: ({ app, project, caller }, { task_id, ...save }) =>
    saveDocument({ app, project, caller, task_id }, save),

  save_changes: ({ app, project, caller }, { task_id, ...save }) =>
    saveDocument({ app, project, caller, task_id }, save),

  submit_task: (call, input) =>
    finish(call, input, 'label', (task, rules) => submit(task, call.caller.person_id, rules), requireValues),
  approve_task: (call, input) =>
    finish(call, input, 'review', (task, rules) => approve(task, call.caller.person_id, rules), requireValues),
  reject_task: (call, { comment, ...input }) =>
    finish(call, input, 'review', (task, rules) => reject(task, call.caller.person_id, comment, rules)),
  skip_task: (call, { reason, note, ...input }) =>
    finish(call, input, 'label', (task, rules) => skip(task, call.caller.person_id, reason, note ?? null, rules)),

  async get_draft({ app, project, caller }, { project_id, task_id, draft_id }) {
    const draft = await draftById(
      app.db,
      project_id,
      task_id,
      draft_id,
      project.role === 'manager' ? null : caller.person_id,
    )
    if (!draft) throw new Failure('not_found', `There is no draft ${draft_id} of yours on this task.`)
    const { author_id: _, stage_id: _s, ...reply } = draft
    return reply
  },

  async list_drafts({ app }, { project_id, task_id }) {
    await existing(app, project_id, task_id)
    return { drafts: await draftsOfTask(app.db, project_id, task_id) }
  },

  restore_draft: ({ app, project, caller }, { task_id, draft_id }) =>
    app.db.transaction().execute((tx) => restoreDraft(tx, { app, project, caller, task_id }, draft_id)),
} satisfies Partial<Handlers>

/** When a day began, in the one spelling that JavaScript and PostgreSQL read alike. @throws Failure invalid_input */
function dayFrom(moment: string | undefined): string | undefined {
  const instant = moment === undefined ? undefined : instantOf(moment)
  if (instant === null) throw new Failure('invalid_input', 'today_from: give a moment such as 2026-11-24T00:00:00Z.')
  return instant
}

/** The query's JSON text of a filter. @throws Failure unknown_field, which names the part that is wrong */
function parseFilter(text: string | undefined): Filter {
  if (text === undefined || text === '') return NO_FILTER
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Failure('unknown_field', 'filter: this is not JSON.')
  }
  // The first names what would be right; the second finds what no database holds.
  const problem = filterProblem(value) ?? inputProblem(FilterSchema, value, 'filter')
  if (problem) throw new Failure('unknown_field', problem)
  return value as Filter
}

async function existing(app: App, project_id: number, task_id: number) {
  const task = await taskById(app.db, project_id, task_id)
  if (!task) throw noSuchTask(task_id)
  return task
}

const noSuchTask = (task_id: number) => new Failure('not_found', `There is no task ${task_id} in this project.`)

/** Takes a step, and at once the person's next task where they name a session for it. */
async function finish(
  { app, project, caller }: Call<'submit_task'>,
  { project_id, task_id, next_session_id, ...held }: Input<Endpoints['submit_task']>,
  kind: 'label' | 'review',
  decide: Parameters<typeof takeHeldStep>[2],
  check?: Parameters<typeof takeHeldStep>[3],
): Promise<Reply<Endpoints['submit_task']>> {
  await takeHeldStep({ app, project, caller, task_id }, held, decide, check)
  // The step is taken, whatever becomes of the claim.
  const claim = (session_id: string) => claimTask({ app, project, caller }, kind, session_id).catch(() => null)
  const [{ revision_id: _, ...task }, next] = await Promise.all([
    existing(app, project_id, task_id),
    next_session_id === undefined ? null : claim(next_session_id),
  ])
  return { task, next }
}
