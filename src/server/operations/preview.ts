// Dry run: counts the selection by situation and asks the run's own rules about each. Changes nothing.
import { SET_COLUMNS } from '../../contract/operations.ts'
import { Failure } from '../../model/failure.ts'
import { requireAllFound, type Selection } from '../../model/selection.ts'
import { Own, type Refusal, type SituationDecision, type SituationPatch, type Split } from '../../model/task.ts'
import { stageById } from '../../model/workflow.ts'
import type { Queryable } from '../db/connect.ts'
import { joinedByHash } from '../db/joins.ts'
import type { App, ProjectScope } from '../handler.ts'
import { selectionSql } from '../tasks/filter-queries.ts'
import { namesOfPeople } from '../tasks/queries.ts'
import { contextOf } from './context.ts'
import { askedBy } from './facts-queries.ts'
import { operationNamed } from './index.ts'
import type { FactName, Losses, OperationContext } from './operation.ts'
import { checkParams, confirmation, removesAnnotations } from './run.ts'
import { type Counted, countSituations } from './situation-queries.ts'

/** Tasks counted at a time on the embedded database, where that is everyone's wait. */
const PAGE = 20_000

/** Facts that the numbers themselves need. */
const COUNTED: readonly FactName[] = ['stage_id', 'split']

const MOST_CHANGES = 12
type Change = { column: (typeof SET_COLUMNS)[number]; before: number | null; after: number | null }

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
  const plan = (await operation.plan?.(app.db, { project_id, target }, params, context)) ?? null
  const asked = askedBy(operation, params, context, COUNTED)
  // A plan is made for the whole set each time it is asked for; without one, others come in between the pages.
  const page = plan || app.config.database_url !== null ? Number.MAX_SAFE_INTEGER : PAGE
  const counts_values = removesAnnotations(params)
  const tally = new Tally(context)
  for (let after = 0; ; ) {
    const count = (db: Queryable) =>
      countSituations(db, project_id, target, plan?.query ?? null, asked, after, page, counts_values)
    const situations = plan
      ? await app.db.transaction().execute((tx) => joinedByHash(tx, () => count(tx)))
      : await count(app.db)
    for (const counted of situations) {
      const task = {
        ...counted,
        lease: counted.lease_person_id === null ? null : { person_id: counted.lease_person_id },
      }
      const decision = operation.decide(task, params, context, undefined)
      tally.add(counted, decision, decision.outcome === 'applied' ? (operation.loses?.(task, params) ?? []) : [])
    }
    if (situations.reduce((sum, s) => sum + s.total, 0) < page) break
    after = Math.max(...situations.map((s) => s.last_id))
  }
  if (tally.total === 0) throw new Failure('empty_selection', 'selection: no task matches.')
  requireAllFound(request.selection, tally.total)
  const names = new Map((await namesOfPeople(app.db, [...tally.open.keys()])).map((p) => [p.id, p.name]))
  return {
    ...tally.reply(names),
    ...confirmation(params, tally),
    params,
    ...(plan ? { plan: plan.report } : {}),
  }
}

/** Counts decisions. */
class Tally {
  readonly #context: OperationContext
  total = 0
  objects = 0
  image_values = 0
  completed = 0
  readonly open = new Map<number, number>()
  readonly #outcomes = { applied: 0, unchanged: 0, refused: 0 }
  readonly #refusals = new Map<Refusal, number>()
  readonly #moves = new Map<string, number>()
  readonly #splits = new Map<string, number>()
  readonly #changes = new Map<string, number>()
  readonly #loses: Losses = { assignees: 0, objects: 0, image_values: 0, events: 0, duration_ms: 0 }
  #skipped = 0
  #exported = 0
  #withoutObjects = 0

  constructor(context: OperationContext) {
    this.#context = context
  }

  add(tasks: Counted, decision: SituationDecision, loses: readonly (keyof Losses)[]): void {
    this.total += tasks.total
    this.objects += tasks.objects
    this.image_values += tasks.image_values
    this.#outcomes[decision.outcome] += tasks.total
    if (stageById(this.#context.workflow, tasks.stage_id).kind === 'completed') this.completed += tasks.total
    this.#skipped += tasks.skipped
    this.#exported += tasks.exported
    if (tasks.lease_person_id !== null) increase(this.open, tasks.lease_person_id, tasks.total)
    if (decision.outcome === 'refused') increase(this.#refusals, decision.reason, tasks.total)
    if (decision.outcome !== 'applied') return
    const { patch } = decision
    if (patch.stage_id !== undefined && patch.stage_id !== tasks.stage_id)
      this.#addMove(tasks, patch.stage_id as number, patch.object_count === 0)
    if ('split' in patch && !(patch.split instanceof Own))
      increase(this.#splits, `${tasks.split ?? ''}>${patch.split ?? ''}`, tasks.total)
    this.#addChanges(tasks, patch)
    for (const key of loses) this.#loses[key] += tasks[key]
  }

  #addMove(tasks: Counted, to: number, losesObjects: boolean): void {
    increase(this.#moves, `${tasks.stage_id}>${to}`, tasks.total)
    const kind = stageById(this.#context.workflow, to).kind
    if (kind === 'completed' || kind === 'review')
      this.#withoutObjects += losesObjects ? tasks.total : tasks.total - tasks.with_objects
  }

  /** Where the operation asks about a column that it sets. What a plan deals out is told by its report. */
  #addChanges(tasks: Counted, patch: SituationPatch): void {
    if (tasks.plan) return
    for (const column of SET_COLUMNS) {
      const [before, after] = [tasks[column], patch[column]]
      if (before === undefined || after === undefined || after instanceof Own) continue
      increase(this.#changes, JSON.stringify({ column, before, after } satisfies Change), tasks.total)
    }
  }

  reply(names: ReadonlyMap<number, string>) {
    const pair = (key: string) => key.split('>') as [string, string]
    const changes = [...this.#changes].sort(([, a], [, b]) => b - a)
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
      changes: changes.slice(0, MOST_CHANGES).map(([change, total]) => ({ ...(JSON.parse(change) as Change), total })),
      other_changes: changes.slice(MOST_CHANGES).reduce((sum, [, total]) => sum + total, 0),
      skipped: this.#skipped,
      open: [...this.open]
        .map(([person_id, total]) => ({ person_id, name: names.get(person_id) ?? '', total }))
        .sort((a, b) => b.total - a.total || a.name.localeCompare(b.name, 'en') || a.person_id - b.person_id),
      exported: this.#exported,
      completed: this.completed,
      without_objects: this.#withoutObjects,
      loses: this.#loses,
    }
  }
}

function increase<K>(counts: Map<K, number>, key: K, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}
