// One step of an operation, in one transaction: lock the next parts of the frozen set, decide each situation, write.
import type { SituationDecision } from '../../model/task.ts'
import type { Tx } from '../db/connect.ts'
import type { Actor } from '../history/record.ts'
import { type Group, recordGroups } from '../history/record-groups.ts'
import type { FactName, Operation, OperationContext, Situation } from './operation.ts'
import { timeFloor } from './operation-queries.ts'
import { finishParts, nextParts, type PartHead } from './part-queries.ts'
import { frozenSql, type Located, liveLeases, lockSituations } from './situation-queries.ts'

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
  const span = {
    first_id: Math.min(...parts.map((p) => p.first_id)),
    last_id: Math.max(...parts.map((p) => p.last_id)),
  }
  const frozen = frozenSql(project_id, id, undoes_id, parts)
  const located = await lockSituations(tx, project_id, frozen, span, operation.facts)
  const leases = await liveLeases(tx, project_id, span)
  // Only now: what a heartbeat added while this waited for its task belongs to what a reset hides.
  const context = { ...started, time_floor: await timeFloor(tx) }
  const loaded = operation.load
    ? await operation.load(tx, project_id, params, located.flatMap((l) => l.ids)) // biome-ignore format: a call
    : new Map<number, unknown>()

  const groups = new Groups()
  const written: { task: Situation<FactName>; loaded: unknown }[] = []
  for (const { part, task, ids } of withLeases(located, leases, parts)) {
    const one = loaded.get(task.id)
    const decision = operation.decide(task, params, context, one)
    groups.add(part, decision, ids)
    if (operation.write && decision.outcome === 'applied') written.push({ task, loaded: one })
  }
  groups.requireAll(parts, located)
  const stamp = { actor: running.actor, at: context.now, operation_id: id }
  await recordGroups(tx, { project_id, operation_id: id, frozen, ...span }, stamp, groups.list())
  if (operation.write) await operation.write(tx, project_id, params, written, context)
  await finishParts(tx, project_id, id, parts, groups.counts)
  return parts.reduce((sum, p) => sum + p.total, 0)
}

/** Each situation once for the tasks that are closed, and once for each person who has some of them open. */
function* withLeases(located: readonly Located[], leases: ReadonlyMap<number, number>, parts: readonly PartHead[]) {
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

/** Collects tasks by part and decision: what was decided alike is one group. */
class Groups {
  readonly counts = { applied: 0, unchanged: 0, refused: 0 }
  readonly #groups = new Map<string, Group & { ids: number[] }>()
  readonly #inPart = new Map<number, number>()

  add(part: number, decision: SituationDecision, ids: readonly number[]): void {
    const key = `${part}|${JSON.stringify(decision)}`
    const same = this.#groups.get(key)
    // Not push(...ids): a step may hold more than an argument list takes.
    if (same) for (const id of ids) same.ids.push(id)
    else {
      const number = (this.#inPart.get(part) ?? 0) + 1
      this.#inPart.set(part, number)
      this.#groups.set(key, { part, number, decision, ids: [...ids] })
    }
    this.counts[decision.outcome] += ids.length
  }

  /** Tasks are archived, never deleted. @throws Error if frozen ones are gone, so that no step ends half done */
  requireAll(parts: readonly PartHead[], located: readonly Located[]): void {
    const found = located.reduce((sum, l) => sum + l.ids.length, 0)
    const frozen = parts.reduce((sum, p) => sum + p.total, 0)
    if (found !== frozen) throw new Error(`${frozen - found} tasks of an operation are gone`)
  }

  list(): Group[] {
    return [...this.#groups.values()]
  }
}
