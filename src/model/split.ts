// Splits: how many tasks each gets. Which ones: in the order of SHA-256(seed ‖ key) with the asset's content hash as key,
// cut by quota, so the same set, seed and percents give the same result on any machine and any database.
// Groups and strata: split-units.ts.
import { compileNamePattern } from './name-pattern.ts'
import { SPLITS, type Split, type TaskRow } from './task.ts'

export type Percents = { train: number; validation: number; test: number }
export type Quotas = Record<Split, number>

export const DEFAULT_PERCENTS: Percents = { train: 80, validation: 10, test: 10 }

export const AUTO_SPLIT_MODES = ['unassigned', 'keep_locked_and_manual', 'everything'] as const
export type AutoSplitMode = (typeof AUTO_SPLIT_MODES)[number]

/** Whether percents are ≥ 0 and sum to 100 (within floating point). */
export function percentsProblem(p: Percents): string | null {
  const sum = p.train + p.validation + p.test
  if (SPLITS.some((s) => !(p[s] >= 0))) return 'Each percent must be 0 or more.'
  if (Math.abs(sum - 100) > 1e-9) return `The percents sum to ${Number(sum.toFixed(6))}, not 100.`
  return null
}

/**
 * Quotas for n tasks: floors, the rest by largest remainder (Hamilton's method), ties train > validation >
 * test; then every non-zero percent gets at least one, taken from the largest, if n allows.
 * n=1 → 1/0/0, n=3 → 1/1/1, n=7 → 5/1/1, n=10 → 8/1/1 at 80/10/10.
 */
export function quotas(n: number, percents: Percents): Quotas {
  const exact = SPLITS.map((s) => (n * percents[s]) / 100)
  const result = exact.map(floorWithTolerance)
  const order = SPLITS.map((_, i) => i).sort((a, b) => remainder(exact, b) - remainder(exact, a) || a - b)
  for (let left = n - sum(result), i = 0; left > 0; left--, i++) result[order[i % order.length] as number]! += 1
  const wanted = SPLITS.map((s) => percents[s] > 0)
  if (n >= wanted.filter(Boolean).length)
    for (let i = 0; i < SPLITS.length; i++)
      if (wanted[i] && result[i] === 0) {
        result[result.indexOf(Math.max(...result))]! -= 1
        result[i] = 1
      }
  return { train: result[0] as number, validation: result[1] as number, test: result[2] as number }
}

/** n × percent can land a hair under a whole number (0.07 × 100 = 7.000000000000001): mend before the floor. */
const floorWithTolerance = (x: number) => Math.floor(x + 1e-9)
const remainder = (exact: number[], i: number) => {
  const r = (exact[i] as number) - floorWithTolerance(exact[i] as number)
  return Math.round(r * 1e9) / 1e9
}
const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0)

/** What tasks belong together: a batch, a folder, a value of the asset's metadata, or a part of the name. */
export const GROUP_BY = ['batch', 'folder', 'metadata', 'name'] as const
/** @property key metadata key. @property pattern of the name, see name-pattern.ts */
export type GroupBy = { by: (typeof GROUP_BY)[number]; key?: string; pattern?: string }

/** What every split should hold in the same proportions. */
export const STRATIFY_BY = ['class', 'batch', 'metadata'] as const
export type StratifyBy = { by: (typeof STRATIFY_BY)[number]; key?: string }

/** What a choice of group or stratum still needs, as a sentence; null if nothing. */
export function choiceProblem(choice: GroupBy | StratifyBy): string | null {
  if (choice.by === 'metadata' && !choice.key) return 'Name the metadata key.'
  if (choice.by !== 'metadata' && choice.key !== undefined) return 'A key belongs to metadata only.'
  const pattern = 'pattern' in choice ? choice.pattern : undefined
  if (choice.by === 'name' && !pattern) return 'Write the pattern.'
  if (choice.by !== 'name' && pattern !== undefined) return 'A pattern belongs to the name only.'
  return pattern === undefined ? null : compileNamePattern(pattern).problem
}

type SplitState = Pick<TaskRow, 'split' | 'split_source' | 'is_split_locked'>

/** Whether a mode may set this task's split. */
export function isEligible(task: SplitState, mode: AutoSplitMode): boolean {
  if (mode === 'unassigned') return task.split === null
  if (mode === 'keep_locked_and_manual') return !task.is_split_locked && task.split_source !== 'manual'
  return !task.is_split_locked
}

/** Quotas for n new tasks so that fixed + new come as near to the percents as they can. */
export function overallQuotas(n: number, percents: Percents, fixed: Quotas): Quotas {
  const total = n + SPLITS.reduce((t, s) => t + fixed[s], 0)
  const goal = quotas(total, percents)
  const need = SPLITS.map((s) => Math.max(0, goal[s] - fixed[s]))
  // A split that already holds more than its share leaves too many needs for n: scale them down.
  const all = sum(need)
  if (all <= n) return { train: need[0] as number, validation: need[1] as number, test: need[2] as number }
  const scaled = quotas(n, {
    train: (100 * need[0]!) / all,
    validation: (100 * need[1]!) / all,
    test: (100 * need[2]!) / all,
  })
  return scaled
}
