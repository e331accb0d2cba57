// Why no task is offered, in sentences, and the one thing to do about it.

import type { ProjectRole } from '../../../model/permission.ts'
import type { EmptyQueue } from '../../../model/queue.ts'

/** `in_label`: on their way to review. */
type EmptyReason = { key: keyof EmptyQueue | 'in_label'; count: number }
export type EmptyAdvice = 'add_images' | 'release' | 'clear_skip' | 'review' | 'ask_manager' | 'wait' | 'none'
export type EmptyAnswer = { isAllDone: boolean; reasons: EmptyReason[]; advice: EmptyAdvice }

/** In the order in which they matter to the person who waits. */
const ORDER = [
  'open_by_others',
  'assigned_to_others',
  'own_work',
  'skipped_by_me',
  'skipped',
  'in_prepare',
  'waiting_for_review',
  'completed',
] as const satisfies readonly (keyof EmptyQueue)[]

export function explainEmpty(empty: EmptyQueue, role: ProjectRole, kind: 'label' | 'review'): EmptyAnswer {
  if (empty.total === 0)
    return { isAllDone: false, reasons: [], advice: role === 'manager' ? 'add_images' : 'ask_manager' }
  const known = ORDER.map((key): EmptyReason => ({ key, count: empty[key] }))
  const { total, in_prepare, in_stage, skipped, waiting_for_review, completed } = empty
  const elsewhere = total - in_prepare - in_stage - skipped - waiting_for_review - completed
  if (kind === 'review') known.splice(ORDER.indexOf('waiting_for_review'), 0, { key: 'in_label', count: elsewhere })
  const reasons = known.filter(({ count }) => count > 0)
  const isAllDone = empty.completed === empty.total
  return { isAllDone, reasons, advice: isAllDone ? 'none' : adviceFor(empty, role, kind) }
}

function adviceFor(empty: EmptyQueue, role: ProjectRole, kind: 'label' | 'review'): EmptyAdvice {
  const isManager = role === 'manager'
  if (empty.in_prepare > 0 && kind === 'label') return isManager ? 'release' : 'ask_manager'
  if (empty.waiting_for_review > 0 && role !== 'labeler') return 'review'
  if (empty.skipped > 0) return isManager ? 'clear_skip' : 'ask_manager'
  return 'wait'
}
