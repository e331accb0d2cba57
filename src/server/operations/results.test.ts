// The results of an operation, page by page, while its parts are done from both ends.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectById } from '../projects/scope-queries.ts'
import { selectionSql } from '../tasks/filter-queries.ts'
import { type TestServer, testServer } from '../testing.ts'
import { heldContextOf } from './context.ts'
import { operationNamed } from './index.ts'
import { freeze } from './part-queries.ts'
import { FIRST_PLACE, resultsOf } from './result-queries.ts'
import { takeOperationStep } from './step.ts'

const TASKS = 31
/** Of each part. */
const STEP = 3

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const acts = fc.array(
  fc.oneof(
    fc.record({ from: fc.constantFrom('first' as const, 'last' as const), tasks: fc.integer({ min: 1, max: 10 }) }),
    fc.record({ limit: fc.integer({ min: 1, max: 10 }) }),
  ),
  { maxLength: 16 },
)

test('pages read meanwhile hold each task once, and at the end each with its outcome', async () => {
  const p = await server.project()
  const { project_id } = p
  const { db } = server.app
  const ids = await p.tasks(TASKS)
  const project = await projectById(db, project_id)
  const actor = { person_id: p.manager.id, kind: 'person' as const }
  // No row of its own: the loops of this server do not find it.
  let id = 0

  await fc.assert(
    fc.asyncProperty(acts, fc.subarray(ids), async (list, raised) => {
      id -= 1
      const step = (operation_id: number, priority: number, from: 'first' | 'last', tasks: number) =>
        db.transaction().execute(async (tx) => {
          const running = { project_id, id: operation_id, params: { priority }, actor, undoes_id: null }
          const context = await heldContextOf(tx, project, actor.person_id)
          return takeOperationStep(tx, context, operationNamed('set-priority'), running, tasks, from)
        })
      const frozen = (some: readonly number[], size: number) =>
        db.transaction().execute(async (tx) => {
          id -= 1
          await freeze(tx, project_id, id, selectionSql(project_id, { ids: [...some] }), null, size)
          return id
        })
      // Given that some have the priority already
      if (raised.length > 0) await step(await frozen(raised, TASKS), 7, 'first', TASKS)
      const operation_id = await frozen(ids, STEP)
      const read = async (outcome: string | null, after: typeof FIRST_PLACE, limit: number) => {
        const page = await resultsOf(db, { project_id, operation_id, outcome, after, limit })
        expect(page.length).toBeLessThanOrEqual(limit)
        return page
      }
      const readOn = async (outcome: string | null, from: typeof FIRST_PLACE, limit: number) => {
        const all = []
        for (let page = await read(outcome, from, limit); page.length > 0; page = await read(outcome, page.at(-1) as typeof FIRST_PLACE, limit)) all.push(...page) // biome-ignore format: one loop
        return all
      }
      // When pages are read between steps from both ends
      const seen: number[] = []
      let after = FIRST_PLACE
      for (const act of list) {
        if ('from' in act) await step(operation_id, 7, act.from, act.tasks)
        else {
          const page = await read(null, after, act.limit)
          seen.push(...page.map((r) => r.task_id))
          after = page.at(-1) ?? after
        }
      }
      seen.push(...(await readOn(null, after, 4)).map((r) => r.task_id))
      expect(seen).toEqual(ids)
      // Then the finished one says of each what became of it, and of those with an outcome in the same order
      while ((await step(operation_id, 7, 'first', TASKS)) > 0);
      const all = await readOn(null, FIRST_PLACE, 5)
      expect(all.map((r) => [r.task_id, r.outcome])).toEqual(
        ids.map((task_id) => [task_id, raised.includes(task_id) ? 'unchanged' : 'applied']),
      )
      for (const outcome of ['applied', 'unchanged'])
        expect(await readOn(outcome, FIRST_PLACE, 2)).toEqual(all.filter((r) => r.outcome === outcome))
      await step(await frozen(ids, TASKS), 0, 'first', TASKS)
    }),
    { numRuns: 15 },
  )
})
