// Set split as domain.md 4.2 says it.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quotas } from '../../model/split.ts'
import { SPLITS, type Split } from '../../model/task.ts'
import { arrange, claim, operate, rowsOf } from '../tasks/test-work.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { operationNamed } from './index.ts'
import type { Facts } from './operation.ts'
import { everything } from './test-queries.ts'
import { testSet } from './test-set.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const counts = (splits: (Split | null)[]) => ({
  train: splits.filter((s) => s === 'train').length,
  validation: splits.filter((s) => s === 'validation').length,
  test: splits.filter((s) => s === 'test').length,
})
const splitsOf = async (p: TestProject) => (await rowsOf(server, p.project_id)).map((t) => t.split)
const auto = (p: TestProject, ids: number[], params: object = {}) =>
  operate(p.manager.api, p.project_id, 'set-split', { kind: 'auto', seed: 'seed-1', ...params }, ids)

/** Gives the tasks of a project content hashes that are the same on every machine. */
async function fixHashes(p: TestProject) {
  const assets = await server.app.db
    .selectFrom('asset')
    .select(['id', 'name'])
    .where('project_id', '=', p.project_id)
    .execute()
  for (const { id, name } of assets)
    await server.app.db
      .updateTable('asset')
      .set({ content_hash: createHash('sha256').update(name).digest('hex') })
      .where('project_id', '=', p.project_id)
      .where('id', '=', id)
      .execute()
}

describe('by hand', () => {
  test('any status; the same value is unchanged; none takes it away; a lock refuses unless overridden', async () => {
    const set = await testSet(server)
    const { project_id, ids, manager } = set
    const run = (params: object) => operate(manager.api, project_id, 'set-split', { kind: 'manual', ...params }, ids)
    expect(await run({ split: 'test' })).toMatchObject({ applied: 10, unchanged: 1, refused: 1 })
    expect(await run({ split: 'test' })).toMatchObject({ applied: 0, unchanged: 11, refused: 1 })
    expect(await run({ split: 'test', override_locked: true })).toMatchObject({ applied: 1, unchanged: 11 })
    expect(await run({ split: null, override_locked: true })).toMatchObject({ applied: 12 })
    expect(
      (await rowsOf(server, project_id)).every(
        (t) => t.split === null && t.split_source === null && !t.is_split_locked,
      ),
    ).toBe(true)
    expect(await run({ split: 'train', lock: true })).toMatchObject({ applied: 12 })
    expect(await run({ split: 'test' })).toMatchObject({ applied: 0, refused: 12 })
    expect(await run({ split: 'train', lock: false, override_locked: true })).toMatchObject({ applied: 12 })
    expect(await run({ split: 'test' })).toMatchObject({ applied: 12 })
  })

  test('survives moves, skips and every cleanup', async () => {
    const p = await server.project()
    const ids = await p.tasks(1, { stage_id: p.stage('label') })
    await operate(p.manager.api, p.project_id, 'set-split', { kind: 'manual', split: 'validation' }, ids)
    const { api } = await p.member('labeler')
    await api.skip_task({ ...(await claim(api, p.project_id)), reason: 'ambiguous' })
    const cleanups = { remove_annotations: true, remove_assignees: true, remove_history: true, remove_duration: true }
    await operate(p.manager.api, p.project_id, 'change-status', { stage_id: p.stage('completed'), ...cleanups }, ids)
    await operate(p.manager.api, p.project_id, 'change-status', { stage_id: p.stage('label'), ...cleanups }, ids)
    expect(await splitsOf(p)).toEqual(['validation'])
  })
})

