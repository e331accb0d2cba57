// The next task for a person: mine open, my returned, assigned to me, the pool. Atomic: two never get one.
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../../model/failure.ts'
import { stagesOfKind } from '../../model/workflow.ts'
import { EMPTY_DOCUMENT } from '../annotations/queries.ts'
import type { Database } from '../db/connect.ts'
import { Together } from '../db/together.ts'
import type { App, Caller, ProjectScope } from '../handler.ts'
import { type Claim, type Claimed, type ClaimRules, claimTasks } from '../history/claim.ts'
import { readEmptyQueue } from './queue-counts.ts'
import { type Asker, isAnythingInPool } from './queue-queries.ts'

/** Who would have to wait longer for a lock asks again alone. */
const PATIENCE_MS = 50

/**
 * A claim passes over tasks that are locked: when a step of a bulk operation holds all of the pool, they are asked for
 * again. Apart from the statement that finds them, and without a connection or a lock while waiting.
 */
const [HELD_TRIES, HELD_PAUSE_MS] = [30, 100]

/** Claims under the same rules that wait at the same time are answered by one statement. */
export class Claims {
  readonly #db: Database
  readonly #under = new Map<string, Together<Claim, Claimed | 'not_allowed' | null>>()

  constructor(db: Database) {
    this.#db = db
  }

  async next(rules: ClaimRules, claim: Claim): Promise<Claimed | 'not_allowed' | null> {
    const key = JSON.stringify(rules)
    const others = this.#under.get(key) ?? this.#begin(rules)
    this.#under.set(key, others)
    try {
      return await others.next(claim)
    } finally {
      if (others.isIdle) this.#under.delete(key)
    }
  }

  #begin(rules: ClaimRules) {
    return new Together<Claim, Claimed | 'not_allowed' | null>(
      (claims, isAlone) => claimTasks(this.#db, rules, claims, isAlone ? 0 : PATIENCE_MS),
      (claim) => claim.actor.person_id,
    )
  }
}

export const askerOf = (project: ProjectScope, caller: Caller, kind: 'label' | 'review'): Asker => ({
  project_id: project.row.id,
  person_id: caller.person_id,
  stage_ids: stagesOfKind(project.workflow, kind).map((s) => s.id),
  allow_self_review: project.row.allow_self_review,
})

/** @throws Failure not_allowed */
export async function claimTask(
  { app, project, caller }: { app: App; project: ProjectScope; caller: Caller },
  kind: 'label' | 'review',
  session_id: string,
) {
  const { person_id, ...asked } = askerOf(project, caller, kind)
  const { organization_id, lease_timeout_s } = project.row
  const rules: ClaimRules = { ...asked, organization_id, kind, timeout_s: lease_timeout_s }
  const claim = () => app.claims.next(rules, { actor: { person_id, kind: caller.kind }, session_id })
  let claimed = await claim()
  for (let tries = 0; claimed === null && tries < HELD_TRIES; tries++) {
    if (!(await isAnythingInPool(app.db, { ...asked, person_id }))) break
    await sleep(HELD_PAUSE_MS)
    claimed = await claim()
  }
  if (claimed === 'not_allowed')
    throw new Failure('not_allowed', `Your role in this project does not ${kind === 'review' ? 'review' : 'label'}.`)
  if (!claimed)
    return {
      task_id: null,
      source: null,
      opened: null,
      empty: await readEmptyQueue(app, { ...asked, person_id }, project.workflow),
    }
  const { source, task, document, ...rest } = claimed
  const opened = { task, document: document ?? EMPTY_DOCUMENT, generation: task.generation, session_id, ...rest }
  return { task_id: task.id, source, opened, empty: null }
}
