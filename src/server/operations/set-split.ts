// Set split: by hand, or Auto split with percents and a seed. Any status; independent of it.
import { randomBytes } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Failure } from '../../model/failure.ts'
import { Fields, Line, Nullable, Words } from '../../model/schema.ts'
import {
  AUTO_SPLIT_MODES,
  choiceProblem,
  DEFAULT_PERCENTS,
  GROUP_BY,
  isEligible,
  percentsProblem,
  STRATIFY_BY,
} from '../../model/split.ts'
import { own, type SituationDecision, SPLITS, type Split, UNCHANGED } from '../../model/task.ts'
import { keepSplitRun } from '../split-runs/queries.ts'
import { type AutoSplit, planSplits } from '../tasks/auto-split.ts'
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
  /** What is never divided. */
  group_by: Type.Optional(
    Fields({
      by: Words(GROUP_BY),
      /** With metadata: which key. */
      key: Type.Optional(Line(200)),
      /** With the name: a pattern with one part in round brackets that names the group, e.g. `^(video\\d+)_`. */
      pattern: Type.Optional(Line(200)),
    }),
  ),
  /** What each split holds in the same proportions, as far as it can. */
  stratify_by: Type.Optional(Fields({ by: Words(STRATIFY_BY), key: Type.Optional(Line(200)) })),
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
    for (const name of ['group_by', 'stratify_by'] as const) {
      const choice = params[name]
      const wrong = choice ? choiceProblem(choice) : null
      if (wrong) throw new Failure('invalid_input', `params.${name}: ${wrong}`)
    }
    return {
      ...params,
      percents,
      mode: params.mode ?? 'unassigned',
      base: params.base ?? 'new',
      seed: params.seed ?? randomBytes(8).toString('hex'),
    }
  },
  async plan(db, scope, params) {
    return params.kind === 'manual' ? null : planSplits(db, scope, autoSplit(params))
  },
  keepPlan: async (tx, operation, report) => {
    if (report.kind === 'split') await keepSplitRun(tx, operation, report)
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

/** Prepared parameters as what Auto split works with. */
function autoSplit(params: Extract<Params, { kind: 'auto' }>): AutoSplit {
  return {
    seed: params.seed ?? '',
    percents: params.percents ?? DEFAULT_PERCENTS,
    mode: params.mode ?? 'unassigned',
    base: params.base ?? 'new',
    include_skipped: params.include_skipped === true,
    only_completed: params.only_completed === true,
    group_by: params.group_by ?? null,
    stratify_by: params.stratify_by ?? null,
  }
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
