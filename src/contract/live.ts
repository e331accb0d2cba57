// What an open page is told while somebody looks at it. Ids and counters only: whoever may see more, asks for it.
import { Fields, Id } from '../model/schema.ts'
import { endpointTable, inProject } from './endpoint.ts'
import type { OPERATION_STATES } from './operations.ts'

/** More changed tasks than this are told as "many". */
export const LIVE_IDS_MAX = 200

/** How an operation stands; only those who may run operations are told. */
export type LiveOperation = {
  id: number
  state: (typeof OPERATION_STATES)[number]
  total: number
  applied: number
  unchanged: number
  refused: number
}

/** One message: the JSON in an event's `data`. */
export type LiveMessage =
  /** The first message. What was changed before it and after the page was read is told right after it. */
  | { kind: 'hello' }
  /** Tasks that changed, or whose lease began or ended. `many`: more than are worth naming; `ids` is empty. */
  | { kind: 'tasks'; ids: number[]; many: boolean }
  /** Operations that began, went on, or ended. */
  | { kind: 'operations'; operations: LiveOperation[] }

export const liveEndpoints = endpointTable({
  follow_project: {
    method: 'GET', path: '/projects/:project_id/live', summary: 'Changes as they happen, as server-sent events', tag: 'Live',
    access: inProject('view_tasks'), params: Fields({ project_id: Id }), reply: 'bytes',
  },
}) // biome-ignore format: a table
