// Claiming: the one change of a task that is written in the database, by the function claim_tasks of migration 0010. It
// writes what record.ts would (docs/decisions/0010), and says so to the trigger on `task`.
import { type Task, TaskSchema } from '../../contract/tasks.ts'
import type { AnnotationDocument } from '../../model/annotation.ts'
import type { OfferSource } from '../../model/queue.ts'
import { documentOfRow } from '../annotations/queries.ts'
import { arrayLiteral } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'
import { preparedStatement } from '../db/prepared.ts'
import type { Actor } from './record.ts'

/** What the claims of one statement share. */
export type ClaimRules = {
  project_id: number
  organization_id: number
  kind: 'label' | 'review'
  /** The project's stages of this kind. */
  stage_ids: readonly number[]
  allow_self_review: boolean
  timeout_s: number
}
export type Claim = { actor: Actor & { person_id: number }; session_id: string }

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
  place: number
  source: OfferSource | 'not_allowed'
  revision_id: number | null
  lease_expires_at: string
  objects: AnnotationDocument['objects'] | null
  global_attributes: AnnotationDocument['global_attributes']
  rejected_predictions: string[] | null
  drafts: Claimed['drafts'] | null
  returned_comment: string | null
}

const callClaimTasks = preparedStatement<Row>(
  'claim_tasks',
  `select c.place, c.source, ${COLUMNS.map((column) => `(c.claimed).${column}`).join(', ')}, (c.claimed).revision_id,
     c.lease_expires_at, c.objects, c.global_attributes, c.drafts, c.returned_comment,
     (select r.rejected_predictions from annotation_revision r where r.project_id = (c.claimed).project_id
        and r.task_id = (c.claimed).id and r.id = (c.claimed).revision_id) as rejected_predictions
   from claim_tasks($1::int8, $2::int8, $3::text, $4::int4[], $5::bool, $6::int4, $7::int8[], $8::text[], $9::text[], $10::int4) c`,
)

/**
 * The next task for each of some people in the order of offers, assigned to them and open: one statement, one transaction.
 * @param claims in the order in which they came, nobody twice
 * @param patience_ms who would wait longer for a lock makes it fail for all; 0: waits
 * @returns for each claim null when nothing is offered; 'not_allowed' when the person may not work in these stages (any more)
 */
export async function claimTasks(
  db: Queryable,
  rules: ClaimRules,
  claims: readonly Claim[],
  patience_ms: number,
): Promise<(Claimed | 'not_allowed' | null)[]> {
  const { rows } = await callClaimTasks(db, [
    rules.project_id,
    rules.organization_id,
    rules.kind,
    arrayLiteral(rules.stage_ids),
    rules.allow_self_review,
    rules.timeout_s,
    arrayLiteral(claims.map((c) => c.actor.person_id)),
    arrayLiteral(claims.map((c) => c.actor.kind)),
    arrayLiteral(claims.map((c) => c.session_id)),
    patience_ms,
  ])
  const answers: (Claimed | 'not_allowed' | null)[] = claims.map(() => null)
  for (const { place, ...row } of rows) answers[place - 1] = claimed(row, claims[place - 1] as Claim)
  return answers
}

function claimed(row: Omit<Row, 'place'>, { actor }: Claim): Claimed | 'not_allowed' {
  const { source, revision_id, lease_expires_at, drafts, returned_comment, ...rest } = row
  const { objects, global_attributes, rejected_predictions, ...task } = rest
  if (source === 'not_allowed') return source
  return {
    source,
    task: { ...task, lease: { person_id: actor.person_id, expires_at: lease_expires_at } },
    revision_id,
    document:
      objects && documentOfRow({ objects, global_attributes, rejected_predictions: rejected_predictions ?? [] }),
    drafts: drafts ?? [],
    returned_comment,
  }
}
