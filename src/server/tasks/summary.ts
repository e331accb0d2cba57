// The numbers above the table: counted by the column index where it has the project, else by SQL.
import type { Reply } from '../../contract/endpoint.ts'
import type { Endpoints } from '../../contract/endpoints.ts'
import { type Condition, type Filter, NO_FILTER } from '../../model/filter.ts'
import type { Stage, StageKind } from '../../model/workflow.ts'
import type { Value } from '../columns/code-column.ts'
import type { Counts } from '../columns/messages.ts'
import type { App } from '../handler.ts'
import { orderOf } from './filter-queries.ts'
import {
  openNow,
  peopleWithTime,
  type StageNumbers,
  stageNumbers,
  type Totals,
  totalsOf,
  type Work,
  workOfPeople,
} from './summary-queries.ts'

type Summary = Reply<Endpoints['get_task_summary']>
/** What is counted over all tasks. */
type Counted = { stages: ReadonlyMap<number, StageNumbers>; totals: Totals; work: readonly Work[] }

const NOTHING: StageNumbers = { total: 0, unassigned: 0, skipped: 0, returned: 0 }
const DAY_MS = 86_400_000

/** @param today_from when the day began for whoever asks */
export async function readSummary(
  app: App,
  project_id: number,
  stages: readonly Stage[],
  today_from = midnight(),
): Promise<Summary> {
  const { totals, ...counted } =
    (await countedByIndex(app, project_id, stages, today_from)) ?? (await countedBySql(app, project_id, today_from))
  const open = await openNow(app.db, project_id)
  const openOf = (key: 'stage_id' | 'person_id', id: number) =>
    open.reduce((sum, o) => sum + (o[key] === id ? o.open : 0), 0)
  const perStage = stages.map(({ id }) => ({
    stage_id: id,
    ...(counted.stages.get(id) ?? NOTHING),
    open: openOf('stage_id', id),
  }))
  const work = new Map(counted.work.map((w) => [w.person_id, w]))
  const people = await peopleWithTime(app.db, project_id, [
    ...new Set([...work.keys(), ...open.map((o) => o.person_id)]),
  ])
  const { train, validation, test, none, ...rest } = totals
  return {
    ...rest,
    stages: perStage,
    skipped: perStage.reduce((sum, s) => sum + s.skipped, 0),
    returned: perStage.reduce((sum, s) => sum + s.returned, 0),
    splits: { train, validation, test, none },
    people: people.map((p) => ({
      ...p,
      open: openOf('person_id', p.id),
      assigned: work.get(p.id)?.assigned ?? 0,
      completed: work.get(p.id)?.completed ?? 0,
    })),
  }
}

/** UTC. */
const midnight = () => new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS).toISOString()

async function countedBySql({ db }: App, project_id: number, today_from: string): Promise<Counted> {
  const stages = await stageNumbers(db, project_id)
  return {
    stages: new Map(stages.map(({ stage_id, ...numbers }) => [stage_id, numbers])),
    totals: await totalsOf(db, project_id, today_from),
    work: await workOfPeople(db, project_id),
  }
}

const only = (...conditions: Condition[]): Filter => ({ conditions })

async function countedByIndex(
  app: App,
  project_id: number,
  stages: readonly Stage[],
  today_from: string,
): Promise<Counted | null> {
  const idsOf = (...kinds: StageKind[]) => stages.filter((s) => kinds.includes(s.kind)).map((s) => s.id)
  const waiting = only(
    { field: 'stage_id', op: 'any_of', value: idsOf('label', 'review') },
    { field: 'is_skipped', op: 'equals', value: false },
  )
  const completed = only({ field: 'stage_id', op: 'any_of', value: idsOf('completed') })
  const perStage = (filter: Filter) => ({ filter, what: 'counts', field: 'stage_id' }) as const
  const measured = await app.columns.measure(project_id, [
    perStage(NO_FILTER),
    perStage(only({ field: 'assignee_id', op: 'is_empty' })),
    perStage(only({ field: 'is_skipped', op: 'equals', value: true })),
    perStage(only({ field: 'is_returned', op: 'equals', value: true })),
    { filter: NO_FILTER, what: 'counts', field: 'split' },
    { filter: NO_FILTER, what: 'counts', field: 'assignee_id' },
    { filter: completed, what: 'counts', field: 'labelled_by_id' },
    { filter: NO_FILTER, what: 'total' },
    { filter: NO_FILTER, what: 'sum', field: 'object_count' },
    { filter: NO_FILTER, what: 'sum', field: 'duration_ms' },
    { filter: only({ field: 'completed_at', op: 'between', value: [today_from, null] }), what: 'total' },
    { filter: only({ field: 'is_archived', op: 'equals', value: true }), what: 'total' },
  ])
  const oldest = measured && (await app.columns.page(project_id, waiting, orderOf('queued_at'), null, 1))
  if (!oldest) return null
  const counts = measured.slice(0, 7).map((m) => new Map((m as Counts).map(({ value, total }) => [value, total])))
  const [total, unassigned, skipped, returned, splits, assigned, done] = counts as Map<Value, number>[]
  const [all, objects, duration_ms, completed_today, archived] = measured.slice(7) as number[]
  const of = (map: Map<Value, number> | undefined, value: Value) => map?.get(value) ?? 0
  return {
    stages: new Map(
      stages.map(({ id }) => [
        id,
        {
          total: of(total, id),
          unassigned: of(unassigned, id),
          skipped: of(skipped, id),
          returned: of(returned, id),
        },
      ]),
    ),
    totals: {
      total: all ?? 0,
      train: of(splits, 'train'),
      validation: of(splits, 'validation'),
      test: of(splits, 'test'),
      none: of(splits, null),
      objects: objects ?? 0,
      duration_ms: duration_ms ?? 0,
      completed_today: completed_today ?? 0,
      archived: archived ?? 0,
      oldest_queued_at: oldest.last_key as string | null,
    },
    work: [...new Set([...(assigned?.keys() ?? []), ...(done?.keys() ?? [])])]
      .filter((id) => id !== null)
      .map((id) => ({ person_id: id as number, assigned: of(assigned, id), completed: of(done, id) })),
  }
}
