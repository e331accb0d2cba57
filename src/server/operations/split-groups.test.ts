// Auto split by groups and strata, as domain.md 4.2 says: no group divided, the reached percents told, the same anywhere.

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { grouped } from '../../model/grouped.ts'
import { quotas } from '../../model/split.ts'
import type { TaskPatch } from '../../model/task.ts'
import { SPLITS, type Split } from '../../model/task.ts'
import type { AutoSplit } from '../tasks/auto-split.ts'
import { planSplits } from '../tasks/auto-split.ts'
import { arrange, operate, rowsOf } from '../tasks/test-work.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { everything } from './test-queries.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const auto = (p: TestProject, ids: number[], params: object = {}) =>
  operate(p.manager.api, p.project_id, 'set-split', { kind: 'auto', seed: 'seed-1', ...params }, ids)

/** Names, folders, hashes and metadata that are the same on every machine. */
async function describeAssets(
  p: TestProject,
  ids: readonly number[],
  of: (i: number) => { name?: string; folder?: string; metadata?: Record<string, string> },
) {
  await server.app.db.transaction().execute(async (tx) => {
    await sql`select set_config('pixlhub.task_writer', 'record', true)`.execute(tx)
    for (const [i, id] of ids.entries()) {
      const { name = `image-${i}.jpg`, folder = '', metadata = {} } = of(i)
      const hash = createHash('sha256').update(`asset ${i}`).digest('hex')
      await sql`update task set name = ${name}, folder = ${folder} where project_id = ${p.project_id} and id = ${id}`.execute(tx)
      await sql`
        update asset set name = ${name}, folder = ${folder}, content_hash = ${hash}, metadata = ${JSON.stringify(metadata)}
        where project_id = ${p.project_id} and id = (select asset_id from task where project_id = ${p.project_id} and id = ${id})`.execute(tx)
    }
  })
} // biome-ignore format: two statements

const planOf = (p: TestProject, split: Partial<AutoSplit> = {}) => {
  const scope = { project_id: p.project_id, target: sql<boolean>`t.project_id = ${p.project_id}` }
  return planSplits(server.app.db, scope, {
    seed: 'seed-1',
    percents: { train: 80, validation: 10, test: 10 },
    mode: 'unassigned',
    base: 'new',
    include_skipped: false,
    only_completed: false,
    group_by: null,
    stratify_by: null,
    ...split,
  })
}
const reportOf = async (p: TestProject, split: Partial<AutoSplit> = {}) => (await planOf(p, split)).report

/** The splits that the tasks of each group have. */
async function splitsOfGroups(p: TestProject, group: (i: number) => string) {
  const groups: Record<string, Set<Split | null>> = {}
  for (const [i, t] of (await rowsOf(server, p.project_id)).entries()) {
    groups[group(i)] ??= new Set()
    groups[group(i)]?.add(t.split)
  }
  return groups
}

const video = (i: number) => `video${i % 7}`

