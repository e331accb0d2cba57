// Claims of many people in one statement: each gets what it would have got alone, in the order in which they came.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TaskPatch } from '../../model/task.ts'
import { type Claimed, claimTasks } from '../history/claim.ts'
import { type TestPerson, type TestProject, type TestServer, testServer } from '../testing.ts'
import { contradictions } from './test-queries.ts'
import { arrange, claim, claimBy, claimRules } from './test-work.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

/** Numbers that look like chance and are the same every time. */
function chance(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return Math.floor((state / 2 ** 32) * below)
  }
}

const TASKS = 30

/** Tasks that each rule of the order and each exclusion is about, the same for the same seed. */
async function queueOf(p: TestProject, kind: 'label' | 'review', people: readonly TestPerson[], seed: number) {
  const pick = chance(seed)
  const ids = await p.tasks(TASKS, { stage_id: p.stage(kind) })
  const somebody = () => people[pick(people.length)]?.id as number
  const patches = ids.map((id): [number, TaskPatch] => {
    const isMine = pick(5) === 0
    return [
      id,
      {
        priority: pick(3),
        queued_at: new Date(Date.UTC(2026, 10, 1) + pick(4) * 60_000).toISOString(),
        is_returned: pick(4) === 0,
        ...(isMine ? { assignee_id: somebody() } : {}),
        ...(pick(3) === 0 ? { skipper_ids: [...new Set([somebody(), somebody()])] } : {}),
        ...(pick(3) > 0 ? { labelled_by_id: somebody() } : {}),
      },
    ]
  })
  await arrange(server, p.project_id, new Map(patches))
  return ids
}

/** By the number of the task in its project. */
const told = (answers: readonly (Claimed | 'not_allowed' | null)[], ids: readonly number[]) =>
  answers.map((a) => (a === null || a === 'not_allowed' ? a : [a.source, ids.indexOf(a.task.id)]))

describe.each(['label', 'review'] as const)('%s: all at once get what they get one after the other', (kind) => {
  test.each([1, 2, 3, 4, 5])('queue %i', async (seed) => {
    const [one, many] = [await server.project(), await server.project()]
    const people: TestPerson[] = []
    for (let i = 0; i < 8; i++) {
      people.push(await one.member('reviewer', `claimer ${i}`))
      await many.member('reviewer', `claimer ${i}`)
    }
    const stranger = await server.person('member', 'stranger')
    const ids = { one: await queueOf(one, kind, people, seed), many: await queueOf(many, kind, people, seed) }
    const rules = {
      one: await claimRules(server, one.project_id, kind),
      many: await claimRules(server, many.project_id, kind),
    }
    // Twice: what was taken first is open then.
    for (let round = 0; round < 2; round++) {
      const asking = [...people.slice(round, 5 + round), stranger, ...people.slice(5 + round)]
      const alone: (Claimed | 'not_allowed' | null)[] = []
      for (const { id } of asking) alone.push(...(await claimTasks(server.app.db, rules.one, [claimBy(id)], 0)))
      const together = await claimTasks(
        server.app.db,
        rules.many,
        asking.map(({ id }) => claimBy(id)),
        0,
      )
      expect(told(together, ids.many)).toEqual(told(alone, ids.one))
      expect(together[5]).toBe('not_allowed')
    }
    expect(await contradictions(server, many.project_id)).toEqual([])
  })
})

test('more people than tasks: the first who may have them, and nothing for the others', async () => {
  const p = await server.project()
  const [a, b, c] = [await p.member('labeler', 'a'), await p.member('labeler', 'b'), await p.member('labeler', 'c')]
  const [first = 0, second = 0] = await p.tasks(2, { stage_id: p.stage('label') })
  await arrange(server, p.project_id, new Map([[first, { skipper_ids: [a.id] }]]))
  const rules = await claimRules(server, p.project_id)
  const answers = await claimTasks(
    server.app.db,
    rules,
    [a, b, c].map(({ id }) => claimBy(id)),
    0,
  )
  expect(told(answers, [first, second])).toEqual([['pool', 1], ['pool', 0], null])
})

test('a claim that cannot be answered fails alone', async () => {
  const p = await server.project()
  const people = [await p.member('labeler', 'a'), await p.member('labeler', 'b'), await p.member('labeler', 'c')]
  await p.tasks(3, { stage_id: p.stage('label') })
  const rules = await claimRules(server, p.project_id)
  const claims = people.map(({ id }) => claimBy(id))
  // No bigint.
  const answers = await Promise.allSettled(
    [...claims.slice(0, 2), claimBy(1e30), ...claims.slice(2)].map((c) => server.app.claims.next(rules, c)),
  )
  expect(answers.map((a) => a.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(await contradictions(server, p.project_id)).toEqual([])
})

// The embedded database has one connection: nobody holds a lock during a claim there.
test.runIf(process.env.DATABASE_URL)('who has to wait for a lock waits alone', async () => {
  const p = await server.project()
  const people = [await p.member('labeler', 'a'), await p.member('labeler', 'b'), await p.member('labeler', 'c')]
  await p.tasks(4, { stage_id: p.stage('label') })
  const [, b] = people as [TestPerson, TestPerson]
  const held = await claim(b.api, p.project_id)
  const rules = await claimRules(server, p.project_id)
  let isDone = false
  const { waiting } = await server.app.db.transaction().execute(async (tx) => {
    await sql`select 1 from task where project_id = ${p.project_id} and id = ${held.task_id} for update`.execute(tx)
    const answers = people.map(({ id }) => server.app.claims.next(rules, claimBy(id)))
    const waiting = answers[1]?.finally(() => {
      isDone = true
    })
    expect(await Promise.all([answers[0], answers[2]])).toMatchObject([{ source: 'pool' }, { source: 'pool' }])
    expect(isDone).toBe(false)
    return { waiting }
  })
  expect(await waiting).toMatchObject({ source: 'open', task: { id: held.task_id } })
  expect(await contradictions(server, p.project_id)).toEqual([])
})

test.runIf(process.env.DATABASE_URL)('while a bulk change holds all of the pool, a claim waits for it', async () => {
  const p = await server.project()
  const { api } = await p.member('labeler', 'a')
  const [id = 0] = await p.tasks(3, { stage_id: p.stage('label') })
  let isDone = false
  const { waiting } = await server.app.db.transaction().execute(async (tx) => {
    await sql`select 1 from task where project_id = ${p.project_id} for update`.execute(tx)
    const waiting = claim(api, p.project_id).finally(() => {
      isDone = true
    })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(isDone).toBe(false)
    return { waiting }
  })
  expect((await waiting).task_id).toBe(id)
  expect(await contradictions(server, p.project_id)).toEqual([])
})
