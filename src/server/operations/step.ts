// One step of an operation, in one transaction: lock the next parts of the frozen set, decide each situation, write.
import { Own, type SituationDecision } from '../../model/task.ts'
import { isOffered, stageById, type Workflow } from '../../model/workflow.ts'
import type { Tx } from '../db/connect.ts'
import type { Actor } from '../history/record.ts'
import { type Group, recordGroups } from '../history/record-groups.ts'
import type { FactName, Operation, OperationContext, Situation } from './operation.ts'
import { timeFloor } from './operation-queries.ts'
import { finishParts, nextParts, type Part } from './part-queries.ts'
import { askedBy, type Located, liveLeases, lockSituations, lockUndone, savedSql } from './situation-queries.ts'

export type Running = { project_id: number; id: number; params: unknown; actor: Actor; undoes_id: number | null }

/** @param limit about how many tasks. @returns how many of the frozen set this step took up; 0 when none was left */
export async function takeOperationStep(
  tx: Tx,
  started: OperationContext,
  operation: Operation,
  running: Running,
  limit: number,
): Promise<number> {
  const { project_id, id, params, undoes_id } = running
  const parts = await nextParts(tx, project_id, id, undoes_id, limit)
  if (parts.length === 0) return 0
  const taskIds = parts.flatMap((p) => p.task_ids)
  const [first_id, last_id] = spanOf(taskIds)
  const scope = { project_id, operation_id: id, parts, first_id, last_id }
  const asked = askedBy(operation, params, started)
  const located = await (undoes_id === null
    ? lockSituations(tx, scope, asked)
    : lockUndone(tx, scope, undoes_id, asked))
  const found = located.reduce((sum, { ids }) => sum + ids.length, 0)
  // Tasks are archived, never deleted: a step must not end half done.
  if (found !== taskIds.length) throw new Error(`${taskIds.length - found} tasks of an operation are gone`)
  const leases = await liveLeases(tx, project_id, scope)
  // Only now: what a heartbeat added while this waited for its task belongs to what a reset hides.
  const context = { ...started, time_floor: await timeFloor(tx) }
  const loaded = (await operation.load?.(tx, project_id, params, taskIds)) ?? new Map<number, unknown>()

  const groups = new Groups()
  const written: { task: Situation<FactName>; loaded: unknown }[] = []
  for (const { part, task, ids } of withLeases(located, leases, parts)) {
    const one = loaded.get(task.id)
    const decision = operation.decide(task, params, context, one)
    groups.add(part, decision, ids, mayBeOffered(task, decision, context.workflow))
    if (operation.write && decision.outcome === 'applied') written.push({ task, loaded: one })
  }
  const stamp = { actor: running.actor, at: context.now, operation_id: id }
  const restored =
    undoes_id === null
      ? null
      : (groups: readonly Group[], columns: readonly string[]) => {
          const theirs = new Set(groups.map((g) => g.part))
          return savedSql(scope, parts.filter((p) => theirs.has(p.number)), undoes_id, columns) // biome-ignore format: one call
        }
  await recordGroups(tx, { ...scope, saved: restored }, stamp, groups.list())
  if (operation.write) await operation.write(tx, project_id, params, written, context)
  await finishParts(tx, project_id, id, parts, groups.counts)
  return taskIds.length
}

/** Lowest and highest; not Math.min(...), a step may hold more than an argument list takes. */
function spanOf(taskIds: readonly number[]): [number, number] {
  let [first, last] = [taskIds[0] ?? 0, taskIds[0] ?? 0]
  for (const id of taskIds) {
    if (id < first) first = id
    if (id > last) last = id
  }
  return [first, last]
}

/** Each situation once for the tasks that are closed, and once for each person who has some of them open. */
function* withLeases(located: readonly Located[], leases: ReadonlyMap<number, number>, parts: readonly Part[]) {
  const savedColumns = new Map(parts.map((p) => [p.number, p.saved_columns ?? []]))
  for (const { part, facts, ids } of located) {
    const task = { ...facts, saved_columns: savedColumns.get(part) ?? [], lease: null }
    if (leases.size === 0) {
      yield { part, task, ids }
      continue
    }
    const byPerson = Map.groupBy(ids, (id) => leases.get(id) ?? null)
    for (const [person_id, theirs] of byPerson)
      yield { part, task: { ...task, lease: person_id === null ? null : { person_id } }, ids: theirs }
  }
}

/** Without a queue time, or in a stage that offers nothing, a task cannot be offered: no need to look. */
function mayBeOffered(task: { stage_id: number }, decision: SituationDecision, workflow: Workflow): boolean {
  if (decision.outcome !== 'applied' || decision.patch.queued_at === null) return false
  const { stage_id = task.stage_id } = decision.patch
  return stage_id instanceof Own || isOffered(stageById(workflow, stage_id))
}

/** Collects tasks by part and decision: what was decided alike is one group. */
class Groups {
  readonly counts = { applied: 0, unchanged: 0, refused: 0 }
  readonly #groups = new Map<string, Group & { ids: number[] }>()
  readonly #inPart = new Map<number, number>()

  add(part: number, decision: SituationDecision, ids: readonly number[], may_be_offered: boolean): void {
    const key = `${part}|${may_be_offered}|${JSON.stringify(decision)}`
    const same = this.#groups.get(key)
    // Not push(...ids): a step may hold more than an argument list takes.
    if (same) for (const id of ids) same.ids.push(id)
    else {
      const number = (this.#inPart.get(part) ?? 0) + 1
      this.#inPart.set(part, number)
      this.#groups.set(key, { part, number, decision, ids: [...ids], may_be_offered })
    }
    this.counts[decision.outcome] += ids.length
  }

  list(): Group[] {
    return [...this.#groups.values()]
  }
}