describe('group by', () => {
  test.each([
    ['folder', { by: 'folder' }, (i: number) => ({ folder: video(i) })],
    ['name', { by: 'name', pattern: '^(video\\d+)_' }, (i: number) => ({ name: `${video(i)}_${i}.jpg` })],
    ['metadata', { by: 'metadata', key: 'patient' }, (i: number) => ({ metadata: { patient: `${video(i)} "ä", {}` } })],
  ] as const)('%s: no group is divided, all tasks get a split, a re-run is all unchanged', async (_, group_by, of) => {
    const p = await server.project()
    const ids = await p.tasks(35)
    await describeAssets(p, ids, of)
    expect(await auto(p, ids, { group_by })).toMatchObject({ applied: 35, refused: 0 })
    const groups = await splitsOfGroups(p, video)
    expect(Object.values(groups).every((splits) => splits.size === 1 && !splits.has(null))).toBe(true)
    const used = new Set(Object.values(groups).flatMap((s) => [...s]))
    expect([...used].sort()).toEqual(['test', 'train', 'validation'])
    for (const mode of ['unassigned', 'keep_locked_and_manual', 'everything'])
      expect(await auto(p, ids, { group_by, mode })).toMatchObject({ applied: 0, unchanged: 35 })
  })

  test('batch: by its name; tasks without one stand alone', async () => {
    const p = await server.project()
    const batch = async (name: string) => (await p.manager.api.create_batch({ project_id: p.project_id, name })).id
    const ids = [
      ...(await p.tasks(20, { batch_id: await batch('Monday') })),
      ...(await p.tasks(3, { batch_id: await batch('Tuesday'), prefix: 'tuesday' })),
      ...(await p.tasks(10, { prefix: 'none' })),
    ]
    const report = await reportOf(p, { group_by: { by: 'batch' } })
    expect(report.groups).toEqual({ total: 2, alone: 10, largest: 20, following: 0, divided: 0 })
    await auto(p, ids, { group_by: { by: 'batch' } })
    const splits = (await rowsOf(server, p.project_id)).map((t) => t.split)
    expect(new Set(splits.slice(0, 20))).toEqual(new Set(['train']))
    expect(new Set(splits.slice(20, 23)).size).toBe(1)
    // What the preview reports is what is reached.
    for (const { split, tasks, percent } of report.reached) {
      expect(splits.filter((s) => s === split)).toHaveLength(tasks)
      expect(percent).toBeCloseTo((100 * tasks) / 33, 3)
    }
    // Tasks alone even out what the groups leave: 27/3/3.
    expect(report.reached.map((r) => [r.tasks, r.wanted])).toEqual([[27, 27], [3, 3], [3, 3]]) // biome-ignore format: a table
  })

  test('a task that joins a group while the plan is made goes with the group, and is named once', async () => {
    const p = await server.project()
    const { id: batch_id } = await p.manager.api.create_batch({ project_id: p.project_id, name: 'Monday' })
    await p.tasks(20, { batch_id })
    const alone = await p.tasks(10, { prefix: 'alone' })
    const { query } = await planOf(p, { group_by: { by: 'batch' } })
    const planned = async () => (await sql<{ task_id: number; plan: Split }>`${query}`.execute(server.app.db)).rows
    const before = await planned()
    const joining = before.filter((t) => alone.includes(t.task_id) && t.plan !== 'train').slice(0, 2)
    await arrange(server, p.project_id, new Map(joining.map((t): [number, TaskPatch] => [t.task_id, { batch_id }])))
    const after = await planned()
    expect(after).toHaveLength(30)
    const joined = new Set(joining.map((t) => t.task_id))
    const expected = before.map((t) => (joined.has(t.task_id) ? { ...t, plan: 'train' } : t))
    const byId = (rows: typeof before) => rows.toSorted((a, b) => a.task_id - b.task_id)
    expect(byId(after)).toEqual(byId(expected as typeof before))
  })

  test('new tasks of a group follow those that have a split, in the selection or not', async () => {
    const p = await server.project()
    const ids = await p.tasks(30)
    await describeAssets(p, ids, (i) => ({ folder: `video${i % 3}` }))
    const of = (n: number) => ids.filter((_, i) => i % 3 === n)
    const manual = (split: Split, some: number[]) => operate(p.manager.api, p.project_id, 'set-split', { kind: 'manual', split }, some) // biome-ignore format: one call
    await manual('test', of(0).slice(0, 2))
    await manual('validation', of(1).slice(0, 3))
    await manual('train', of(1).slice(3, 5))
    const report = await reportOf(p, { group_by: { by: 'folder' } })
    expect(report.groups).toMatchObject({ total: 3, following: 2, divided: 1 })
    const rest = (await rowsOf(server, p.project_id)).filter((t) => t.split === null).map((t) => t.id)
    await auto(p, rest, { group_by: { by: 'folder' } })
    const groups = await splitsOfGroups(p, (i) => `video${i % 3}`)
    expect(groups.video0).toEqual(new Set(['test']))
    // Divided by hand before: the new ones go where most are.
    const second = (await rowsOf(server, p.project_id)).filter((_, i) => i % 3 === 1).map((t) => t.split)
    expect(second.filter((s) => s === 'validation')).toHaveLength(8)
  })

  test('a pattern that could hang, or names nothing, is refused before anything starts', async () => {
    const p = await server.project()
    const ids = await p.tasks(3)
    const before = await everything(server, p.project_id)
    for (const [group_by, sentence] of [
      [{ by: 'name', pattern: '^(a+)+$' }, 'params.group_by: The pattern cannot repeat a part'],
      [{ by: 'name' }, 'params.group_by: Write the pattern.'],
      [{ by: 'metadata' }, 'params.group_by: Name the metadata key.'],
      [{ by: 'colour' }, 'params.group_by.by'],
    ] as const)
      await expect(auto(p, ids, { group_by })).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining(sentence) }) // biome-ignore format: one call
    expect(await everything(server, p.project_id)).toEqual(before)
  })

  test('the worst pattern that is accepted takes moments on the worst names', async () => {
    const p = await server.project()
    const ids = await p.tasks(200)
    await describeAssets(p, ids, (i) => ({ name: `${'a'.repeat(240)}${i}` }))
    const started = performance.now()
    for (const pattern of ['.*.*.*.*.*.*.*.*(.*a.*).*.*.*.*.*.*.*x', 'a?a?a?a?a?a?a?a?a?a?(a?)a?a?a?aaaaaaaaaaaa.*x', '[ab].*[ac].*.{30}(.*).{30}x']) // biome-ignore format: one list
      await reportOf(p, { group_by: { by: 'name', pattern } })
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('stratify by', () => {
  const classesOf = (i: number) => ({ ...(i % 2 === 0 ? { 1: 3 } : {}), ...(i % 10 === 0 ? { 2: 1 } : {}) })

  async function withClasses(n: number) {
    const p = await server.project()
    const ids = await p.tasks(n)
    await describeAssets(p, ids, () => ({}))
    await arrange(server, p.project_id, new Map(ids.map((id, i): [number, TaskPatch] => [id, { class_counts: classesOf(i) }]))) // biome-ignore format: one call
    return { p, ids }
  }

  test('class: the quotas exactly, and each class in proportion', async () => {
    const { p, ids } = await withClasses(100)
    const stratify_by = { by: 'class' } as const
    const report = await reportOf(p, { stratify_by })
    expect(report.reached.map((r) => r.tasks)).toEqual([80, 10, 10])
    expect(report.strata).toEqual({
      total: 3,
      shown: [
        { name: 'person', tasks: 10, train: 8, validation: 1, test: 1 },
        { name: 'car', tasks: 50, train: 40, validation: 5, test: 5 },
        { name: null, tasks: 50, train: 40, validation: 5, test: 5 },
      ],
    })
    await auto(p, ids, { stratify_by })
    const rows = await rowsOf(server, p.project_id)
    for (const split of SPLITS)
      expect(rows.filter((t, i) => t.split === split && i % 10 === 0)).toHaveLength(split === 'train' ? 8 : 1)
    expect(await auto(p, ids, { stratify_by, mode: 'everything' })).toMatchObject({ applied: 0, unchanged: 100 })
  })

  test('with a quota of the whole: classes that stand in train make room', async () => {
    const { p, ids } = await withClasses(40)
    const old = ids.filter((_, i) => i % 10 === 0)
    await auto(p, old.slice(0, 3), { percents: { train: 100, validation: 0, test: 0 } })
    const report = await reportOf(p, { stratify_by: { by: 'class' }, base: 'overall', percents: { train: 50, validation: 25, test: 25 } }) // biome-ignore format: one call
    expect(report.reached.map((r) => r.tasks)).toEqual([20, 10, 10])
    expect(report.strata?.shown[0]).toMatchObject({ name: 'person', tasks: 4, train: 3 })
  })

  test.each([
    ['batch', { by: 'batch' }],
    ['metadata', { by: 'metadata', key: 'site' }],
  ] as const)('%s: each value in proportion', async (_, stratify_by) => {
    const p = await server.project()
    const batches = await Promise.all(['Aachen', 'Bonn'].map((name) => p.manager.api.create_batch({ project_id: p.project_id, name }))) // biome-ignore format: one call
    const ids = [
      ...(await p.tasks(20, { batch_id: batches[0]?.id as number })),
      ...(await p.tasks(30, { batch_id: batches[1]?.id as number, prefix: 'bonn' })),
    ]
    await describeAssets(p, ids, (i) => ({ metadata: { site: i < 20 ? 'Aachen' : 'Bonn' } }))
    const { strata } = await reportOf(p, { stratify_by })
    expect(strata?.shown).toEqual([
      { name: 'Aachen', tasks: 20, train: 16, validation: 2, test: 2 },
      { name: 'Bonn', tasks: 30, train: 24, validation: 3, test: 3 },
    ])
  })

  test('grouped and stratified: no group is divided, and the golden split is the same on any database', async () => {
    const { p, ids } = await withClasses(60)
    await describeAssets(p, ids, (i) => ({ folder: `scene ${Math.floor(i / 4)}` }))
    const params = { group_by: { by: 'folder' }, stratify_by: { by: 'class' }, seed: 'golden', percents: { train: 60, validation: 20, test: 20 } } // biome-ignore format: one row
    expect(await auto(p, ids, params)).toMatchObject({ applied: 60 })
    const groups = await splitsOfGroups(p, (i) => `scene ${Math.floor(i / 4)}`)
    const digits = Object.values(groups).map((splits) => [...splits].map((s) => SPLITS.indexOf(s as Split)).join('|'))
    expect(digits.join('')).toBe(GOLDEN)
  })
})

describe('whatever the set', () => {
  const percents = fc
    .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    .map(([low, high]) => ({ train: 5 * low, validation: 5 * (high - low), test: 5 * (20 - high) }))
  const standing = fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...SPLITS) },
  )
  const set = fc.record({
    tasks: fc.array(fc.record({ group: fc.integer({ min: 0, max: 4 }), split: standing }), { minLength: 1, maxLength: 16 }),
    hasStanding: fc.boolean(),
    isGrouped: fc.boolean(),
    percents,
    seed: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' }),
  }) // biome-ignore format: one record

  test('the same result again and in any order, no group divided, and the quotas', async () => {
    await fc.assert(
      fc.asyncProperty(set, async ({ tasks, hasStanding, isGrouped, ...choice }) => {
        const before = tasks.map((t) => (hasStanding ? t.split : null))
        const params = { ...choice, ...(isGrouped ? { group_by: { by: 'folder' } } : {}) }
        const first = await begun(tasks.map((t) => t.group), before, false) // biome-ignore format: one call
        await auto(first.p, first.ids, params)
        const splits = await first.splits()
        // Given the same tasks, brought in last first
        const reversed = await begun(tasks.map((t) => t.group), before, true) // biome-ignore format: one call
        await auto(reversed.p, reversed.ids, params)
        expect(await reversed.splits()).toEqual(splits)
        // And once more
        const isNew = (i: number) => before[i] === null
        const fresh = first.ids.filter((_, i) => isNew(i))
        if (fresh.length > 0) await manual(first.p, null, fresh)
        await auto(first.p, first.ids, params)
        expect(await first.splits()).toEqual(splits)

        // What was set stays, and the rest is dealt out
        expect(splits.map((s, i) => (isNew(i) ? null : s))).toEqual(before)
        const dealt = splits.filter((_, i) => isNew(i))
        const counts = (some: readonly (Split | null)[]) => SPLITS.map((s) => some.filter((x) => x === s).length)
        const wanted = SPLITS.map((s) => quotas(dealt.length, choice.percents)[s])
        expect(counts(dealt).reduce((a, b) => a + b)).toBe(fresh.length)
        if (!isGrouped) {
          expect(counts(dealt)).toEqual(wanted)
          return
        }
        const groups = [...grouped(tasks.keys(), (i) => tasks[i]?.group).values()]
        for (const members of groups) {
          expect(new Set(members.filter(isNew).map((i) => splits[i])).size).toBeLessThanOrEqual(1)
          const held = counts(members.map((i) => before[i] as Split | null))
          const follows = SPLITS[held.indexOf(Math.max(...held))]
          if (Math.max(...held) > 0) for (const i of members.filter(isNew)) expect(splits[i]).toBe(follows)
        }
        // A group takes a split over its quota by less than itself.
        const largest = Math.max(...groups.map((g) => g.length))
        if (!hasStanding) for (const [k, n] of counts(dealt).entries()) expect(n - (wanted[k] ?? 0)).toBeLessThan(largest)
      }),
      { numRuns: 12 },
    )
  }) // biome-ignore format: one story

  const manual = (p: TestProject, split: Split | null, ids: number[]) =>
    operate(p.manager.api, p.project_id, 'set-split', { kind: 'manual', split }, ids)

  /** @returns ids and splits by asset, in whichever order the assets came */
  async function begun(groups: readonly number[], before: readonly (Split | null)[], isReversed: boolean) {
    const p = await server.project()
    const made = await p.tasks(groups.length)
    const ids = isReversed ? made.reverse() : made
    await describeAssets(p, ids, (i) => ({ folder: `group ${groups[i]}` }))
    for (const split of SPLITS) {
      const some = ids.filter((_, i) => before[i] === split)
      if (some.length > 0) await manual(p, split, some)
    }
    const splits = async () => {
      const byId = new Map((await rowsOf(server, p.project_id)).map((t) => [t.id, t.split]))
      return ids.map((id) => byId.get(id) as Split | null)
    }
    return { p, ids, splits }
  }
})

/** Fifteen scenes of four tasks, 60/20/20: 0 train, 1 validation, 2 test. One digit each: none is divided. Computed
 * apart from this code, in Python. */
const GOLDEN = '000010110002220'
