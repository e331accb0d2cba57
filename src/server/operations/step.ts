// One step of an operation, in one transaction: lock the next parts of the frozen set, decide each situation, write.
import { grouped } from '../../model/grouped.ts'
import { Own, type SituationDecision } from '../../model/task.ts'
import { isOffered, stageById, type Workflow } from '../../model/workflow.ts'
import type { Tx } from '../db/connect.ts'
import type { ValuesBeside } from '../history/column-values.ts'
import type { Actor } from '../history/record.ts'
import { recordGroups, type Verdict } from '../history/record-groups.ts'
import { askedBy } from './facts-queries.ts'
import type { FactName, Operation, OperationContext, Situation } from './operation.ts'
import { timeFloor } from './operation-queries.ts'
import { type From, finishParts, nextParts, type Part } from './part-queries.ts'
import {
  type Decided,
  decidedTasks,
  type Located,
  liveLeases,
  lockSituations,
  type Open,
  openTasks,
  type Step,
  savedSql,
} from './step-queries.ts'

export type Running = { project_id: number; id: number; params: unknown; actor: Actor; undoes_id: number | null }

/**
 * @param limit about how many tasks. @param from which end of what is left
 * @returns how many of the frozen set this step took up; 0 when none was left that nobody else is at
 */
export async function takeOperationStep(
  tx: Tx,
  started: OperationContext,
  operation: Operation,
  running: Running,
  limit: number,
  from: From = 'first',
): Promise<number> {
  const { project_id, id, params, undoes_id } = running
  const parts = await nextParts(tx, project_id, id, undoes_id, limit, from)
  if (parts.length === 0) return 0
  const step: Step = { project_id, operation_id: id, undoes_id, parts, ...spanOf(parts) }
  const total = sum(parts.map((p) => p.total))
  const asked = askedBy(operation, params, started)
  const located = await lockSituations(tx, step, asked)
  requireAll(sum(located.map((l) => l.total)), total)
  const leases = await liveLeases(tx, step)
  const situations = byLease(located, await openTasks(tx, leases))
  // Only now: what a heartbeat added while this waited for its task belongs to what a reset hides.
  const context = { ...started, time_floor: await timeFloor(tx) }
  const taskIds = situations.map((s) => s.facts.id)
  const loaded = (await operation.load?.(tx, project_id, params, taskIds)) ?? new Map<number, unknown>()

  const verdicts = new Verdicts()
  const decided: Decided[] = []
  const written: { task: Situation<FactName>; loaded: unknown }[] = []
  const columns = new Map(parts.map((p) => [p.number, p.saved_columns ?? []]))
  for (const { number, part, person_id, facts } of situations) {
    const lease = person_id === null ? null : { person_id }
    const task = { ...facts, saved_columns: columns.get(part) ?? [], lease }
    const one = loaded.get(task.id)
    const decision = operation.decide(task, params, context, one)
    const may_be_offered = mayBeOffered(task, decision, context.workflow)
    decided.push({ number, person_id, verdict: verdicts.numberOf({ decision, may_be_offered }) })
    if (operation.write && decision.outcome === 'applied') written.push({ task, loaded: one })
  }
  const scope = {
    ...step,
    decided: decidedTasks(step, leases, decided),
    saved: undoes_id === null ? null : (of: readonly number[], beside?: ValuesBeside) => savedSql(step, of, beside),
  }
  const stamp = { actor: running.actor, at: context.now, operation_id: id }
  const totals = await recordGroups(tx, scope, stamp, verdicts.list)
  requireAll(sum(totals), total)
  if (operation.write) await operation.write(tx, project_id, params, written, context)
  await finishParts(tx, project_id, id, parts, outcomesOf(verdicts.list, totals))
  return total
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

const spanOf = (parts: readonly Part[]) => ({
  first_id: Math.min(...parts.map((p) => p.first_id)),
  last_id: Math.max(...parts.map((p) => p.last_id)),
})

/** Tasks are archived, never deleted, and stay as they were locked: a step must not end half done. */
function requireAll(found: number, total: number): void {
  if (found !== total) throw new Error(`${found} of the ${total} tasks of an operation's step were found`)
}

/** Each situation once for the tasks that are closed, and once for each person who has some of them open. */
function byLease(located: readonly Located[], open: readonly Open[]): (Located & { person_id: number | null })[] {
  const byNumber = grouped(open, (o) => o.number)
  return located.flatMap((l) => {
    const theirs = byNumber.get(l.number) ?? []
    const closed = l.total - sum(theirs.map((o) => o.total))
    const opened = theirs.map(({ person_id, total }) => ({ ...l, total, person_id }))
    return closed > 0 ? [{ ...l, total: closed, person_id: null }, ...opened] : opened
  })
}

/** Without a queue time, or in a stage that offers nothing, a task cannot be offered: no need to look. */
function mayBeOffered(task: { stage_id: number }, decision: SituationDecision, workflow: Workflow): boolean {
  if (decision.outcome !== 'applied' || decision.patch.queued_at === null) return false
  const { stage_id = task.stage_id } = decision.patch
  return stage_id instanceof Own || isOffered(stageById(workflow, stage_id))
}

/** Each verdict once, numbered from 1: what was decided alike in a part is one group. */
class Verdicts {
  readonly list: Verdict[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(verdict: Verdict): number {
    const key = JSON.stringify(verdict)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.list.push(verdict)
    this.#numbers.set(key, this.list.length)
    return this.list.length
  }
}

function outcomesOf(verdicts: readonly Verdict[], totals: readonly number[]) {
  const counts = { applied: 0, unchanged: 0, refused: 0 }
  for (const [i, { decision }] of verdicts.entries()) counts[decision.outcome] += totals[i] ?? 0
  return counts
}
