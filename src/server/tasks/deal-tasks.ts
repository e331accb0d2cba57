// Who of several people gets which task, as the query that a plan is, and what it comes to.
import type { RawBuilder } from 'kysely'
import type { DealReport } from '../../contract/plan-reports.ts'
import { deal } from '../../model/deal.ts'
import { fitsStage, isOwnWork, type Rules } from '../../model/steps.ts'
import type { Queryable } from '../db/connect.ts'
import { dealtPlan, type Share, type TaskKind, taskKinds } from './assign-queries.ts'

export type DealChoice = {
  /** No weights: evenly. */
  people: readonly { person_id: number; weight?: number }[]
  takes_over: boolean
}

/** Reads, decides, changes nothing. */
export async function planDeal(
  db: Queryable,
  scope: Parameters<typeof taskKinds>[1],
  { people, takes_over }: DealChoice,
  rules: Rules,
): Promise<{ query: RawBuilder<unknown>; report: DealReport }> {
  const chosen = people.map((p) => p.person_id)
  const kinds = await taskKinds(db, scope, chosen, takes_over)
  const mayHave = ({ is_review, labeller_id }: TaskKind, person_id: number) => {
    const stage = rules.workflow.find((s) => (s.kind === 'review') === is_review)
    const isOwn = stage && isOwnWork({ labelled_by_id: labeller_id }, person_id, stage, rules)
    return stage !== undefined && fitsStage(rules.members.get(person_id), stage) && !isOwn
  }
  const fits = kinds.map((kind) => chosen.flatMap((id, i) => (mayHave(kind, id) ? [i] : [])))
  const table = deal(
    kinds.map(({ total }, i) => ({ total, fits: fits[i] as number[] })),
    people.map((p) => p.weight ?? 1),
  )
  const shares = kinds.flatMap((kind, i) =>
    people.map(({ person_id }, place): Share => ({ ...kind, person_id, place, tasks: table[i]?.[place] ?? 0 })),
  )
  const sum = (of: readonly Share[]) => of.reduce((total, s) => total + s.tasks, 0)
  return {
    query: dealtPlan(scope, chosen, takes_over, shares),
    report: {
      kind: 'deal',
      people: chosen.map((person_id) => ({ person_id, tasks: sum(shares.filter((s) => s.person_id === person_id)) })),
      nobody: kinds.reduce((total, k) => total + k.total, 0) - sum(shares),
    },
  }
}
