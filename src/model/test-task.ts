// For tests of the rules: a workflow, rules and a task to start from. Not part of the product.
import type { Rules } from './steps.ts'
import type { Lease, LockedTask } from './task.ts'
import type { Stage } from './workflow.ts'

export const STAGES: readonly Stage[] = [
  { id: 1, position: 1, kind: 'prepare', name: 'Prepare' },
  { id: 2, position: 2, kind: 'label', name: 'Label' },
  { id: 3, position: 3, kind: 'review', name: 'Review' },
  { id: 4, position: 4, kind: 'completed', name: 'Completed' },
]
export const [PREPARE, LABEL, REVIEW, COMPLETED] = STAGES as [Stage, Stage, Stage, Stage]

export const [LABELER, REVIEWER, MANAGER, GONE] = [10, 20, 30, 99]
export const NOW = '2026-11-24T12:00:00.000Z'

export function rules(settings: Partial<Rules['settings']> = {}, workflow: readonly Stage[] = STAGES): Rules {
  return {
    workflow,
    settings: {
      review_enabled: true,
      review_sampling_percent: 100,
      allow_skip: true,
      allow_self_review: false,
      ...settings,
    },
    members: new Map([
      [LABELER, 'labeler'],
      [REVIEWER, 'reviewer'],
      [MANAGER, 'manager'],
    ]),
    now: NOW,
  }
}

export const leaseOf = (person_id: number, session_id = 'session-a'): Lease => ({
  person_id,
  session_id,
  generation: 1,
  expires_at: '2026-11-24T12:30:00.000Z',
})

export function task(fields: Partial<LockedTask> = {}): LockedTask {
  return {
    project_id: 1, id: 7, asset_id: 7, name: 'a.jpg', folder: '', width: 640, height: 480, stage_id: LABEL.id,
    assignee_id: null, stage_assignees: {}, is_returned: false, times_returned: 0, split: null, split_source: null,
    is_split_locked: false, priority: 0, batch_id: null, is_skipped: false, skip_reason: null, skip_note: null,
    skipped_by_id: null, skipped_at: null, skipper_ids: [], queued_at: '2026-11-20T00:00:00.000Z', is_archived: false,
    duration_ms: 0, review_ms: 0, duration_floor: 0, revision_id: null, object_count: 0, class_counts: {},
    event_count: 1, history_floor: 0, generation: 1, version: 1, labelled_by_id: null, reviewed_by_id: null,
    completed_at: null, exported_at: null, created_at: NOW, updated_at: NOW, lease: null, lapsed_session_id: null,
    ...fields,
  } // biome-ignore format: one list
}
