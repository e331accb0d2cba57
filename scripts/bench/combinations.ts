// Every sortable column both ways, and a condition on every filterable column: as the API takes them, and as plain SQL.
import { type RawBuilder, sql } from 'kysely'
import type { Condition } from '../../src/model/filter.ts'
import {
  FILTER_FIELDS,
  FILTERABLE_NAMES,
  type FilterFieldName,
  TASK_FIELD_NAMES,
  TASK_FIELDS,
  type TaskFieldName,
} from '../../src/model/task-fields.ts'
import { array, ids } from '../../src/server/db/array.ts'
import type { Seeded } from './seed.ts'

export type Sort = { name: string; join: RawBuilder<unknown>; key: RawBuilder<unknown>; descending: boolean }
export type Sample = { name: string; condition: Condition; where: RawBuilder<unknown> }
/** What one request asks for. `sort` null: the default order, newest first. */
export type Combination = { name: string; sort: Sort | null; filters: readonly Sample[] }

const NOTHING = sql``
/** Of the run: “the last 7 days” would not count the same when the floor and the server are asked. */
const A_WEEK_AGO = new Date(Date.now() - 7 * 86_400_000).toISOString()
const EVENT_OF_TASK = sql`e.project_id = t.project_id and e.task_id = t.id and e.number > t.history_floor`
const did = (kinds: readonly string[], people: readonly number[]) =>
  sql`exists (select 1 from task_event e where ${EVENT_OF_TASK} and e.kind = any(${array(kinds, 'text')}) and e.actor_id = any(${ids(people)}))`

/** Orders that people read as words or ranks. */
const ORDERS: Partial<Record<TaskFieldName, { join: RawBuilder<unknown>; key: RawBuilder<unknown> }>> = {
  stage_id: { join: sql`join stage s on s.project_id = t.project_id and s.id = t.stage_id`, key: sql`s.position` },
  assignee_id: { join: sql`left join person p on p.id = t.assignee_id`, key: sql`lower(p.name)` },
  batch_id: {
    join: sql`left join batch b on b.project_id = t.project_id and b.id = t.batch_id`,
    key: sql`lower(b.name)`,
  },
  split: { join: NOTHING, key: sql`array_position(array['train', 'validation', 'test'], t.split)` },
  is_skipped: { join: NOTHING, key: sql`t.is_skipped::int4` },
}

export function sorts(): Sort[] {
  return TASK_FIELD_NAMES.filter((field) => TASK_FIELDS[field].sortable).flatMap((field) => {
    const { join, key } = ORDERS[field] ?? { join: NOTHING, key: sql.ref(`t.${field}`) }
    return [false, true].map((descending) => ({ name: `${descending ? '-' : ''}${field}`, join, key, descending }))
  })
}

