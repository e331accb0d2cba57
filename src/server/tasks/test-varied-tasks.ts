// For server tests: a project of tasks that differ in every column, in history and in metadata, and all of it as plain
// values to compare with.
import type { ClassCounts } from '../../model/annotation.ts'
import { type EventKind, SKIP_REASONS, SPLITS, type TaskPatch, type TaskRow } from '../../model/task.ts'
import { record } from '../history/record.ts'
import type { TestProject, TestServer } from '../testing.ts'
import { lockTasks } from './queries.ts'
import { analyzeAll, describeTasks, factsOf, giveMetadata } from './test-queries.ts'
import { arrange, openIt, operate, rowsOf } from './test-work.ts'

export type VariedTask = TaskRow & {
  open_by_id: number | null
  metadata: Record<string, string>
  /** What the timeline shows. */
  events: { kind: EventKind; actor_id: number | null; operation_id: number | null; moves: boolean }[]
  /** Operations that changed it, and those that moved it to another stage. */
  changed_by: number[]
}
export type VariedTasks = {
  p: TestProject
  project_id: number
  tasks: readonly VariedTask[]
  people: number[]
  batches: { id: number; name: string }[]
  /** Names of people as they are sorted. */
  names: Map<number, string>
  operations: number[]
}

const COUNT = 63
/** Walks through some values, so that neighbours differ and many are equal. */
const pick = <T>(values: readonly T[], i: number, step: number) => values[(i * step) % values.length] as T

export async function variedTasks(server: TestServer): Promise<VariedTasks> {
  const p = await server.project()
  const { project_id } = p
  const batches: VariedTasks['batches'] = []
  for (const name of ['zebra', 'alpha', 'mid']) {
    const { id } = await server.owner.create_batch({ project_id, name })
    batches.push({ id, name })
  }
  const members = [p.manager, await p.member('labeler'), await p.member('reviewer')]
  const people = members.map((m) => m.id)
  const list = await server.owner.list_project_members({ project_id })
  const names = new Map(list.map((m) => [m.id, m.name.toLowerCase()]))
  const ids = await p.tasks(COUNT)
  await depict(server, project_id, ids)
  await vary(server, p, ids, people, batches)
  await giveHistory(server, project_id, ids, people)
  const operations = await runOperations(p, ids)

  const waiting = (await rowsOf(server, project_id)).filter(
    (t) => t.stage_id === p.stage('label') && !t.is_skipped && !t.is_archived,
  )
  const open_by = new Map<number, number>()
  for (const task of waiting.slice(0, 4)) {
    const holder = members.find((m) => m.id === task.assignee_id) ?? p.manager
    await openIt(holder.api, project_id, task.id)
    open_by.set(task.id, holder.id)
  }
  await analyzeAll(server)
  const facts = await factsOf(server, project_id)
  const changed = await changesOf(p, operations)
  const tasks = (await rowsOf(server, project_id)).map(
    (t): VariedTask => ({
      ...t,
      open_by_id: open_by.get(t.id) ?? null,
      metadata: facts.metadata.get(t.id) ?? {},
      events: facts.events.filter((e) => e.task_id === t.id && e.number > t.history_floor),
      changed_by: changed.get(t.id) ?? [],
    }),
  )
  return { p, project_id, tasks, people, batches, names, operations }
}

/** Names, sizes and metadata, which no operation sets. */
async function depict(server: TestServer, project_id: number, ids: readonly number[]) {
  await describeTasks(
    server,
    project_id,
    ids.map((id, i) => ({
      id,
      name: `${pick(['cat', 'Dog', 'bird%x', 'a_b'], i, 3)}${i % 6}`,
      folder: pick(['', 'day1', 'day1/left'], i, 5),
      width: pick([640, 1920, 3840], i, 2),
      height: pick([480, 1080], i, 1),
      created_at: day(i * 2),
    })),
  )
  const cameras = ['front', 'rear', 'Front "wide" 100%', 'a\\b', '']
  const metadata = (i: number) => ({
    ...(i % 4 === 0 ? {} : { camera: pick(cameras, i, 3) }),
    ...(i % 3 === 0 ? { "it's": pick(['x', 'y'], i, 1) } : {}),
  })
  await giveMetadata(server, project_id, new Map(ids.map((id, i) => [id, metadata(i)])))
}

const day = (i: number) => new Date(Date.UTC(2026, 10, 1 + (i % 9), 8, 0, 0, i % 4)).toISOString()

