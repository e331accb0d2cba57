// Work that one person did in the days before: the same decisions and the same writer as real work, with earlier stamps.
import { randomUUID } from 'node:crypto'
import type { Shape } from '../../model/shapes/index.ts'
import { approve, entering, open, type Rules, reject, skip, submit } from '../../model/steps.ts'
import type { Decision, LockedTask, SkipReason, Split } from '../../model/task.ts'
import { firstOfKind } from '../../model/workflow.ts'
import { insertRevision } from '../annotations/queries.ts'
import type { Tx } from '../db/connect.ts'
import type { ProjectScope } from '../handler.ts'
import { record } from '../history/record.ts'
import { lockTasks } from '../tasks/queries.ts'
import { writeTime } from '../time/queries.ts'

type Applied = Omit<Extract<Decision, { outcome: 'applied' }>, 'outcome'>
const MINUTE_MS = 60_000

export class Past {
  readonly #tx: Tx
  readonly #project: ProjectScope
  readonly #rules: Rules
  readonly #person_id: number
  #now: number

  constructor(tx: Tx, project: ProjectScope, rules: Rules, person_id: number, start: number) {
    this.#tx = tx
    this.#project = project
    this.#rules = rules
    this.#person_id = person_id
    this.#now = start + 30 * MINUTE_MS
  }

  release(task_id: number): Promise<void> {
    const label = firstOfKind(this.#project.workflow, 'label')
    return this.#do(task_id, (task, rules) => ({
      patch: entering(task, label, rules),
      events: [{ kind: 'released', before: { stage_id: task.stage_id }, after: { stage_id: label.id } }],
    }))
  }

  async label(task_id: number, objects: readonly { class_id: number; shape: Shape }[], ms: number): Promise<void> {
    await this.#do(task_id, (task, rules) => open(task, this.#person_id, rules))
    await this.#do(task_id, async (task) => {
      await this.#spend(task, 'annotation', ms)
      return { patch: { ...(await this.#revision(task, objects)), duration_ms: ms }, events: [] }
    })
    await this.#do(task_id, (task, rules) => submit(task, this.#person_id, rules))
  }

  async skip(task_id: number, reason: SkipReason, note: string | null): Promise<void> {
    await this.#do(task_id, (task, rules) => open(task, this.#person_id, rules))
    await this.#do(task_id, (task, rules) => skip(task, this.#person_id, reason, note, rules))
  }

  async approve(task_id: number): Promise<void> {
    await this.#review(task_id)
    await this.#do(task_id, (task, rules) => approve(task, this.#person_id, rules))
  }

  async reject(task_id: number, comment: string): Promise<void> {
    await this.#review(task_id)
    await this.#do(task_id, (task, rules) => reject(task, this.#person_id, comment, rules))
  }

  split(task_id: number, split: Split): Promise<void> {
    return this.#do(task_id, () => ({
      patch: { split, split_source: 'manual' },
      events: [{ kind: 'split_set', before: { split: null }, after: { split } }],
    }))
  }

  async #review(task_id: number): Promise<void> {
    await this.#do(task_id, (task, rules) => open(task, this.#person_id, rules))
    await this.#do(task_id, async (task) => {
      await this.#spend(task, 'review', 14_000)
      return { patch: { review_ms: task.review_ms + 14_000 }, events: [] }
    })
  }

  async #do(task_id: number, decide: (task: LockedTask, rules: Rules) => Applied | Promise<Applied>): Promise<void> {
    this.#now += 2 * MINUTE_MS
    const at = new Date(this.#now).toISOString()
    const [task] = await lockTasks(this.#tx, this.#project.row.id, [task_id])
    if (!task) throw new Error(`task ${task_id} is not there`)
    const decision = await decide(task, { ...this.#rules, now: at })
    await record(
      this.#tx,
      this.#project.row.id,
      { actor: { person_id: this.#person_id, kind: 'person' }, at, operation_id: null },
      [{ task, ...decision }],
    )
  }

  async #revision(task: LockedTask, objects: readonly { class_id: number; shape: Shape }[]) {
    const document = {
      objects: objects.map((o) => ({ id: randomUUID(), ...o, attributes: {}, author_id: this.#person_id })),
      global_attributes: { 1: 1 },
    }
    const { patch } = await insertRevision(this.#tx, {
      ...this.#of(task),
      kind: 'saved',
      author_id: this.#person_id,
      stage_id: task.stage_id,
      session_id: randomUUID(),
      document,
    })
    return patch
  }

  #spend(task: LockedTask, kind: 'annotation' | 'review', ms: number): Promise<void> {
    const at = new Date(this.#now).toISOString()
    const entry = {
      ...this.#of(task),
      person_id: this.#person_id,
      stage_id: task.stage_id,
      kind,
      session_id: randomUUID(),
      sequence: 1,
      ms,
      at,
    }
    return writeTime(this.#tx, [entry], null)
  }

  #of(task: LockedTask) {
    return { project_id: task.project_id, task_id: task.id }
  }
}
