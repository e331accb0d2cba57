// The calls of an open task. Small ones outlive the page (keepalive), so that closing a tab loses nothing; none hangs
// forever, because a save that never ends would hold up the next.
import { type Client, createClient } from '../../../contract/client.ts'
import { offlineError } from '../../offline.ts'
import type { ReplyOf } from '../../queries.ts'

/** Browsers allow 64 KiB under way; a save and a heartbeat share it. */
const KEEPALIVE_BYTES = 50_000
const PATIENCE_MS = 30_000

export type WorkApi = Pick<
  Client,
  | 'claim_task' | 'open_task' | 'get_task' | 'get_draft' | 'heartbeat' | 'save_document' | 'save_changes' | 'submit_task' | 'approve_task'
  | 'reject_task' | 'skip_task' | 'release_task'
> // biome-ignore format: one list

export type TaskReply = ReplyOf<'get_task'>
export type StepReply = ReplyOf<'submit_task'>
export type Claimed = ReplyOf<'claim_task'>

export const workApi: WorkApi = createClient(async (url, init) => {
  const bytes = typeof init.body === 'string' ? new Blob([init.body]).size : 0
  try {
    const keepalive = init.method !== 'GET' && bytes < KEEPALIVE_BYTES
    const signal = AbortSignal.timeout(PATIENCE_MS)
    return await fetch(url, { ...(init as RequestInit), credentials: 'same-origin', keepalive, signal })
  } catch {
    throw offlineError()
  }
})