/** Many are equal in each column, so that ties and nulls fall on page borders. */
async function vary(
  server: TestServer,
  p: TestProject,
  ids: readonly number[],
  people: number[],
  batches: VariedTasks['batches'],
) {
  const { project_id } = p
  const stages = p.project.stages.map((s) => s.id)
  await arrange(
    server,
    project_id,
    new Map(
      ids.map((id, i): [number, TaskPatch] => {
        const stage_id = pick(stages, i, 7)
        const offered = stage_id === p.stage('label') || stage_id === p.stage('review')
        const is_skipped = stage_id === p.stage('label') && i % 5 === 0
        const object_count = (i * 3) % 5
        return [
          id,
          {
            stage_id,
            assignee_id: offered && !is_skipped ? pick([null, ...people], i, 3) : null,
            duration_ms: (i % 7) * 1500,
            review_ms: (i % 3) * 1000,
            object_count,
            class_counts: (object_count === 0
              ? {}
              : i % 2
                ? { 1: object_count }
                : { 1: 1, 2: object_count }) as ClassCounts,
            split: pick([null, ...SPLITS], i, 3),
            priority: (i % 5) - 2,
            batch_id: pick([null, ...batches.map((b) => b.id)], i, 7),
            is_skipped,
            skip_reason: is_skipped ? pick(SKIP_REASONS, i, 2) : null,
            skipped_by_id: is_skipped ? pick(people, i, 1) : null,
            queued_at: offered && !is_skipped ? day(i) : null,
            is_returned: offered && i % 4 === 0,
            times_returned: i % 3,
            labelled_by_id: pick([null, ...people], i, 1),
            reviewed_by_id: pick([null, null, ...people], i, 1),
            completed_at: stage_id === p.stage('completed') ? day(i) : null,
            exported_at: i % 3 === 0 ? day(i + 1) : null,
            is_archived: i % 13 === 0,
          },
        ]
      }),
    ),
  )
}

const DEEDS = ['submitted', 'approved', 'rejected', 'skipped'] as const

/** Deeds of several people, part of them hidden from the timeline, and some done again after that. */
async function giveHistory(server: TestServer, project_id: number, ids: readonly number[], people: readonly number[]) {
  const add = (kindsOf: (i: number, person: number) => readonly EventKind[], patchOf: (i: number) => TaskPatch) =>
    server.app.db.transaction().execute(async (tx) => {
      for (const [n, person_id] of people.entries()) {
        const tasks = await lockTasks(tx, project_id, ids)
        const stamp = { actor: { person_id, kind: 'person' as const }, at: day(n), operation_id: null }
        const changes = tasks.map((task, i) => ({
          task,
          patch: patchOf(i),
          events: kindsOf(i, n).map((kind) => ({ kind })),
        }))
        await record(tx, project_id, stamp, changes)
      }
    })
  await add(
    (i, n) => DEEDS.filter((_, k) => (i * 3 + n * 2 + k) % 7 === 0),
    () => ({}),
  )
  const hidden = new Map((await rowsOf(server, project_id)).map((t) => [t.id, { history_floor: t.event_count }]))
  await arrange(server, project_id, new Map([...hidden].filter((_, i) => i % 3 === 0)))
  await add(
    (i, n) => DEEDS.filter((_, k) => (i + n + k) % 11 === 0),
    () => ({}),
  )
}

/** A move, its undo, and a change of priority that overlap, so that part of each is unchanged or refused. */
async function runOperations(p: TestProject, ids: readonly number[]): Promise<number[]> {
  const { project_id } = p
  const { api } = p.manager
  const run = (name: string, params: object, some: readonly number[]) =>
    operate(api, project_id, name, params, some as number[])
  const moved = await run('change-status', { stage_id: p.stage('label') }, ids.slice(0, 24))
  await run('set-priority', { priority: 2 }, ids.slice(6, 12))
  const undone = await api.undo_operation({ project_id, operation_id: moved.id })
  const prioritized = await run('set-priority', { priority: -1 }, ids.slice(20, 40))
  return [moved.id, undone.id, prioritized.id]
}

/** By task: the operations whose result for it is “applied”. */
async function changesOf(p: TestProject, operations: readonly number[]): Promise<Map<number, number[]>> {
  const changed = new Map<number, number[]>()
  for (const operation_id of operations) {
    const { project_id } = p
    const page = await p.manager.api.list_operation_results({ project_id, operation_id, limit: 500 })
    for (const { task_id, outcome } of page.results)
      if (outcome === 'applied') changed.set(task_id, [...(changed.get(task_id) ?? []), operation_id])
  }
  return changed
}
