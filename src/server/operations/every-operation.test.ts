// What holds for every operation of the menu. A new one needs a line in CASES, and is tested by all of this.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contradictions } from '../tasks/test-queries.ts'
import { rowsOf } from '../tasks/test-work.ts'
import { type TestServer, testServer } from '../testing.ts'
import { OPERATIONS } from './index.ts'
import { everything } from './test-queries.ts'
import { eventsOfOperation, finished, queueOf, restorable, type TestSet, testSet } from './test-set.ts'

/** Parameters that apply to some tasks of the set, by name of the operation. */
const CASES: Record<string, Record<string, (set: TestSet) => object>> = {
  'change-status': {
    'a move': (p) => ({ stage_id: p.stage('label'), comment: 'Once more' }),
    'a move with all cleanups': (p) => ({
      stage_id: p.stage('review'),
      remove_annotations: true,
      remove_assignees: true,
      remove_history: true,
      remove_duration: true,
    }),
    'out of the workflow': (p) => ({ stage_id: p.stage('prepare') }),
    'with what is open': (p) => ({ stage_id: p.stage('completed'), open: 'take_over' }),
  },
  'set-split': {
    'by hand': () => ({ kind: 'manual', split: 'test' }),
    none: () => ({ kind: 'manual', split: null, override_locked: true }),
    locked: () => ({ kind: 'manual', split: 'train', lock: true }),
    auto: () => ({ kind: 'auto', seed: 'one' }),
    'auto, everything': () => ({ kind: 'auto', seed: 'two', mode: 'everything', include_skipped: true }),
  },
  'clear-skip': {
    'to the pool': () => ({}),
    'to the skipper': () => ({ to: 'skipper' }),
    'to a person': (p) => ({ to: 'person', person_id: p.reviewer.id }),
  },
  assign: {
    'to a labeler': (p) => ({ person_id: p.labeler.id }),
    'to a reviewer': (p) => ({ person_id: p.reviewer.id }),
    'to nobody': () => ({ person_id: null, open: 'take_over' }),
  },
  'set-priority': { higher: () => ({ priority: 3 }) },
  'set-batch': { 'a batch': (p) => ({ batch_id: p.batch_id }), none: () => ({ batch_id: null }) },
  archive: { 'all but the open': () => ({}), 'with the open': () => ({ open: 'take_over' }) },
  restore: { all: () => ({}) },
}

/** The column that an operation sets, which its preview tells from → to. */
const SETS: Record<string, 'assignee_id' | 'priority' | 'batch_id'> = {
  assign: 'assignee_id',
  'set-priority': 'priority',
  'set-batch': 'batch_id',
}

/** Tasks by what changes. */
function fromTo(changes: readonly { column: string; before: number | null; after: number | null; total: number }[]) {
  const totals = new Map<string, number>()
  for (const { column, before, after, total } of changes) {
    const key = `${column}: ${before} → ${after}`
    totals.set(key, (totals.get(key) ?? 0) + total)
  }
  return totals
}

