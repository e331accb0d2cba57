// Why the task in this tab can no longer be written, as the server's refusal says it.
import { ApiError } from '../../../contract/client.ts'
import { isPassing } from '../../api.ts'

export type Loss =
  /** A manager moved or changed it. `draft_id`: work that came too late was kept under this number. */
  | { kind: 'moved'; by: string | null; at: string | null; draft_id: number | null }
  /** Open in another tab of mine, or not mine any more. `text` is the server's sentence; null: another tab of this browser took it. */
  | { kind: 'not_held'; text: string | null }
  | { kind: 'taken'; text: string }
  /** Deleted, or this person lost the right to it. */
  | { kind: 'gone'; text: string }

/** null: the task is still held, something else went wrong. */
export function lossOf(error: unknown): Loss | null {
  if (!(error instanceof ApiError)) return null
  const { code, fields, message } = error
  if (code === 'stale_generation')
    return {
      kind: 'moved',
      by: textOf(fields.moved_by),
      at: textOf(fields.moved_at),
      draft_id: numberOf(fields.draft_id),
    }
  if (code === 'other_tab') return { kind: 'not_held', text: null }
  if (code === 'no_lease') return { kind: 'not_held', text: message }
  if (code === 'task_taken') return { kind: 'taken', text: message }
  if (code === 'not_found' || code === 'not_allowed') return { kind: 'gone', text: message }
  return null
}

/** Whether another try can help: no connection, a fault of the server, a session that ended meanwhile. */
export function isWorthRetrying(error: unknown): boolean {
  return isPassing(error) || (error instanceof ApiError && (error.code === 'not_signed_in' || error.status === 429))
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
