// What waits for a person, and why nothing does: counted by the column index where it has the project, else by SQL.
import type { Condition, Filter } from '../../model/filter.ts'
import type { EmptyQueue } from '../../model/queue.ts'
import { stagesOfKind, type Workflow } from '../../model/workflow.ts'
import type { Counts } from '../columns/messages.ts'
import type { App } from '../handler.ts'
import {
  type Asker,
  emptyQueue,
  fleeting,
  skippedInPool,
  type Waiting,
  waitingForMe,
  waitingInPool,
  withFleeting,
} from './queue-queries.ts'

const only = (...conditions: Condition[]): Filter => ({ conditions })
const inStages = (ids: readonly number[]): Condition => ({ field: 'stage_id', op: 'any_of', value: [...ids] })

export async function readWaiting(app: App, asker: Asker, workflow: Workflow): Promise<Waiting> {
  return { ...(await waitingForMe(app.db, asker)), pool: await poolOf(app, asker, workflow) }
}

async function poolOf(app: App, asker: Asker, workflow: Workflow): Promise<number> {
  const isReview = stagesOfKind(workflow, 'review').some((s) => asker.stage_ids.includes(s.id))
  const pool = only(
    inStages(asker.stage_ids),
    { field: 'assignee_id', op: 'is_empty' },
    { field: 'is_skipped', op: 'equals', value: false },
    ...(isReview && !asker.allow_self_review
      ? [{ field: 'labelled_by_id', op: 'none_of', value: [asker.person_id] } as Condition]
      : []),
  )
  const measured = await app.columns.measure(asker.project_id, [{ filter: pool, what: 'total' }])
  if (!measured) return waitingInPool(app.db, asker)
  return (measured[0] as number) - (await skippedInPool(app.db, asker))
}

export async function readEmptyQueue(app: App, asker: Asker, workflow: Workflow): Promise<EmptyQueue> {
  const { person_id } = asker
  const here = inStages(asker.stage_ids)
  const review = stagesOfKind(workflow, 'review').map((s) => s.id)
  const measured = await app.columns.measure(asker.project_id, [
    { filter: only(), what: 'counts', field: 'stage_id' },
    { filter: only(here), what: 'counts', field: 'is_skipped' },
    { filter: only(here), what: 'counts', field: 'assignee_id' },
    {
      filter: only(inStages(asker.stage_ids.filter((id) => review.includes(id))), {
        field: 'labelled_by_id',
        op: 'equals',
        value: person_id,
      }),
      what: 'total',
    },
  ])
  if (!measured) return emptyQueue(app.db, asker)
  const [stages, skips, people, own_work] = measured as [Counts, Counts, Counts, number]
  const sum = (counts: Counts, isMeant: (value: Counts[number]['value']) => boolean) =>
    counts.reduce((total, c) => total + (isMeant(c.value) ? c.total : 0), 0)
  const ofKind = (kind: Workflow[number]['kind'], not: readonly number[] = []) => {
    const ids = stagesOfKind(workflow, kind).map((s) => s.id)
    return sum(stages, (value) => ids.includes(value as number) && !not.includes(value as number))
  }
  const counted = {
    total: sum(stages, () => true),
    in_prepare: ofKind('prepare'),
    in_stage: sum(skips, (isSkipped) => isSkipped === false),
    assigned_to_others: sum(people, (id) => id !== null && id !== person_id),
    skipped: sum(skips, (isSkipped) => isSkipped === true),
    own_work,
    waiting_for_review: ofKind('review', asker.stage_ids),
    completed: ofKind('completed'),
  }
  return withFleeting(counted, await fleeting(app.db, asker))
}
