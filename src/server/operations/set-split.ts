// Set split: by hand, or Auto split with percents and a seed. Any status; independent of it.
import { createHash, randomBytes } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Failure } from '../../model/failure.ts'
import { Fields, Nullable, Words } from '../../model/schema.ts'
import {
  AUTO_SPLIT_MODES,
  DEFAULT_PERCENTS,
  isEligible,
  type Percents,
  percentsProblem,
  planSplit,
  type SplitCandidate,
} from '../../model/split.ts'
import { own, type SituationDecision, SPLITS, type Split, UNCHANGED } from '../../model/task.ts'
import { planOf, splitCandidates, splitsOfProject } from '../tasks/split-queries.ts'
import { defineOperation, type Situation } from './operation.ts'

const ManualSchema = Fields({
  kind: Type.Literal('manual'),
  split: Nullable(Words(SPLITS)),
  override_locked: Type.Optional(Type.Boolean()),
  /** Lock the split, so that no later run moves these tasks. */
  lock: Type.Optional(Type.Boolean()),
})
const AutoSchema = Fields({
  kind: Type.Literal('auto'),
  percents: Type.Optional(Fields({ train: Type.Number(), validation: Type.Number(), test: Type.Number() })),
  /** Generated when absent, shown and stored. The same set, seed and percents give the same result anywhere. */
  seed: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  mode: Type.Optional(Words(AUTO_SPLIT_MODES)),
  /** new: quotas of the tasks being set · overall: the new ones bring the whole project toward the percents. */
  base: Type.Optional(Words(['new', 'overall'])),
  include_skipped: Type.Optional(Type.Boolean()),
  only_completed: Type.Optional(Type.Boolean()),
})
const ParamsSchema = Type.Union([ManualSchema, AutoSchema])

type Params = Static<typeof ParamsSchema>

const FACTS = ['split', 'split_source', 'is_split_locked', 'plan'] as const
type Task = Situation<(typeof FACTS)[number]>

export const setSplit = defineOperation(ParamsSchema, FACTS, {
  name: 'set-split',
  title: 'Set split',
  in_menu: true,
  prepare(params) {
    if (params.kind === 'manual') return params
    const percents = params.percents ?? DEFAULT_PERCENTS
    const problem = percentsProblem(percents)
    if (problem) throw new Failure('percents_do_not_sum', `params.percents: ${problem}`)
    return {
      ...params,
      percents,
      mode: params.mode ?? 'unassigned',
      base: params.base ?? 'new',
      seed: params.seed ?? randomBytes(8).toString('hex'),
    }
  },
  async plan(db, scope, params) {
    if (params.kind === 'manual') return null
    const rows = await splitCandidates(db, scope, {
      include_skipped: params.include_skipped === true,
      only_completed: params.only_completed === true,
    })
    const eligible = rows.filter((t) => isEligible(t, params.mode ?? 'unassigned'))
    const candidates = eligible.map((t): SplitCandidate => ({ ...t, order: splitOrder(params.seed as string, t.key) }))
    const fixed = params.base === 'overall' ? await fixedSplits(db, scope.project_id, eligible) : undefined
    return planOf(planSplit(candidates, params.percents as Percents, fixed))
  },
  decide(task, params): SituationDecision {
    if (params.kind === 'manual') return manual(task, params)
    const { plan } = task
    if (plan === null || plan === task.split) return UNCHANGED
    // The plan was made when the set was frozen; somebody may have set or locked this one since.
    if (!isEligible(task, params.mode ?? 'unassigned'))
      return { outcome: 'refused', reason: task.is_split_locked ? 'split_locked' : 'changed_since' }
    return setTo(plan as Split, 'auto', task.is_split_locked)
  },
})

/** Hex SHA-256 of seed ‖ key. */
export function splitOrder(seed: string, key: string): string {
  return createHash('sha256').update(seed).update(key).digest('hex')
}

function manual(task: Task, params: Extract<Params, { kind: 'manual' }>): SituationDecision {
  const locks = params.split !== null && (params.lock ?? task.is_split_locked)
  if (task.split === params.split && task.is_split_locked === locks) return UNCHANGED
  if (task.is_split_locked && !params.override_locked) return { outcome: 'refused', reason: 'split_locked' }
  return setTo(params.split, 'manual', locks)
}

function setTo(split: Split | null, source: 'manual' | 'auto', locked: boolean): SituationDecision {
  return {
    outcome: 'applied',
    patch: { split, split_source: split === null ? null : source, is_split_locked: locked },
    events: [{ kind: 'split_set', before: { split: own('split') }, after: { split } }],
  }
}

/** What of the whole project stands in each split and stays there. */
async function fixedSplits(
  db: Parameters<typeof splitsOfProject>[0],
  project_id: number,
  eligible: readonly { id: number; split: Split | null }[],
) {
  const fixed = await splitsOfProject(db, project_id)
  for (const task of eligible) if (task.split) fixed[task.split] -= 1
  return fixed
}
