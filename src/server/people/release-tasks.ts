// Who leaves a project, or may no longer review in it, gives back what they hold: to the pool, with an event each.
import type { ProjectRole } from '../../model/permission.ts'
import { fitsStage } from '../../model/steps.ts'
import type { EventDraft, TaskPatch, TaskRow } from '../../model/task.ts'
import { stageById, type Workflow } from '../../model/workflow.ts'
import type { Tx } from '../db/connect.ts'
import { type Change, record, type Stamp } from '../history/record.ts'
import { projectById } from '../projects/scope-queries.ts'
import { lockTasksHeldBy, projectsHeldBy } from './release-queries.ts'

/** Tasks locked and written at a time; all in the caller's transaction, so that rights and tasks change together. */
const STEP = 2_000

/** What changes on a task that this person holds; null if their new role still fits all of it. */
function releaseFrom(
  task: TaskRow & { is_lease_own: boolean },
  person_id: number,
  role: ProjectRole | null,
  workflow: Workflow,
): Change | null {
  const fits = (stage_id: number) => fitsStage(role ?? undefined, stageById(workflow, stage_id))
  const isMisplaced = !fits(task.stage_id)
  const endsLease = isMisplaced && task.is_lease_own
  const patch: TaskPatch = {}
  const before: Partial<TaskRow> = {}
  if (isMisplaced && task.assignee_id === person_id) {
    patch.assignee_id = null
    before.assignee_id = person_id
  }
  const remembered = Object.entries(task.stage_assignees)
  const kept = remembered.filter(([stage_id, id]) => id !== person_id || fits(Number(stage_id)))
  if (kept.length < remembered.length) {
    patch.stage_assignees = Object.fromEntries(kept)
    before.stage_assignees = task.stage_assignees
  }
  const events: EventDraft[] = []
  if (endsLease) events.push({ kind: 'taken_over', before: { person_id } })
  if (Object.keys(patch).length > 0) events.push({ kind: 'unassigned', before, after: { ...patch } })
  if (events.length === 0) return null
  // Who was only remembered had nothing here: others' editors stay open, and undo still knows the task.
  if (!endsLease && !('assignee_id' in patch)) return { task, patch, events, keeps_version: true }
  // A late save of an open editor is refused.
  return { task, patch: { ...patch, generation: task.generation + 1 }, events, ends_lease: endsLease }
}

/** @param role what the person now is in the project; null: no longer a member */
export async function releaseTasks(
  tx: Tx,
  project_id: number,
  person_id: number,
  role: ProjectRole | null,
  stamp: Stamp,
): Promise<void> {
  const { workflow } = await projectById(tx, project_id)
  for (let after = 0; ; ) {
    const tasks = await lockTasksHeldBy(tx, project_id, person_id, { after, limit: STEP })
    const changes = tasks
      .map((task) => releaseFrom(task, person_id, role, workflow))
      .filter((change) => change !== null)
    await record(tx, project_id, stamp, changes)
    if (tasks.length < STEP) return
    after = tasks.at(-1)?.id ?? after
  }
}

/** The same in all projects of an organization, after a person left it or is no longer Owner or Admin. */
export async function releaseTasksOfOrganization(
  tx: Tx,
  organization_id: number,
  person_id: number,
  stamp: Stamp,
  isMember: boolean,
): Promise<void> {
  for (const held of await projectsHeldBy(tx, organization_id, person_id))
    await releaseTasks(tx, held.project_id, person_id, isMember ? held.project_role : null, stamp)
}
