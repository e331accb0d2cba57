// SQL of projects and their stages.
import { sql } from 'kysely'
import type { LabelSchema } from '../../model/label-schema.ts'
import type { ProjectRole } from '../../model/permission.ts'
import type { StageKind } from '../../model/workflow.ts'
import { ids, listsOf } from '../db/array.ts'
import type { Queryable, Tx } from '../db/connect.ts'

export type ProjectSettings = {
  review_enabled: boolean
  review_sampling_percent: number
  idle_threshold_s: number
  lease_timeout_s: number
  allow_skip: boolean
  allow_self_review: boolean
  release_on_import: boolean
}

export type ProjectSummary = {
  id: number
  organization_id: number
  name: string
  description: string
  is_sample: boolean
  role: ProjectRole
  created_at: string
  task_count: number
  completed_count: number
}

export type SeenProject = Omit<ProjectSummary, 'task_count' | 'completed_count'>

/** Projects a person may see, newest first. */
export async function projectsSeenBy(db: Queryable, person_id: number): Promise<SeenProject[]> {
  const { rows } = await sql<SeenProject>`
    select p.id, p.organization_id, p.name, p.description, p.is_sample, p.created_at,
           case when o.role in ('owner', 'admin') then 'manager' else m.role end as role
    from organization_member o
    join project p on p.organization_id = o.organization_id
    left join project_member m on m.project_id = p.id and m.person_id = o.person_id
    where o.person_id = ${person_id} and (o.role in ('owner', 'admin') or m.role is not null)
    order by p.id desc`.execute(db)
  return rows
}

/** Tasks per stage of some projects; archived ones are left out. */
export async function countByStage(
  db: Queryable,
  projectIds: readonly number[],
): Promise<{ project_id: number; stage_id: number; total: number }[]> {
  if (projectIds.length === 0) return []
  const { rows } = await sql<{ project_id: number; stage_id: number; total: number }>`
    select project_id, stage_id, count(*) as total from task
    where project_id = any(${ids(projectIds)}) and not is_archived group by project_id, stage_id`.execute(db)
  return rows
}

/** The stages of kind Completed of some projects. */
export async function completedStages(db: Queryable, projectIds: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ project_id: number; id: number }>`
    select project_id, id from stage where project_id = any(${ids(projectIds)}) and kind = 'completed'`.execute(db)
  return new Map(rows.map((r) => [r.project_id, r.id]))
}

type NewProject = {
  organization_id: number
  name: string
  description: string
  is_sample: boolean
  settings: Partial<ProjectSettings>
  stages: readonly { kind: StageKind; name: string }[]
  schema: LabelSchema
}

/** The project with its stages (ids 1…n in their order) and label schema. @returns its id */
export async function insertProject(tx: Tx, project: NewProject): Promise<number> {
  const { organization_id, name, description, is_sample, settings } = project
  const { id } = await tx
    .insertInto('project')
    .values({ organization_id, name, description, is_sample, ...settings })
    .returning('id')
    .executeTakeFirstOrThrow()
  const stages = project.stages.map((s, i) => ({
    project_id: id,
    id: i + 1,
    position: i + 1,
    kind: s.kind,
    name: s.name.trim(),
  }))
  await tx.insertInto('stage').values(stages).execute()
  await tx
    .insertInto('label_schema')
    .values({ project_id: id, document: JSON.stringify(project.schema) })
    .execute()
  return id
}

type ProjectChange = Partial<ProjectSettings> & { name?: string; description?: string }

export async function updateProject(tx: Tx, project_id: number, change: ProjectChange): Promise<void> {
  if (Object.keys(change).length === 0) return
  await tx.updateTable('project').set(change).where('id', '=', project_id).execute()
}

/** Changes of one project's settings wait for each other. */
export async function lockProject(tx: Tx, project_id: number): Promise<void> {
  await tx.selectFrom('project').select('id').where('id', '=', project_id).forNoKeyUpdate().execute()
}

export async function renameStages(
  tx: Tx,
  project_id: number,
  names: readonly { id: number; name: string }[],
): Promise<void> {
  if (names.length === 0) return
  const list = listsOf(names)
  await sql`
    update stage s set name = n.name
    from unnest(${list((n) => n.id, 'int4')}, ${list((n) => n.name.trim(), 'text')}) as n(id, name)
    where s.project_id = ${project_id} and s.id = n.id`.execute(tx)
}
