// An order and a cursor as the index takes them.
import { SPLITS } from '../../model/task.ts'
import { TASK_FIELDS } from '../../model/task-fields.ts'
import type { Database } from '../db/connect.ts'
import type { Cursor, Order } from '../tasks/filter-queries.ts'
import type { OrderKey } from './key-order.ts'
import type { IndexOrder, Place } from './messages.ts'
import type { ProjectColumns } from './project-columns.ts'
import { orderKeys } from './queries.ts'

/** What people read as words or ranks is sorted by those, as they are now. */
export async function indexOrder(db: Database, columns: ProjectColumns, order: Order): Promise<IndexOrder> {
  const { field, descending } = order
  const { type } = TASK_FIELDS[field]
  if (type === 'split') return { field, descending, keys: [null, ...SPLITS.map((_, i) => i + 1)] }
  if (type !== 'stage' && type !== 'person' && type !== 'batch') return { field, descending, keys: null }
  // The first one is null.
  const [, ...values] = (await columns.ask('values', { field })) as number[]
  return { field, descending, keys: [null, ...(await orderKeys(db, columns.project_id, type, values))] }
}

/** Moments travel as ISO 8601 and are compared as ms since epoch. By id, a cursor's id is all that counts. */
export function cursorPlace(order: Order, { key, id }: Cursor): Place {
  if (order.field === 'id') return { key: id, id }
  return { key: order.type === 'timestamptz' && key !== null ? Date.parse(key as string) : key, id }
}

export const cursorKey = (order: Order, key: OrderKey): OrderKey =>
  order.type === 'timestamptz' && key !== null ? new Date(key as number).toISOString() : key
