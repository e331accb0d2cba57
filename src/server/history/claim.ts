// Claiming: the one change of a task that is written in the database, by the function claim_task of migration 0004. It
// writes what record.ts would (docs/decisions/0010), and says so to the trigger on `task`.
import { type Task, TaskSchema } from '../../contract/tasks.ts'
import type { AnnotationDocument } from '../../model/annotation.ts'
import type { OfferSource } from '../../model/queue.ts'
import { arrayLiteral } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'
import { preparedStatement } from '../db/prepared.ts'
import type { Actor } from './record.ts'

export type Claim = {
  project_id: number
  organization_id: number
  actor: Actor & { person_id: number }
  kind: 'label' | 'review'
  /** The project's stages of this kind. */
  stage_ids: readonly number[]
  allow_self_review: boolean
  session_id: string
  timeout_s: number
}

/** A task that is this person's now, with what the editor shows of it. */
export type Claimed = {
  source: OfferSource
  task: Task
  revision_id: number | null
  document: AnnotationDocument | null
  drafts: { id: number; object_count: number; created_at: string }[]
  /** Of the last rejection, if the task is returned. */
  returned_comment: string | null
}

/** The columns of a reply's task; the lease is the one that was just taken. */
const COLUMNS = Object.keys(TaskSchema.properties).filter((column) => column !== 'lease')

type Row = Omit<Task, 'lease'> & {
  source: OfferSource | 'not_allowed'
  revision_id: number | null
  lease_expires_at: string
  objects: AnnotationDocument['objects'] | null
  global_attributes: AnnotationDocument['global_attributes']
  drafts: Claimed['drafts'] | null
  returned_comment: string | null
}

const claimTask = preparedStatement<Row>(
  'claim_task',
  `select c.source, ${COLUMNS.map((column) => `(c.claimed).${column}`).join(', ')}, (c.claimed).revision_id,
     c.lease_expires_at, c.objects, c.global_attributes, c.drafts, c.returned_comment
   from claim_task($1::int8, $2::int8, $3::int8, $4::text, $5::text, $6::int4[], $7::bool, $8::text, $9::int4) c`,
)

/**
 * The next task for a person in the order of offers, assigned to them and open: one statement, one transaction.
 * @returns null when nothing is offered; 'not_allowed' when the person may not work in these stages (any more)
 */
export async function claimNext(db: Queryable, claim: Claim): Promise<Claimed | 'not_allowed' | null> {
  const { project_id, organization_id, actor, kind, stage_ids, allow_self_review, session_id, timeout_s } = claim
  const stages = arrayLiteral(stage_ids)
  const { rows } = await claimTask(db, [
    project_id,
    organization_id,
    actor.person_id,
    actor.kind,
    kind,
    stages,
    allow_self_review,
    session_id,
    timeout_s,
  ])
  const [found] = rows
  if (!found) return null
  const { source, revision_id, lease_expires_at, objects, global_attributes, drafts, returned_comment, ...task } = found
  if (source === 'not_allowed') return source
  return {
    source,
    task: { ...task, lease: { person_id: actor.person_id, expires_at: lease_expires_at } },
    revision_id,
    document: objects && { objects, global_attributes },
    drafts: drafts ?? [],
    returned_comment,
  }
}
