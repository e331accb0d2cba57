// Auto split: who gets which split, as the query that a plan is, and what it comes to. Without groups and strata the
// database orders and cuts; with them the units come in their order and model/split-units.ts divides them.
import type { RawBuilder } from 'kysely'
import type { SplitReport } from '../../contract/plan-reports.ts'
import { Failure } from '../../model/failure.ts'
import { overallQuotas, type Percents, type Quotas, quotas, type StratifyBy } from '../../model/split.ts'
import { divideUnits, type Strata } from '../../model/split-units.ts'
import { SPLITS } from '../../model/task.ts'
import type { Queryable } from '../db/connect.ts'
import { type ReadUnits, readStrata, readUnits } from './read-units.ts'
import * as queries from './split-queries.ts'

/** The rarest is searched among all of them, once for each. */
const MOST_STRATA = 10_000
/** Of the report. */
const SHOWN_STRATA = 200

export type AutoSplit = queries.SplitChoice & { percents: Percents; base: 'new' | 'overall' }
export type SplitPlan = { query: RawBuilder<unknown>; report: SplitReport }

const NONE: Quotas = { train: 0, validation: 0, test: 0 }

/** Reads, decides, changes nothing. @throws Failure invalid_input if there are too many strata */
export async function planSplits(db: Queryable, scope: queries.SplitScope, split: AutoSplit): Promise<SplitPlan> {
  const standing = split.base === 'overall' ? await queries.standingSplits(db, scope, split) : NONE
  const shareOf = (n: number) =>
    split.base === 'overall' ? overallQuotas(n, split.percents, standing) : quotas(n, split.percents)
  if (!split.group_by && !split.stratify_by) {
    const share = shareOf(await queries.countCandidates(db, scope, split))
    const report = { kind: 'split' as const, ...reached(share, share, standing), groups: null, strata: null }
    return { query: queries.cutByQuota(scope, split, share), report }
  }
  const values = split.stratify_by ? await stratumValues(db, scope, split.stratify_by) : null
  const texts = await queries.splitUnits(db, scope, split, values)
  const units = readUnits(texts)
  const share = shareOf(units.total)
  const strata = values ? await strataOf(db, scope, split, values, texts.labels ?? '', units) : null
  const before = strata?.fixed.slice()
  const result = divideUnits(units, share, standing, strata)
  return {
    query: queries.decidedPlan(scope, split, decided(units, result)),
    report: {
      kind: 'split',
      ...reached(held(units, result), share, standing),
      groups: split.group_by ? groupsOf(units) : null,
      strata: values && strata && before ? reachedStrata(values, { ...strata, fixed: before }, result) : null,
    },
  }
}

/** Numbered by name, so that ties fall the same way in any database; classes by id, which is their order. */
async function stratumValues(db: Queryable, scope: queries.SplitScope, by: StratifyBy): Promise<queries.StratumValues> {
  const found = await queries.stratumNames(db, scope, by, MOST_STRATA + 1)
  if (found.length > MOST_STRATA)
    throw new Failure(
      'invalid_input',
      `params.stratify_by: there are more than ${MOST_STRATA} different values, too many to hold in proportion.`,
    )
  if (by.by === 'class') found.sort((a, b) => Number(a.key) - Number(b.key))
  else found.sort((a, b) => (a.name < b.name ? -1 : 1))
  const numbers = by.by === 'class' ? found.map((v) => Number(v.key)) : found.map((_, i) => i + 1)
  return { by, numbers, keys: found.map((v) => v.key), names: found.map((v) => v.name) }
}

async function strataOf(
  db: Queryable,
  scope: queries.SplitScope,
  split: AutoSplit,
  values: queries.StratumValues,
  labels: string,
  units: ReadUnits,
): Promise<Strata> {
  const places = new Map(values.numbers.map((number, i) => [number, i + 1]))
  // Number 0, and a class that the schema does not know: none.
  const place = (number: number) => places.get(number) ?? 0
  const strata = readStrata(labels, units.names.length, place, values.numbers.length + 1)
  if (split.base === 'overall')
    for (const { number, split: held, total } of await queries.standingStrata(db, scope, split, values))
      strata.fixed[SPLITS.length * place(number) + SPLITS.indexOf(held)]! += total
  return strata
}

function decided(units: ReadUnits, result: Uint8Array): queries.Decided {
  const lists = SPLITS.map(() => ({ tasks: [] as number[], groups: [] as string[] }))
  for (const [u, name] of units.names.entries()) {
    const list = lists[result[u] as number]
    if (typeof name === 'number') list?.tasks.push(name)
    else list?.groups.push(name)
  }
  return Object.fromEntries(SPLITS.map((s, k) => [s, lists[k]])) as queries.Decided
}

function held(units: ReadUnits, result: Uint8Array): Quotas {
  const totals = SPLITS.map(() => 0)
  for (const [u, k] of result.entries()) totals[k]! += units.sizes[u] as number
  return Object.fromEntries(SPLITS.map((s, k) => [s, totals[k]])) as Quotas
}

function reached(got: Quotas, share: Quotas, standing: Quotas): Pick<SplitReport, 'planned' | 'reached'> {
  const planned = SPLITS.reduce((sum, s) => sum + got[s], 0)
  const whole = planned + SPLITS.reduce((sum, s) => sum + standing[s], 0)
  return {
    planned,
    reached: SPLITS.map((split) => ({
      split,
      tasks: standing[split] + got[split],
      wanted: standing[split] + share[split],
      percent: whole > 0 ? Math.round(((standing[split] + got[split]) / whole) * 1e6) / 1e4 : 0,
    })),
  }
}

function groupsOf(units: ReadUnits): SplitReport['groups'] {
  const groups = units.names.flatMap((name, u) => (typeof name === 'string' ? [u] : []))
  return {
    total: groups.length,
    alone: units.names.length - groups.length,
    largest: groups.reduce((most, u) => Math.max(most, units.sizes[u] as number), 0),
    following: units.anchors.filter((k) => k >= 0).length,
    divided: units.divided,
  }
}

function reachedStrata(values: queries.StratumValues, strata: Strata, result: Uint8Array): SplitReport['strata'] {
  const counts = strata.fixed.slice()
  for (const [u, k] of result.entries())
    for (let i = strata.offsets[u] as number; i < (strata.offsets[u + 1] as number); i++)
      counts[SPLITS.length * (strata.labels[i] as number) + k]! += strata.totals[i] as number
  const all = Array.from({ length: strata.count }, (_, i) => {
    const [train = 0, validation = 0, test = 0] = counts.subarray(SPLITS.length * i, SPLITS.length * (i + 1))
    return { name: values.names[i - 1] ?? null, tasks: train + validation + test, train, validation, test }
  }).filter((s) => s.tasks > 0)
  const rarestFirst = all.sort((a, b) => a.tasks - b.tasks || Number(a.name === null) - Number(b.name === null))
  return { total: all.length, shown: rarestFirst.slice(0, SHOWN_STRATA) }
}
