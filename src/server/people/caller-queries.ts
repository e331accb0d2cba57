// SQL of every request's first question: who calls, and what they are to the project that the path names. One statement
// for all that ask at the same time, read anew each time: who was removed a moment ago has lost everything.
import type { Selectable } from 'kysely'
import type { OrganizationRole, ProjectRole } from '../../model/permission.ts'
import type { Stage } from '../../model/workflow.ts'
import type { Queryable } from '../db/connect.ts'
import { preparedStatement } from '../db/prepared.ts'
import type { ProjectTable } from '../db/tables.ts'

/** A project as a person of its organization finds it. */
export type SeenProject = {
  row: Selectable<ProjectTable>
  organization_role: OrganizationRole
  project_role: ProjectRole | null
  stages: Stage[]
}
/** `secret_hash`: of a session's or a token's secret; `project_id`: the project that the call is about, if any. */
export type CallerQuestion = { secret_hash: string; project_id: number | null }
/** `seen` null: no project was named, or it is none of this person's organizations. */
export type FoundCaller = { person_id: number; name: string; email: string; is_due: boolean; seen: SeenProject | null }

/** All of them, by name: a prepared statement must not change its columns when a migration adds one. */
const PROJECT_COLUMNS: Record<keyof ProjectTable, true> = {
  id: true,
  organization_id: true,
  name: true,
  description: true,
  review_enabled: true,
  review_sampling_percent: true,
  idle_threshold_s: true,
  lease_timeout_s: true,
  allow_skip: true,
  allow_self_review: true,
  release_on_import: true,
  is_sample: true,
  created_at: true,
}
const COLUMNS = Object.keys(PROJECT_COLUMNS) as (keyof ProjectTable)[]
/** A person and a project both have an id and a name. */
const PREFIX = 'project_'

type Row = { place: number } & Omit<FoundCaller, 'seen'> &
  Omit<SeenProject, 'row'> &
  Record<`${typeof PREFIX}${string}`, unknown>

/** $1: the questions as JSON. The limit keeps each search one by index. */
const callersBy = (statement: string, credential: { from: string; is_due: string; where: string }) => {
  const find = preparedStatement<Row>(
    statement,
    `select w.place, x.*
     from rows from (json_to_recordset(cast($1 as json)) as (secret_hash text, project_id int8)) with ordinality as w(secret_hash, project_id, place)
     cross join lateral (
       select a.id as person_id, a.name, a.email, ${credential.is_due} as is_due,
         ${COLUMNS.map((column) => `p.${column} as ${PREFIX}${column}`).join(', ')},
         o.role as organization_role, m.role as project_role,
         (select jsonb_agg(jsonb_build_object('id', s.id, 'position', s.position, 'kind', s.kind, 'name', s.name) order by s.position)
           from stage s where s.project_id = p.id) as stages
       from ${credential.from} c join person a on a.id = c.person_id
       left join (project p join organization_member o on o.organization_id = p.organization_id)
         on p.id = w.project_id and o.person_id = a.id
       left join project_member m on m.project_id = p.id and m.person_id = a.id
       where c.token_hash = w.secret_hash and ${credential.where} limit 1) x`,
  )
  return async (db: Queryable, questions: readonly CallerQuestion[]): Promise<(FoundCaller | null)[]> => {
    const { rows } = await find(db, [JSON.stringify(questions)])
    const answers: (FoundCaller | null)[] = questions.map(() => null)
    for (const row of rows) answers[row.place - 1] = found(row)
    return answers
  }
}

/** The people of live sessions; `is_due` when the last sight is older than an hour. */
export const callersOfSessions = callersBy('callers_of_sessions', {
  from: 'session',
  is_due: `c.last_seen_at < now() - interval '1 hour'`,
  where: 'c.expires_at > now()',
})

/** The people of API tokens; `is_due` when the last use was written more than a minute ago. */
export const callersOfTokens = callersBy('callers_of_tokens', {
  from: 'api_token',
  is_due: `coalesce(c.last_used_at < now() - interval '1 minute', true)`,
  where: 'true',
})

function found(row: Row): FoundCaller {
  const { person_id, name, email, is_due, organization_role, project_role, stages } = row
  if (row.project_id === null) return { person_id, name, email, is_due, seen: null }
  const project = Object.fromEntries(COLUMNS.map((column) => [column, row[`${PREFIX}${column}`]])) as SeenProject['row']
  return {
    person_id,
    name,
    email,
    is_due,
    seen: { row: project, organization_role, project_role, stages: stages ?? [] },
  }
}
