// Dry run: walks the selection in pages and counts what the run's own decisions say. Changes nothing.
import { Failure } from '../../model/failure.ts'
import { requireAllFound, type Selection } from '../../model/selection.ts'
import type { Decision, LockedTask, Refusal, Split } from '../../model/task.ts'
import { stageById } from '../../model/workflow.ts'
import type { App, ProjectScope } from '../handler.ts'
import { selectionSql } from '../tasks/filter-queries.ts'
import { namesOfPeople, peekTasks } from '../tasks/queries.ts'
import { contextOf } from './context.ts'
import { operationNamed } from './index.ts'
import type { OperationContext } from './operation.ts'
import { readPlan } from './operation-queries.ts'
import { checkParams, confirmNumber } from './run.ts'

const PAGE = 5000

/** What would happen. @throws Failure like a run would */
export async function previewOperation(
  app: App,
  project: ProjectScope,
  person_id: number,
  request: { name: string; params: unknown; selection: Selection },
) {
  const project_id = project.row.id
  const operation = operationNamed(request.name)
  const context = await contextOf(app.db, project, person_id)
  const raw = checkParams(operation, request.params)
  const params = operation.prepare ? operation.prepare(raw, context) : raw
  const target = selectionSql(project_id, request.selection)
  const plan = operation.plan
    ? await readPlan(app.db, await operation.plan(app.db, { project_id, target }, params))
    : new Map<number, string>()
  const tally = new Tally(context)
  for (let after = 0; ; ) {
    const tasks = await peekTasks(app.db, target, after, PAGE)
    const facts = operation.load
      ? await operation.load(
          app.db,
          project_id,
          params,
          tasks.map((t) => t.id),
        )
      : new Map<number, unknown>()
    for (const task of tasks) {
      const decision = operation.decide(task, params, context, {
        plan: plan.get(task.id) ?? null,
        facts: facts.get(task.id),
      })
      tally.add(task, decision, decision.outcome === 'applied' ? operation.loses?.(task, params) : undefined)
    }
    if (tasks.length < PAGE) break
    after = tasks.at(-1)?.id ?? 0
  }
  if (tally.total === 0) throw new Failure('empty_selection', 'selection: no task matches.')
  requireAllFound(request.selection, tally.total)
  const names = new Map((await namesOfPeople(app.db, [...tally.open.keys()])).map((p) => [p.id, p.name]))
  return { ...tally.reply(names), confirm: confirmNumber(params, tally), params }
}

/** Counts decisions. */
class Tally {
  readonly #context: OperationContext
  total = 0
  objects = 0
  completed = 0
  readonly open = new Map<number, number>()
  readonly #outcomes = { applied: 0, unchanged: 0, refused: 0 }
  readonly #refusals = new Map<Refusal, number>()
  readonly #moves = new Map<string, number>()
  readonly #splits = new Map<string, number>()
  readonly #loses = { assignees: 0, objects: 0, events: 0, duration_ms: 0 }
  #skipped = 0
  #exported = 0
  #withoutObjects = 0

  constructor(context: OperationContext) {
    this.#context = context
  }

  add(
    task: LockedTask,
    decision: Decision,
    loses: Partial<Record<'assignees' | 'objects' | 'events' | 'duration_ms', number>> | undefined,
  ): void {
    this.total += 1
    this.objects += task.object_count
    this.#outcomes[decision.outcome] += 1
    if (stageById(this.#context.workflow, task.stage_id).kind === 'completed') this.completed += 1
    if (task.is_skipped) this.#skipped += 1
    if (task.exported_at !== null) this.#exported += 1
    if (task.lease) increase(this.open, task.lease.person_id)
    if (decision.outcome === 'refused') increase(this.#refusals, decision.reason)
    if (decision.outcome !== 'applied') return
    const { patch } = decision
    if (patch.stage_id !== undefined && patch.stage_id !== task.stage_id)
      this.#addMove(task, patch.stage_id, patch.object_count)
    if ('split' in patch) increase(this.#splits, `${task.split ?? ''}>${patch.split ?? ''}`)
    for (const key of ['assignees', 'objects', 'events', 'duration_ms'] as const) this.#loses[key] += loses?.[key] ?? 0
  }

  #addMove(task: LockedTask, to: number, objects = task.object_count): void {
    increase(this.#moves, `${task.stage_id}>${to}`)
    const kind = stageById(this.#context.workflow, to).kind
    if ((kind === 'completed' || kind === 'review') && objects === 0) this.#withoutObjects += 1
  }

  reply(names: ReadonlyMap<number, string>) {
    const pair = (key: string) => key.split('>') as [string, string]
    return {
      total: this.total,
      ...this.#outcomes,
      refusals: [...this.#refusals].map(([reason, total]) => ({ reason, total })),
      moves: [...this.#moves].map(([key, total]) => ({
        from_stage_id: Number(pair(key)[0]),
        to_stage_id: Number(pair(key)[1]),
        total,
      })),
      splits: [...this.#splits].map(([key, total]) => ({
        before: (pair(key)[0] || null) as Split | null,
        after: (pair(key)[1] || null) as Split | null,
        total,
      })),
      skipped: this.#skipped,
      open: [...this.open].map(([person_id, total]) => ({ person_id, name: names.get(person_id) ?? '', total })),
      exported: this.#exported,
      completed: this.completed,
      without_objects: this.#withoutObjects,
      loses: this.#loses,
    }
  }
}

function increase<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