/** One condition or more on everything that can be filtered, common and rare ones. */
export function samples(seeded: Seeded): Sample[] {
  const [a, b] = seeded.labelers.map((p) => p.id) as [number, number]
  const reviewer = seeded.reviewers[0]?.id as number
  const middle = seeded.first_id + Math.floor(seeded.tasks / 2)
  const is = (
    field: FilterFieldName,
    op: Condition['op'],
    value: Condition['value'],
    where: RawBuilder<unknown>,
  ): Sample => ({
    name: `${field} ${op}${value === undefined ? '' : ` ${JSON.stringify(value)}`}`,
    condition: value === undefined ? { field, op } : { field, op, value },
    where,
  })
  return FILTERABLE_NAMES.flatMap((field): Sample[] => {
    const at = sql.ref(`t.${field}`)
    const among = (value: number[]) => is(field, 'any_of', value, sql`${at} = any(${ids(value)})`)
    const word = (value: string) => is(field, 'any_of', [value], sql`${at} = ${value}`)
    const between = (from: number, to: number) => is(field, 'between', [from, to], sql`${at} between ${from} and ${to}`)
    const empty = is(field, 'is_empty', undefined, sql`${at} is null`)
    switch (field) {
      case 'name':
        return ['hailstorm', 'night'].map((part) => is(field, 'contains', part, sql`${at} ilike ${`%${part}%`}`))
      case 'folder':
        return [is(field, 'equals', 'camera-3/day-07', sql`lower(${at}) = 'camera-3/day-07'`)]
      case 'is_open':
        return [
          is(
            field,
            'equals',
            true,
            sql`exists (select 1 from task_lease l where l.project_id = t.project_id and l.task_id = t.id and l.expires_at > now())`,
          ),
        ]
      case 'open_by_id':
        return [
          is(
            field,
            'any_of',
            [a],
            sql`exists (select 1 from task_lease l where l.project_id = t.project_id and l.task_id = t.id and l.expires_at > now() and l.person_id = ${a})`,
          ),
        ]
      case 'metadata':
        return [
          is(
            field,
            'equals',
            ['weather', 'fog'],
            sql`exists (select 1 from asset x where x.project_id = t.project_id and x.id = t.asset_id and lower(x.metadata ->> 'weather') = 'fog')`,
          ),
        ]
      case 'labelled_ever_by':
        return [is(field, 'any_of', [a, b], did(['submitted'], [a, b]))]
      case 'approved_by':
        return [is(field, 'any_of', [reviewer], did(['approved'], [reviewer]))]
      case 'rejected_by':
        return [is(field, 'any_of', [reviewer], did(['rejected'], [reviewer]))]
      case 'skipped_ever_by':
        return [is(field, 'any_of', [a], did(['skipped'], [a]))]
      case 'moved_by_operation':
      case 'changed_by_operation':
        return [
          is(
            field,
            'any_of',
            [1],
            sql`exists (select 1 from task_event e where ${EVENT_OF_TASK} and e.operation_id = 1)`,
          ),
        ]
      case 'class_counts':
        return [
          is(field, 'any_of', [4], sql`jsonb_exists_any(t.class_counts, array['4'])`),
          is(field, 'count_at_least', [1, 2], sql`(t.class_counts ->> '1')::int8 >= 2`),
        ]
      case 'id':
        return [between(middle, middle + 5000)]
      case 'stage_id':
        return [among([2]), among([3])]
      case 'skip_reason':
        return [word('ambiguous')]
      case 'split':
        return [word('validation'), empty]
      case 'batch_id':
        return [among([seeded.batch_ids[0] as number]), empty]
    }
    switch (FILTER_FIELDS[field].type) {
      case 'person':
        return [among([a, b]), empty]
      case 'number':
        return [between(2, 9)]
      case 'duration':
        return [between(60_000, 300_000)]
      case 'moment':
        return [is(field, 'between', [A_WEEK_AGO, null], sql`${at} >= ${A_WEEK_AGO}::timestamptz`)]
      case 'flag':
        return [is(field, 'equals', true, sql`${at}`)]
      default:
        throw new Error(`combinations.ts: no sample of a filter on ${field}`)
    }
  })
}

/** What the limit calls "any sortable column, any one filter": unfiltered in each order, each filter in two orders. */
export function pageCombinations(seeded: Seeded): Combination[] {
  const orders = sorts()
  const other = orders.filter((s) => s.name !== 'id' && s.name !== '-id')
  return [
    ...orders.map((sort) => ({ name: `sort ${sort.name}`, sort, filters: [] })),
    ...samples(seeded).flatMap((filter, i): Combination[] => {
      const sort = other[(i * 5) % other.length] as Sort
      return [
        { name: filter.name, sort: null, filters: [filter] },
        { name: `${filter.name}, sort ${sort.name}`, sort, filters: [filter] },
      ]
    }),
  ]
}

/** Pairs of conditions on two columns: each sample with several others, the same ones in every run. */
export function filterPairs(seeded: Seeded): Combination[] {
  const all = samples(seeded)
  return [1, 5, 11].flatMap((distance) =>
    all.flatMap((one, i): Combination[] => {
      const two = all[(i + distance) % all.length] as Sample
      if (one.condition.field === two.condition.field) return []
      return [{ name: `${one.name} and ${two.name}`, sort: null, filters: [one, two] }]
    }),
  )
}

/** The query string's part of a request. */
export function queryOf({ sort, filters }: Combination): { sort?: string; filter?: string } {
  return {
    ...(sort ? { sort: sort.name } : {}),
    ...(filters.length > 0 ? { filter: JSON.stringify({ conditions: filters.map((f) => f.condition) }) } : {}),
  }
}

/** The condition of a combination on `task t`; archived tasks are left out unless it names them. */
export function whereOf(project_id: number, { filters }: Combination): RawBuilder<unknown> {
  const named = filters.some((f) => f.condition.field === 'is_archived')
  const parts = [
    sql`t.project_id = ${project_id}`,
    ...(named ? [] : [sql`not t.is_archived`]),
    ...filters.map((f) => f.where),
  ]
  return sql.join(parts, sql` and `)
}
