// SQL that finds what a person holds: tasks assigned to them, remembered for them, or open in their editor. Of what they
// labelled, also what is reviewed now: a rejection under way gives it back to them, and is waited for by its lock.
import { sql } from 'kysely'
import type { ProjectRole } from '../../model/permission.ts'
import type { TaskRow } from '../../model/task.ts'
import type { Tx } from '../db/connect.ts'

const holds = (person_id: number) => sql<boolean>`(
  t.assignee_id = ${person_id}::int8
  or exists (select 1 from jsonb_each_text(t.stage_assignees) as remembered where remembered.value = ${person_id}::int8::text)
  or exists (select 1 from task_lease l where l.project_id = t.project_id and l.task_id = t.id and l.person_id = ${person_id}::int8)
  or (t.labelled_by_id = ${person_id}::int8 and exists (
    select 1 from stage s where s.project_id = t.project_id and s.id = t.stage_id and s.kind = 'review')))`

/** Projects of an organization in which a person holds tasks, with their role there. One scan of their tasks. */
export async function projectsHeldBy(
  tx: Tx,
  organization_id: number,
  person_id: number,
): Promise<{ project_id: number; project_role: ProjectRole | null }[]> {
  return tx
    .selectFrom('project as p')
    .leftJoin('project_member as m', (j) => j.onRef('m.project_id', '=', 'p.id').on('m.person_id', '=', person_id))
    .select(['p.id as project_id', 'm.role as project_role'])
    .where('p.organization_id', '=', organization_id)
    .where((eb) =>
      eb.exists(
        eb.selectFrom('task as t').select('t.id').whereRef('t.project_id', '=', 'p.id').where(holds(person_id)),
      ),
    )
    .orderBy('p.id')
    .execute()
}

/** Locks the next tasks a person holds, by id; `is_lease_own`: open in their editor, or was until it timed out. */
export async function lockTasksHeldBy(
  tx: Tx,
  project_id: number,
  person_id: number,
  page: { after: number; limit: number },
): Promise<(TaskRow & { is_lease_own: boolean })[]> {
  return tx
    .selectFrom('task as t')
    .selectAll('t')
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('task_lease as l')
            .select('l.task_id')
            .whereRef('l.project_id', '=', 't.project_id')
            .whereRef('l.task_id', '=', 't.id')
            .where('l.person_id', '=', person_id),
        )
        .$castTo<boolean>()
        .as('is_lease_own'),
    )
    .where('t.project_id', '=', project_id)
    .where('t.id', '>', page.after)
    .where(holds(person_id))
    .orderBy('t.id')
    .limit(page.limit)
    .forUpdate('t')
    .execute()
}