describe('Auto split', () => {
  test.each([1, 2, 3, 7, 10, 33])('%i tasks: the sums are the quotas, a re-run is all unchanged', async (n) => {
    const p = await server.project()
    const ids = await p.tasks(n)
    expect(await auto(p, ids)).toMatchObject({ applied: n, unchanged: 0 })
    const splits = await splitsOf(p)
    expect(counts(splits)).toEqual(quotas(n, { train: 80, validation: 10, test: 10 }))
    for (const mode of ['unassigned', 'keep_locked_and_manual', 'everything'])
      expect(await auto(p, ids, { mode })).toMatchObject({ applied: 0, unchanged: n, refused: 0 })
    expect(await splitsOf(p)).toEqual(splits)
    if (n === 33) expect((await auto(p, ids, { mode: 'everything', seed: 'another' })).applied).toBeGreaterThan(0)
  })

  test('the same seed on two databases: the golden split of these hashes and percents', async () => {
    const p = await server.project()
    const ids = await p.tasks(20)
    await fixHashes(p)
    await auto(p, ids, { seed: 'golden', percents: { train: 60, validation: 20, test: 20 } })
    const digits = (await rowsOf(server, p.project_id))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((t) => SPLITS.indexOf(t.split as Split))
    expect(digits.join('')).toBe(GOLDEN)
  })

  test('a seed is generated, shown in the preview, stored, and replays', async () => {
    const p = await server.project()
    const ids = await p.tasks(12)
    const at = { project_id: p.project_id, name: 'set-split', selection: { ids } }
    const preview = await p.manager.api.preview_operation({ ...at, params: { kind: 'auto' } })
    expect(preview.params).toMatchObject({
      kind: 'auto',
      seed: expect.stringMatching(/^[0-9a-f]{16}$/),
      mode: 'unassigned',
      base: 'new',
      percents: { train: 80, validation: 10, test: 10 },
    })
    const operation = await p.manager.api.run_operation({ ...at, params: preview.params, key: 'replay-me' })
    expect(operation.params).toEqual(preview.params)
    const splits = await splitsOf(p)
    await operate(p.manager.api, p.project_id, 'set-split', { kind: 'manual', split: null }, ids)
    await p.manager.api.run_operation({ ...at, params: operation.params, key: 'replay-me-2' })
    expect(await splitsOf(p)).toEqual(splits)
    const total = preview.splits.reduce((sum, s) => sum + s.total, 0)
    expect([total, preview.splits.every((s) => s.before === null)]).toEqual([12, true])
  })

  test('only unassigned by default; the others keep theirs; skipped and archived are left out unless asked', async () => {
    const set = await testSet(server)
    const { project_id, ids } = set
    const before = await rowsOf(server, project_id)
    const operation = await auto(set, ids)
    const after = await rowsOf(server, project_id)
    const set_ = after.filter((t, i) => t.split !== before[i]?.split)
    expect(set_).toHaveLength(operation.applied)
    expect(set_.every((t) => !t.is_skipped && !t.is_archived)).toBe(true)
    for (const [i, t] of after.entries()) if (before[i]?.split) expect(t).toEqual(before[i])
    await auto(set, ids, { include_skipped: true })
    expect((await rowsOf(server, project_id)).filter((t) => t.is_skipped).every((t) => t.split !== null)).toBe(true)
  })

  test('only Completed is a choice', async () => {
    const set = await testSet(server)
    expect(await auto(set, set.ids, { only_completed: true, mode: 'everything' })).toMatchObject({
      total: 12,
      refused: 0,
    })
    const rows = await rowsOf(server, set.project_id)
    const byAuto = rows.filter((t) => t.split_source === 'auto' && t.stage_id === set.stage('completed'))
    expect(byAuto.map((t) => t.split)).toEqual(['train'])
  })

  test('keep: locked and manual stay, auto ones may move; everything: only the locked stay', async () => {
    const p = await server.project()
    const ids = await p.tasks(10)
    await operate(
      p.manager.api,
      p.project_id,
      'set-split',
      { kind: 'manual', split: 'test', lock: true },
      ids.slice(0, 2),
    )
    await operate(p.manager.api, p.project_id, 'set-split', { kind: 'manual', split: 'test' }, ids.slice(2, 4))
    await auto(p, ids.slice(4), { percents: { train: 0, validation: 0, test: 100 } })
    expect(
      await auto(p, ids, { mode: 'keep_locked_and_manual', percents: { train: 100, validation: 0, test: 0 } }),
    ).toMatchObject({ applied: 6, unchanged: 4 })
    expect((await splitsOf(p)).slice(0, 4)).toEqual(['test', 'test', 'test', 'test'])
    expect(await auto(p, ids, { mode: 'everything', percents: { train: 100, validation: 0, test: 0 } })).toMatchObject({
      applied: 2,
    })
    expect((await splitsOf(p)).slice(0, 4)).toEqual(['test', 'test', 'train', 'train'])
  })

  test('overall: the new ones bring the whole toward the percents, none already set moves', async () => {
    const p = await server.project()
    const old = await p.tasks(40)
    await auto(p, old, { percents: { train: 100, validation: 0, test: 0 } })
    const before = await splitsOf(p)
    const fresh = await p.tasks(20, { prefix: 'late' })
    await auto(p, fresh, { base: 'overall', percents: { train: 70, validation: 20, test: 10 } })
    const after = await splitsOf(p)
    expect(after.slice(0, 40)).toEqual(before)
    expect(counts(after)).toEqual({ train: 42, validation: 12, test: 6 })
  })

  test.each([
    [
      { percents: { train: 80, validation: 10, test: 11 } },
      'percents_do_not_sum',
      'params.percents: The percents sum to 101',
    ],
    [{ percents: { train: 0, validation: 0, test: 0 } }, 'percents_do_not_sum', 'sum to 0'],
    [{ percents: { train: 110, validation: -10, test: 0 } }, 'percents_do_not_sum', '0 or more'],
    [{ percents: { train: 80, validation: 20 } }, 'invalid_input', 'test'],
    [{ percents: { train: 80, validation: 20, test: 0, dev: 0 } }, 'invalid_input', 'dev'],
    [{ percents: { train: '80', validation: 10, test: 10 } }, 'invalid_input', 'params.percents.train'],
    [{ seed: '' }, 'invalid_input', 'params.seed'],
    [{ mode: 'some' }, 'invalid_input', 'params.mode'],
  ])('%j is refused before anything starts', async (params, code, sentence) => {
    const p = await server.project()
    const ids = await p.tasks(5)
    const before = await everything(server, p.project_id)
    await expect(auto(p, ids, params)).rejects.toMatchObject({
      status: 400,
      code,
      message: expect.stringContaining(sentence),
    })
    expect(await everything(server, p.project_id)).toEqual(before)
  })

  test('what was set or locked between the plan and the step is not overrun', () => {
    const { decide } = operationNamed('set-split')
    const situation = (facts: Partial<Facts>) =>
      ({ plan: 'train', split: null, split_source: null, is_split_locked: false, lease: null, ...facts }) as never
    const outcome = (mode: string, facts: Partial<Facts>) =>
      decide(situation(facts), { kind: 'auto', mode }, {} as never, undefined)
    const byHand = { split: 'test', split_source: 'manual' } as const
    const changedSince = { outcome: 'refused', reason: 'changed_since' }
    expect(outcome('everything', { ...byHand, is_split_locked: true })).toMatchObject({
      outcome: 'refused',
      reason: 'split_locked',
    })
    expect(outcome('unassigned', byHand)).toMatchObject(changedSince)
    expect(outcome('keep_locked_and_manual', byHand)).toMatchObject(changedSince)
    expect(outcome('everything', { split: 'train', is_split_locked: true })).toMatchObject({ outcome: 'unchanged' })
    expect(outcome('unassigned', {})).toMatchObject({ outcome: 'applied' })
  })
})

test('setting a split does not touch the queue, nor what an editor has open', async () => {
  const p = await server.project()
  const ids = await p.tasks(4, { stage_id: p.stage('label') })
  const { api } = await p.member('labeler')
  const held = await claim(api, p.project_id)
  await arrange(server, p.project_id, new Map([[ids[3] as number, { priority: 4 }]]))
  const before = await everything(server, p.project_id)
  expect(await auto(p, ids)).toMatchObject({ applied: 4 })
  const after = await everything(server, p.project_id)
  expect([after.queue_entry, after.task_lease]).toEqual([before.queue_entry, before.task_lease])
  await api.submit_task(held)
})

/** 20 tasks image-000001.jpg … with SHA-256 of the name as content hash, seed “golden”,
 * 60/20/20; 0 train, 1 validation, 2 test. Computed apart from this code, in Python. */
const GOLDEN = '02021002010001120000'