for (const [database, env] of [
  ['at once', {}],
  ['in steps', { PIXLHUB_SMALL_OPERATION: '3', PIXLHUB_STEP: '5' }],
] as const) {
  describe(database, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await testServer(env)
    })
    afterAll(() => server.close())

    test('every operation of the menu has a case here', () => {
      expect(
        OPERATIONS.filter((o) => o.in_menu)
          .map((o) => o.name)
          .sort(),
      ).toEqual(Object.keys(CASES).sort())
    })

    for (const [name, cases] of Object.entries(CASES))
      for (const [title, paramsOf] of Object.entries(cases))
        test(`${name}, ${title}`, async () => {
          const set = await testSet(server)
          const { project_id, ids, manager } = set
          const at = { project_id, name, params: paramsOf(set), selection: { ids } }
          const before = await rowsOf(server, project_id)
          const queueBefore = await queueOf(server, project_id)

          // A preview changes nothing.
          const untouched = await everything(server, project_id)
          const preview = await manager.api.preview_operation(at)
          expect(await everything(server, project_id)).toEqual(untouched)

          // The run does what the preview said; outcomes add up.
          const confirm = preview.confirm === null ? {} : { confirm: preview.confirm }
          const started = await manager.api.run_operation({
            ...at,
            ...confirm,
            expected_count: preview.total,
            key: randomUUID(),
          })
          const operation = await finished(manager.api, project_id, started.id)
          const { total, applied, unchanged, refused } = operation
          expect({ total, applied, unchanged, refused }).toEqual({
            total: preview.total,
            applied: preview.applied,
            unchanged: preview.unchanged,
            refused: preview.refused,
          })
          expect(operation.state).toBe('done')
          expect(applied).toBeGreaterThan(0)
          expect(applied + unchanged + refused).toBe(ids.length)
          const { results } = await manager.api.list_operation_results({ project_id, operation_id: operation.id })
          expect(results.map((r) => r.task_id)).toEqual([...ids].sort((a, b) => a - b))
          for (const outcome of ['applied', 'unchanged', 'refused'] as const)
            expect(results.filter((r) => r.outcome === outcome)).toHaveLength(operation[outcome])
          const reasons = preview.refusals.flatMap((r) => Array.from({ length: r.total }, () => r.reason)).sort()
          expect(results.flatMap((r) => (r.outcome === 'refused' ? [r.reason] : [])).sort()).toEqual(reasons)

          // History is written, once per applied task and for no other; others are as they were.
          const appliedIds = results.filter((r) => r.outcome === 'applied').map((r) => r.task_id)
          const events = await eventsOfOperation(server, project_id, operation.id)
          expect([...new Set(events.map((e) => e.task_id))]).toEqual(appliedIds)
          expect(events.every((e) => e.actor_id === manager.id)).toBe(true)
          const after = await rowsOf(server, project_id)
          for (const [i, row] of after.entries())
            if (appliedIds.includes(row.id)) expect(row.version).toBe((before[i]?.version as number) + 1)
            else expect(row).toEqual(before[i])
          expect(await contradictions(server, project_id)).toEqual([])
          const setColumn = SETS[name]
          if (setColumn)
            expect(fromTo(preview.changes)).toEqual(
              fromTo(
                after.flatMap((row, i) =>
                  appliedIds.includes(row.id)
                    ? { column: setColumn, before: before[i]?.[setColumn] ?? null, after: row[setColumn], total: 1 }
                    : [],
                ),
              ),
            )

          // The same again does nothing more.
          const again = await manager.api.preview_operation(at)
          expect(again.applied, 'a second run').toBe(title === 'a move with all cleanups' ? preview.applied : 0)

          // Undo restores every column but the stamps.
          const undo = await finished(
            manager.api,
            project_id,
            (await manager.api.undo_operation({ project_id, operation_id: operation.id })).id,
          )
          expect(undo).toMatchObject({
            name: 'undo',
            total: applied,
            applied,
            unchanged: 0,
            refused: 0,
            undoes_id: operation.id,
          })
          expect(restorable(await rowsOf(server, project_id))).toEqual(restorable(before))
          expect(await queueOf(server, project_id)).toEqual(queueBefore)
          expect(await contradictions(server, project_id)).toEqual([])
          expect(await manager.api.get_operation({ project_id, operation_id: operation.id })).toMatchObject({
            undone_by_id: undo.id,
            is_undoable: false,
          })
          await expect(manager.api.undo_operation({ project_id, operation_id: operation.id })).rejects.toMatchObject({
            code: 'not_undoable',
          })

          // Undoing the undo is redo: every column is again as the operation left it.
          const redo = await manager.api.undo_operation({ project_id, operation_id: undo.id })
          expect(await finished(manager.api, project_id, redo.id)).toMatchObject({ total: applied, applied })
          expect(restorable(await rowsOf(server, project_id))).toEqual(restorable(after))
          expect(await contradictions(server, project_id)).toEqual([])
        })

    if (database === 'at once')
      for (const name of Object.keys(CASES))
        test(`a Labeler calling the bulk API: ${name} is the manager’s, and a stranger sees nothing`, async () => {
          const set = await testSet(server)
          const { project_id, ids } = set
          const outsider = await server.person('member', 'outsider')
          const params = Object.values(CASES[name] as object)[0](set)
          const untouched = await everything(server, project_id)
          for (const [person, status, code] of [
            [outsider, 404, 'not_found'],
            [set.labeler, 403, 'not_allowed'],
            [set.reviewer, 403, 'not_allowed'],
          ] as const) {
            const at = { project_id, name, params, selection: { ids } }
            await expect(person.api.preview_operation(at)).rejects.toMatchObject({ status, code })
            await expect(person.api.run_operation({ ...at, key: randomUUID() })).rejects.toMatchObject({ status, code })
          }
          await expect(
            server.client().run_operation({ project_id, name, params, selection: { ids }, key: randomUUID() }),
          ).rejects.toMatchObject({ status: 401 })
          expect(await everything(server, project_id)).toEqual(untouched)
          expect(await set.labeler.api.list_operation_kinds({ project_id })).toEqual([])
          expect((await set.manager.api.list_operation_kinds({ project_id })).map((k) => k.name)).toContain(name)
        })
  })
}
