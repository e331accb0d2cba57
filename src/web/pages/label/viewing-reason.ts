// Why a task is shown for viewing only.
import type { Task } from '../../../contract/tasks.ts'
import { stageById, type Workflow } from '../../../model/workflow.ts'

export type ViewingReason =
  | { key: 'archived' | 'own_work' | 'other_tab' }
  | { key: 'prepare' | 'completed' | 'role'; stage: string }
  | { key: 'skipped' | 'open' | 'assigned'; person_id: number | null }
  /** It is open to this person, for the other kind of work. */
  | { key: 'other_kind'; stage: string; kind: 'label' | 'review' }
  /** The server's own sentence. */
  | { key: 'other'; text: string }

/** @param refusal code and sentence with which opening was refused */
export function viewingReason(
  task: Task,
  workflow: Workflow,
  me: number,
  refusal: { code: string; text: string },
): ViewingReason {
  const stage = stageById(workflow, task.stage_id)
  if (refusal.code === 'other_tab') return { key: 'other_tab' }
  if (task.is_archived) return { key: 'archived' }
  if (stage.kind === 'prepare' || stage.kind === 'completed') return { key: stage.kind, stage: stage.name }
  if (task.is_skipped) return { key: 'skipped', person_id: task.skipped_by_id }
  if (task.lease && task.lease.person_id !== me) return { key: 'open', person_id: task.lease.person_id }
  if (task.assignee_id !== null && task.assignee_id !== me) return { key: 'assigned', person_id: task.assignee_id }
  if (refusal.code === 'own_work') return { key: 'own_work' }
  if (refusal.code === 'not_allowed') return { key: 'role', stage: stage.name }
  if (refusal.code === 'wrong_stage') return { key: 'other_kind', stage: stage.name, kind: stage.kind }
  return { key: 'other', text: refusal.text }
}
