// What an operation may ask about a task, as SQL.

import { type RawBuilder, sql } from 'kysely'
import { grouped } from '../../model/grouped.ts'
import { fitsStage } from '../../model/steps.ts'
import type { Stage } from '../../model/workflow.ts'
import { array, ids } from '../db/array.ts'
import type { FactName, Operation, OperationContext } from './operation.ts'

/** What some facts depend on besides the task. */
export type Asked = {
  facts: readonly FactName[]
  /** See Operation.rememberedIn. */
  remembered_in: number | null
  context: Pick<OperationContext, 'members' | 'workflow'>
}

/** What an operation asks about each task. @param besides facts that the caller needs itself */
export const askedBy = (
  { facts, rememberedIn }: Operation,
  params: unknown,
  context: OperationContext,
  besides: readonly FactName[] = [],
): Asked => ({ facts: [...facts, ...besides], remembered_in: rememberedIn?.(params, context) ?? null, context })

/** On `task t`, the step's or selection's `u`, and what was saved, `s`. `saved_columns` belongs to the part. */
const FACTS: Record<Exclude<FactName, 'saved_columns'>, (asked: Asked) => RawBuilder<unknown>> = {
  id: () => sql`t.id`,
  stage_id: () => sql`t.stage_id`,
  assignee_id: () => sql`t.assignee_id`,
  stage_assignees: () => sql`t.stage_assignees`,
  labelled_by_id: () => sql`t.labelled_by_id`,
  is_skipped: () => sql`t.is_skipped`,
  skipped_by_id: () => sql`t.skipped_by_id`,
  skipper_ids: () => sql`t.skipper_ids`,
  split: () => sql`t.split`,
  split_source: () => sql`t.split_source`,
  is_split_locked: () => sql`t.is_split_locked`,
  priority: () => sql`t.priority`,
  batch_id: () => sql`t.batch_id`,
  is_archived: () => sql`t.is_archived`,
  revision_id: () => sql`t.revision_id`,
  has_annotations: () => sql`(t.revision_id is not null or t.object_count > 0)`,
  has_history: () => sql`(t.event_count > t.history_floor)`,
  has_duration: () => sql`(t.duration_ms > 0 or t.review_ms > 0)`,
  has_assignees: () => sql`(t.assignee_id is not null or t.stage_assignees <> '{}')`,
  remembered_id: rememberedSql,
  is_remembered_labeller: (asked) => sql`coalesce(t.labelled_by_id = ${rememberedSql(asked)}, false)`,
  plan: () => sql`u.plan`,
  is_as_left: () => sql`(t.version = s.version + 1)`,
  restores_annotations: () => sql`(t.revision_id is null and s.revision_id is not null)`,
  is_saved_assignee_gone: ({ context }) => sql`coalesce(not ${fitsSql(context)}, false)`,
}

function rememberedSql({ remembered_in }: Asked): RawBuilder<number | null> {
  if (remembered_in === null) return sql`null::int8`
  return sql`cast(t.stage_assignees ->> ${String(remembered_in)}::text as int8)`
}

/**
 * Whether a task has no objects, but values of the whole image, on `task t`. Looked up where it may be so: a join, or `exists`
 * where the planner takes it for one, reads all revisions of the project (of a million tasks +0.6 s, this +0 to 0.3 s).
 */
export const HAS_IMAGE_VALUES = sql<boolean>`(t.object_count = 0 and t.revision_id is not null and (
  select r.global_attributes <> '{}' from annotation_revision r
  where r.project_id = t.project_id and r.task_id = t.id and r.id = t.revision_id))`

/** Whether the saved assignee may work in the stage that the task goes back to; null where there is none. */
function fitsSql({ members, workflow }: Asked['context']): RawBuilder<boolean | null> {
  const arms = [...grouped(workflow, (s) => s.kind).values()].map((stages) => {
    const fitting = [...members].filter(([, role]) => fitsStage(role, stages[0] as Stage)).map(([id]) => id)
    const here = array(stages.map((s) => s.id), 'int4') // biome-ignore format: one expression
    return sql`when coalesce(s.stage_id, t.stage_id) = any(${here}) then s.assignee_id = any(${ids(fitting)})`
  })
  return sql`case ${sql.join(arms, sql` `)} end`
}

/** The facts that tell tasks apart, the stage among them: as columns of their own names, and as `keys` of a subquery `x`. */
export function factColumns(asked: Asked) {
  const names = [...new Set<FactName>([...asked.facts, 'stage_id'])].filter((f) => f !== 'saved_columns')
  const list = sql.join(names.map((name) => sql`${FACTS[name](asked)} as ${sql.ref(name)}`))
  return { list, keys: sql.join(names.map((name) => sql.ref(`x.${name}`))) }
}
