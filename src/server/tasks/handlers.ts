// The Tasks page, the queue, and one person's steps.
import { Failure } from '../../model/failure.ts'
import { type Filter, FilterSchema, NO_FILTER } from '../../model/filter.ts'
import { approve, reject, requireHolder, skip, submit } from '../../model/steps.ts'
import { documentOf, draftById } from '../annotations/queries.ts'
import type { Tx } from '../db/connect.ts'
import type { App, Handlers } from '../handler.ts'
import { inputProblem } from '../input.ts'
import { askerOf, claimTask } from './claim.ts'
import { decodeCursor, encodeCursor, filterSql, orderOf } from './filter-queries.ts'
import { endLease } from './lease-queries.ts'
import { openTask } from './open-task.ts'
import {
  countTasks,
  facetsOf,
  findRow,
  namesOfPeople,
  pageOfTasks,
  peopleOfTask,
  summaryOf,
  taskById,
} from './queries.ts'
import { doneToday, waitingFor } from './queue-queries.ts'
import { saveDocument } from './save-document.ts'
import { explained, holderOf, type Step, takeHeldStep, takeStep } from './step.ts'

const PAGE = 100

export const taskHandlers = {
  async list_tasks({ app }, { project_id, filter, sort, cursor, offset, limit = PAGE }) {
    const order = orderOf(sort)
    const name = sort ?? '-id'
    const rows = await pageOfTasks(
      app.db,
      project_id,
      parseFilter(filter),
      order,
      cursor ? decodeCursor(cursor, name, order) : null,
      limit + 1,
      cursor ? 0 : offset,
    )
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    const next_cursor = last ? encodeCursor({ sort: name, key: last.order_key, id: last.id }) : null
    const people = await namesOfPeople(app.db, page.flatMap(peopleOfTask))
    return { tasks: page.map(({ order_key: _, ...task }) => task), people, next_cursor }
  },

  count_tasks: async ({ app }, { project_id, filter }) => ({
    total: await countTasks(app.db, filterSql(project_id, parseFilter(filter))),
  }),

  // The plainest way that is right; the column index answers these at a million tasks.
  async get_task_facets({ app }, { project_id, filter }) {
    return facetsOf(app.db, project_id, parseFilter(filter))
  },

  async find_task_row({ app }, { project_id, filter, sort, name, task_id }) {
    return findRow(app.db, filterSql(project_id, parseFilter(filter)), orderOf(sort), { name, task_id })
  },

  async get_task_summary({ app }, { project_id }) {
    const { stages, totals, people } = await summaryOf(app.db, project_id)
    const { train, validation, test, none, ...rest } = totals
    const sum = (key: 'skipped' | 'returned') => stages.reduce((total, s) => total + s[key], 0)
    return {
      ...rest,
      stages,
      skipped: sum('skipped'),
      returned: sum('returned'),
      splits: { train, validation, test, none },
      people,
    }
  },

  async get_task({ app }, { project_id, task_id }) {
    const { revision_id, ...task } = await existing(app, project_id, task_id)
    const document = await documentOf(app.db, project_id, task_id, revision_id)
    return {
      task,
      document,
      revision_id,
      people: await namesOfPeople(app.db, [...peopleOfTask(task), ...document.objects.map((o) => o.author_id)]),
    }
  },

  async get_queue({ app, project, caller }) {
    const label = await waitingFor(app.db, askerOf(project, caller, 'label'))
    const review = await waitingFor(app.db, askerOf(project, caller, 'review'))
    return { label, review, ...(await doneToday(app.db, project.row.id, caller.person_id)) }
  },

  claim_task: (call, { kind, session_id }) => claimTask(call, kind, session_id),

  open_task: ({ app, project, caller }, { task_id, session_id }) =>
    app.db.transaction().execute((tx) => openTask(tx, { app, project, caller, task_id }, session_id)),

  async release_task({ app, project, caller }, { task_id, ...holder }) {
    const step: Step = { app, project, caller, task_id }
    const release = async (tx: Tx) => {
      await takeStep(tx, step, (task) => {
        requireHolder(task, holderOf(step, holder))
        return { outcome: 'applied', patch: {}, events: [] }
      })
      await endLease(tx, project.row.id, task_id)
    }
    await explained(step, () => app.db.transaction().execute(release))
  },

  save_document: ({ app, project, caller }, { task_id, ...save }) =>
    saveDocument({ app, project, caller, task_id }, save),

  async submit_task({ app, project, caller }, { task_id, ...holder }) {
    await takeHeldStep({ app, project, caller, task_id }, holder, (task, rules) =>
      submit(task, caller.person_id, rules),
    )
    return moved(app, project.row.id, task_id)
  },
  async approve_task({ app, project, caller }, { task_id, ...holder }) {
    await takeHeldStep({ app, project, caller, task_id }, holder, (task, rules) =>
      approve(task, caller.person_id, rules),
    )
    return moved(app, project.row.id, task_id)
  },
  async reject_task({ app, project, caller }, { task_id, comment, ...holder }) {
    await takeHeldStep({ app, project, caller, task_id }, holder, (task, rules) =>
      reject(task, caller.person_id, comment, rules),
    )
    return moved(app, project.row.id, task_id)
  },
  async skip_task({ app, project, caller }, { task_id, reason, note, ...holder }) {
    await takeHeldStep({ app, project, caller, task_id }, holder, (task, rules) =>
      skip(task, caller.person_id, reason, note ?? null, rules),
    )
    return moved(app, project.row.id, task_id)
  },

  async get_draft({ app, project, caller }, { project_id, task_id, draft_id }) {
    const draft = await draftById(
      app.db,
      project_id,
      task_id,
      draft_id,
      project.role === 'manager' ? null : caller.person_id,
    )
    if (!draft) throw new Failure('not_found', `There is no draft ${draft_id} of yours on this task.`)
    const { id, created_at, objects, global_attributes } = draft
    return { id, created_at, document: { objects, global_attributes } }
  },
} satisfies Partial<Handlers>

/** The query's JSON text of a filter. @throws Failure unknown_field, which names the part that is wrong */
export function parseFilter(text: string | undefined): Filter {
  if (text === undefined || text === '') return NO_FILTER
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Failure('unknown_field', 'filter: this is not JSON.')
  }
  const problem = inputProblem(FilterSchema, value, 'filter')
  if (problem) throw new Failure('unknown_field', problem)
  return value as Filter
}

async function existing(app: App, project_id: number, task_id: number) {
  const task = await taskById(app.db, project_id, task_id)
  if (!task) throw new Failure('not_found', `There is no task ${task_id} in this project.`)
  return task
}

async function moved(app: App, project_id: number, task_id: number) {
  const { revision_id: _, ...task } = await existing(app, project_id, task_id)
  return { task }
}
