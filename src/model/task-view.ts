// A saved view of the Tasks page: filter, order and columns under a name. Who may change one, and how far one that was
// saved long ago still fits.
import { Type } from 'typebox'
import { type Condition, conditionsOf, type Filter, isGroup } from './filter.ts'
import { filterProblem } from './filter-problem.ts'
import type { ProjectRole } from './permission.ts'
import { Distinct, Fields, Words } from './schema.ts'
import { FILTER_FIELDS, TASK_FIELD_NAMES, TASK_FIELDS, type TaskFieldName } from './task-fields.ts'

/** Height of the rows. */
export const DENSITIES = ['compact', 'normal', 'tall'] as const
export type Density = (typeof DENSITIES)[number]

/** Roles that see the Tasks page, and so can have a default view. */
export const VIEWING_ROLES = ['manager', 'reviewer'] as const satisfies readonly ProjectRole[]
export type ViewingRole = (typeof VIEWING_ROLES)[number]

const ColumnName = Words(TASK_FIELD_NAMES as TaskFieldName[] & readonly string[])
const ColumnNames = Distinct(ColumnName, { maxItems: 100 })
const Width = Type.Optional(Type.Integer({ minimum: 20, maximum: 4000, description: 'px' }))

/** `order`: all columns, shown or not · `pinned`: they stay at the left while the rest scrolls. */
export const ViewColumnsSchema = Fields({
  order: ColumnNames,
  hidden: ColumnNames,
  pinned: ColumnNames,
  widths: Fields(Object.fromEntries(TASK_FIELD_NAMES.map((name) => [name, Width]))),
  density: Words(DENSITIES),
})
export type ViewColumns = {
  order: TaskFieldName[]
  hidden: TaskFieldName[]
  pinned: TaskFieldName[]
  widths: Partial<Record<TaskFieldName, number>>
  density: Density
}

/** `sort` null: the usual order, newest first. */
export type ViewContent = { filter: Filter; sort: string | null; columns: ViewColumns }

type Owned = { owner_id: number; is_shared: boolean }

/** A private view is its owner's alone, whatever the role of others. */
export const maySeeView = (view: Owned, person_id: number): boolean => view.is_shared || view.owner_id === person_id

/** Save over, rename, delete. A shared view is everybody's to open, and nobody's to change but its owner and managers. */
export const mayChangeView = (view: Owned, person_id: number, role: ProjectRole): boolean =>
  view.owner_id === person_id || (view.is_shared && role === 'manager')

/** Only its owner takes a view back for themselves; a manager would take it away from its owner too, were they gone. */
export const mayMakePrivate = (view: Owned, person_id: number): boolean => view.owner_id === person_id

/** What the project has now, to compare with what a view names. */
export type KnownNames = {
  /** Classes by id. */
  classes: ReadonlyMap<number, { name: string; is_removed: boolean }>
  stages: ReadonlySet<number>
  batches: ReadonlySet<number>
}

/** A view as it was stored: of any age. */
export type StoredContent = { filter: unknown; sort: string | null; columns: { [K in keyof ViewColumns]: unknown } }

/** The view as it can be shown now. `notices`: what no longer fits, a sentence each. The filter stays as it was saved. */
export type OpenedContent = Omit<ViewContent, 'filter'> & { filter: unknown; notices: string[] }

/**
 * A filter is never trimmed: without one of its conditions it would mean more tasks than its author chose, and a bulk
 * operation would change them. It opens with its problem instead, and shows rows once a person has mended it.
 */
export function openedContent(stored: StoredContent, known: KnownNames): OpenedContent {
  const columns = fittingColumns(stored.columns)
  const sort = stored.sort !== null && isSort(stored.sort) ? stored.sort : null
  const problem = filterProblem(stored.filter)
  const notices = [
    ...(problem ? [problem] : conditionsOf(stored.filter as Filter).flatMap((c) => missingNames(c, known))),
    ...(sort === stored.sort ? [] : [`sort: “${stored.sort}” is no order any more; the usual order is shown.`]),
    ...(columns.unknown.length === 0
      ? []
      : [
          `columns: ${columns.unknown.map((name) => `“${name}”`).join(', ')} left out, there is no such column any more.`,
        ]),
  ]
  return { filter: stored.filter, sort, columns: columns.fitting, notices: [...new Set(notices)] }
}

const isColumn = (name: unknown): name is TaskFieldName => typeof name === 'string' && Object.hasOwn(TASK_FIELDS, name)

function isSort(sort: string): boolean {
  const name = sort.replace(/^-/, '')
  return isColumn(name) && TASK_FIELDS[name].sortable
}

function fittingColumns(stored: StoredContent['columns']): { fitting: ViewColumns; unknown: string[] } {
  const unknown = new Set<string>()
  const named = (list: unknown): TaskFieldName[] => {
    const names = Array.isArray(list) ? list : []
    for (const name of names) if (!isColumn(name)) unknown.add(String(name))
    return names.filter(isColumn)
  }
  const widths = Object.entries((stored.widths ?? {}) as Record<string, number>)
  const fitting: ViewColumns = {
    order: named(stored.order),
    hidden: named(stored.hidden),
    pinned: named(stored.pinned),
    widths: Object.fromEntries(widths.filter(([name]) => isColumn(name))),
    density: DENSITIES.find((d) => d === stored.density) ?? 'normal',
  }
  return { fitting, unknown: [...unknown] }
}

/** Sentences about ids in a condition that stand for nothing any more. People are left out: the past keeps them. */
function missingNames(c: Condition, known: KnownNames): string[] {
  const { type, title } = FILTER_FIELDS[c.field]
  const values = [c.value ?? null].flat()
  const wanted = (c.op === 'count_at_least' ? values.slice(0, 1) : values).filter((v) => typeof v === 'number')
  switch (type) {
    case 'classes':
      return wanted.flatMap((id) => {
        const found = known.classes.get(id)
        if (!found) return [`filter: “${title}” names class ${id}, which does not exist any more.`]
        return found.is_removed ? [`filter: “${title}” names the class “${found.name}”, which was removed.`] : []
      })
    case 'stage':
      return gone(wanted, known.stages, `filter: “${title}” names a stage that does not exist any more`)
    case 'batch':
      return gone(wanted, known.batches, `filter: “${title}” names a batch that does not exist any more`)
    default:
      return []
  }
}

const gone = (wanted: readonly number[], known: ReadonlySet<number>, sentence: string): string[] =>
  wanted.filter((id) => !known.has(id)).map((id) => `${sentence} (${id}).`)

/** Whether two filters say the same in the same order, however their fields are arranged. */
export function isSameFilter(a: Filter, b: Filter): boolean {
  return canonical(a) === canonical(b)
}

/** One text per meaning: what a database gives back has its fields in another order. */
export function canonical(filter: Filter): string {
  const part = (c: Condition) => [c.field, c.op, c.value ?? null]
  return JSON.stringify(filter.conditions.map((item) => (isGroup(item) ? { any: item.any.map(part) } : part(item))))
}
