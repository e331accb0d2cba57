// For tests of operations: a dozen tasks of every kind (stages, skipped, archived, open, split, with objects, time and
// people), and whole rows to compare.
import { countClasses } from '../../model/annotation.ts'
import type { TaskPatch, TaskRow } from '../../model/task.ts'
import { insertRevision } from '../annotations/queries.ts'
import { eventsOf } from '../history/queries.ts'
import { arrange, box, openIt } from '../tasks/test-work.ts'
import type { TestProject, TestServer } from '../testing.ts'

export type TestSet = TestProject & {
  ids: number[]
  batch_id: number
  labeler: Awaited<ReturnType<TestProject['member']>>
  reviewer: Awaited<ReturnType<TestProject['member']>>
  /** Open in the labeler's editor. */
  open_id: number
}

/** Time that a bulk operation's own moment must differ from. */
const LONG_AGO = '2026-01-02T03:04:05.006Z'

export async function testSet(server: TestServer, settings: object = {}): Promise<TestSet> {
  const p = await server.project({ settings })
  const { project_id } = p
  const { id: batch_id } = await server.owner.create_batch({ project_id, name: 'Batch' })
  const [labeler, reviewer] = [await p.member('labeler'), await p.member('reviewer')]
  const ids = await p.tasks(12)
  const [prepare, label, review, completed] = (['prepare', 'label', 'review', 'completed'] as const).map((k) =>
    p.stage(k),
  ) as [number, number, number, number]
  const people = { [label]: labeler.id, [review]: reviewer.id }
  const skipped = {
    is_skipped: true,
    skip_reason: 'other',
    skip_note: 'Too dark',
    skipped_at: LONG_AGO,
    skipper_ids: [labeler.id],
  } satisfies TaskPatch
  const states: TaskPatch[] = [
    { stage_id: prepare },
    { stage_id: prepare, split: 'train', split_source: 'manual', is_split_locked: true, batch_id },
    { stage_id: label, queued_at: LONG_AGO, priority: 3 },
    {
      stage_id: label,
      queued_at: LONG_AGO,
      assignee_id: labeler.id,
      stage_assignees: people,
      is_returned: true,
      times_returned: 2,
      labelled_by_id: labeler.id,
    },
    { stage_id: label, queued_at: LONG_AGO, assignee_id: labeler.id, stage_assignees: { [label]: labeler.id } },
    { ...skipped, stage_id: label, skipped_by_id: labeler.id, split: 'test', split_source: 'auto' },
    { ...skipped, stage_id: label, skipped_by_id: reviewer.id, skipper_ids: [reviewer.id], priority: -4 },
    {
      stage_id: review,
      queued_at: LONG_AGO,
      assignee_id: reviewer.id,
      stage_assignees: people,
      labelled_by_id: labeler.id,
    },
    { stage_id: review, queued_at: LONG_AGO, labelled_by_id: labeler.id, batch_id },
    {
      stage_id: completed,
      completed_at: LONG_AGO,
      stage_assignees: people,
      labelled_by_id: labeler.id,
      reviewed_by_id: reviewer.id,
      split: 'validation',
      split_source: 'auto',
      exported_at: LONG_AGO,
    },
    { stage_id: label, queued_at: LONG_AGO, is_archived: true },
    { stage_id: completed, completed_at: LONG_AGO, is_archived: true },
  ]
  await arrange(server, project_id, new Map(ids.map((id, i) => [id, states[i] as TaskPatch])))
  for (const i of [3, 5, 7, 9]) await draw(server, p, ids[i] as number, i, labeler.id)
  const open_id = ids[4] as number
  await openIt(labeler.api, project_id, open_id)
  return { ...p, ids, batch_id, labeler, reviewer, open_id }
}

/** Gives a task objects of a real revision, and time of a real ledger. */
async function draw(server: TestServer, p: TestProject, task_id: number, n: number, person_id: number) {
  const objects = Array.from({ length: n }, (_, i) => ({ ...box(`o${i}`, 1 + (i % 2)), author_id: person_id }))
  const at = { project_id: p.project_id, task_id, stage_id: p.stage('label'), session_id: `drawing-${task_id}` }
  const revision = await server.app.db.transaction().execute(async (tx) => {
    for (const [kind, ms] of [
      ['annotation', 1000 * n],
      ['review', 100 * n],
    ] as const)
      await tx
        .insertInto('time_entry')
        .values({ ...at, person_id, kind, sequence: kind === 'review' ? 2 : 1, ms, at: LONG_AGO })
        .execute()
    return insertRevision(tx, {
      ...at,
      kind: 'saved',
      author_id: person_id,
      document: { objects, global_attributes: {} },
    })
  })
  const counts = { object_count: objects.length, class_counts: countClasses(objects) }
  await arrange(
    server,
    p.project_id,
    new Map([
      [task_id, { ...counts, revision_id: revision.patch.revision_id, duration_ms: 1000 * n, review_ms: 100 * n }],
    ]),
  )
}

/** What an undo brings back: all but the stamps of change. */
export const restorable = (rows: readonly TaskRow[]) =>
  rows.map(({ generation: _g, version: _v, event_count: _e, updated_at: _u, ...rest }) => rest)

export async function queueOf(server: TestServer, project_id: number) {
  return server.app.db
    .selectFrom('queue_entry')
    .selectAll()
    .where('project_id', '=', project_id)
    .orderBy('task_id')
    .execute()
}

/** What the timelines of a project tell about an operation, by task and number. */
export async function eventsOfOperation(server: TestServer, project_id: number, operation_id: number) {
  const tasks = await server.app.db
    .selectFrom('task')
    .select('id')
    .where('project_id', '=', project_id)
    .orderBy('id')
    .execute()
  const events = []
  for (const { id: task_id } of tasks)
    for await (const ofTask of eventsOf(server.app.db, project_id, task_id, 0))
      for (const event of ofTask.reverse()) if (event.operation_id === operation_id) events.push({ task_id, ...event })
  return events
}

/** Waits until an operation is no longer running. */
export async function finished(api: TestServer['owner'], project_id: number, operation_id: number) {
  for (let i = 0; i < 400; i++) {
    const operation = await api.get_operation({ project_id, operation_id })
    if (operation.state !== 'running') return operation
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`operation ${operation_id} does not end`)
}
