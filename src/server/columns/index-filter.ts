// A filter as the index takes it: texts in lower case, what the index does not hold answered by the database.
import { type Condition, conditionsOf, type Filter, isGroup, partsOf } from '../../model/filter.ts'
import { FILTER_FIELDS, type FilterFieldName } from '../../model/task-fields.ts'
import type { Database } from '../db/connect.ts'
import { heldColumn } from './layout.ts'
import type { IndexCondition, IndexFilter } from './messages.ts'
import type { ProjectColumns } from './project-columns.ts'
import { lowerCase } from './queries.ts'

const isHeld = (c: Condition) => heldColumn(c.field) !== undefined
/** Leases run out by themselves, without a change of the task. */
const isFleeting = (c: Condition) => c.field === 'is_open' || c.field === 'open_by_id'

/** What holds exactly where a condition does not, if that is the side with fewer tasks: nobody has most tasks open. */
function oppositeOf(c: Condition): Condition | null {
  if (c.op === 'none_of') return { ...c, op: 'any_of' }
  if (c.op === 'is_empty') return { ...c, op: 'is_not_empty' }
  return c.field === 'is_open' && c.value === false ? { ...c, value: true } : null
}

const NOT_ARCHIVED: Condition = { field: 'is_archived', op: 'equals', value: false }

/** The columns of the index that a filter is about. */
export const columnsOf = (filter: Filter): FilterFieldName[] =>
  conditionsOf(filter)
    .filter(isHeld)
    .map((c) => c.field)

/** @param filter valid. Archived tasks are left out unless it names them */
export async function indexFilter(db: Database, columns: ProjectColumns, filter: Filter): Promise<IndexFilter> {
  const conditions = conditionsOf(filter)
  const lowered = await loweredTexts(db, conditions)
  const made = async (c: Condition): Promise<IndexCondition> => {
    if (isHeld(c)) return withLowerCase(c, lowered)
    const opposite = oppositeOf(c)
    return { tasks: await columns.tasksWith(opposite ?? c, isFleeting(c)), others: opposite !== null }
  }
  const items = await Promise.all(
    filter.conditions.map(async (item) =>
      isGroup(item) ? { any: await Promise.all(partsOf(item).map(made)) } : made(item),
    ),
  )
  return conditions.some((c) => c.field === 'is_archived') ? items : [NOT_ARCHIVED, ...items]
}

const isText = (c: Condition) => FILTER_FIELDS[c.field].type === 'text'

/** Letters that every database leaves as they are when it makes lower case. */
const IS_PLAIN = /^[a-z0-9 !-/:-@[-`{-~]*$/

/** Only the database knows its lower case; it is asked when it may matter. */
async function loweredTexts(db: Database, conditions: readonly Condition[]): Promise<Map<string, string>> {
  const texts = conditions.filter((c) => isText(c) && isHeld(c)).flatMap((c) => [c.value ?? []].flat() as string[])
  const doubtful = [...new Set(texts)].filter((text) => !IS_PLAIN.test(text))
  if (doubtful.length === 0) return new Map()
  const lowered = await lowerCase(db, doubtful)
  return new Map(doubtful.map((text, i) => [text, lowered[i] as string]))
}

function withLowerCase(c: Condition, lowered: ReadonlyMap<string, string>): Condition {
  if (!isText(c) || c.value === undefined) return c
  const lower = (text: unknown) => lowered.get(text as string) ?? (text as string)
  return { ...c, value: Array.isArray(c.value) ? c.value.map(lower) : lower(c.value) }
}
