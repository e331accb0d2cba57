// A hundred people ask at once, over real HTTP.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareOffers } from '../../model/queue.ts'
import type { TaskPatch, TaskRow } from '../../model/task.ts'
import { type TestServer, testServer } from '../testing.ts'
import { contradictions } from './test-queries.ts'
import { arrange, claim, crowd, operate, rowsOf, session } from './test-work.ts'

let server: TestServer
let address: string
beforeAll(async () => {
  server = await testServer()
  address = await server.server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => server.close())

const byOffer = (tasks: TaskRow[]) =>
  tasks
    .map((t) => ({ task_id: t.id, is_returned: t.is_returned, priority: t.priority, queued_at: t.queued_at as string }))
    .sort(compareOffers)
    .map((o) => o.task_id)

/** Priorities and queue times that collide often, so that every rule of the order decides somewhere. */
async function shuffledPool(count: number) {
  const p = await server.project()
  const ids = await p.tasks(count, { stage_id: p.stage('label') })
  const patches = ids.map((id, i): [number, TaskPatch] => [
    id,
    { priority: (i * 7) % 3, queued_at: new Date(Date.UTC(2026, 10, 1) + ((i * 5) % 11) * 60_000).toISOString() },
  ])
  await arrange(server, p.project_id, new Map(patches))
  return p
}

test('one person after the other gets them by priority, then queue time, then id', async () => {
  const p = await shuffledPool(40)
  const expected = byOffer(await rowsOf(server, p.project_id))
  const people = await crowd(server, address, p.project_id, 'labeler', 40)
  const got: number[] = []
  for (const { api } of people) got.push((await claim(api, p.project_id)).task_id)
  expect(got).toEqual(expected)
})

test('100 clients race for tasks: no double offer, the first come first, none is left', async () => {
  const p = await shuffledPool(150)
  const { project_id } = p
  const expected = byOffer(await rowsOf(server, project_id))
  const people = await crowd(server, address, project_id, 'labeler', 100)
  const offered: number[] = []
  for (let round = 0; round < 4; round++) {
    const answers = await Promise.all(
      people.map(async ({ api }) => {
        const session_id = session()
        const answer = await api.claim_task({ project_id, kind: 'label', session_id })
        return { api, session_id, ...answer }
      }),
    )
    const got = answers.flatMap((a) => (a.task_id === null ? [] : [a.task_id]))
    expect(new Set(got).size).toBe(got.length)
    if (round === 0) expect(got.sort((a, b) => a - b)).toEqual(expected.slice(0, 100).sort((a, b) => a - b))
    offered.push(...got)
    await Promise.all(
      answers.map(({ api, session_id, task_id, opened }) =>
        task_id === null || !opened
          ? null
          : api.submit_task({ project_id, task_id, session_id, generation: opened.generation }),
      ),
    )
  }
  expect(offered).toHaveLength(150)
  expect(new Set(offered).size).toBe(150)
  const events = await server.app.db
    .selectFrom('task_event')
    .select(({ fn }) => ['task_id', fn.countAll<number>().as('total')])
    .where('project_id', '=', project_id)
    .where('kind', '=', 'assigned')
    .groupBy('task_id')
    .execute()
  expect(events.filter((e) => e.total !== 1)).toEqual([])
  expect(await contradictions(server, project_id)).toEqual([])
})

test('the same person asking 20 times at once gets one task, and not what another has', async () => {
  const p = await shuffledPool(30)
  const [one, two] = await crowd(server, address, p.project_id, 'labeler', 2)
  const ask = (api: typeof one) =>
    Promise.all(
      Array.from({ length: 20 }, () =>
        api?.api.claim_task({ project_id: p.project_id, kind: 'label', session_id: session() }),
      ),
    )
  const [first, second] = await Promise.all([ask(one), ask(two)])
  const ids = (answers: typeof first) => new Set(answers.flatMap((a) => (a?.task_id ? [a.task_id] : [])))
  expect([ids(first).size, ids(second).size]).toEqual([1, 1])
  expect([...ids(first)]).not.toEqual([...ids(second)])
  expect(await contradictions(server, p.project_id)).toEqual([])
})

test('60 people ask at once past what they have open in another tab: each gets a task, and none is given twice', async () => {
  const p = await shuffledPool(120)
  const { project_id } = p
  const people = await crowd(server, address, project_id, 'labeler', 60)
  const open: number[] = []
  for (const { api } of people) open.push((await claim(api, project_id)).task_id)
  const answers = await Promise.all(
    people.map(({ api }, i) =>
      api.claim_task({ project_id, kind: 'label', session_id: session(), except: [open[i] as number] }),
    ),
  )
  const got = answers.flatMap((a) => (a.task_id === null ? [] : [a.task_id]))
  expect(new Set([...open, ...got]).size).toBe(120)
  expect(await contradictions(server, project_id)).toEqual([])
})

test.each(['leave_out', 'take_over'] as const)('claims while a manager moves everything away (%s)', async (open) => {
  const p = await shuffledPool(60)
  const { project_id } = p
  const ids = (await rowsOf(server, project_id)).map((t) => t.id)
  const people = await crowd(server, address, project_id, 'labeler', 30)
  const params = { stage_id: p.stage('prepare'), open, remove_assignees: true }
  const claims = people.map(({ api }) => api.claim_task({ project_id, kind: 'label', session_id: session() }))
  const moved = operate(p.manager.api, project_id, 'change-status', params, ids)
  const [answers, operation] = [await Promise.all(claims), await moved]

  const got = answers.flatMap((a) => (a.task_id === null ? [] : [a.task_id]))
  expect(new Set(got).size).toBe(got.length)
  expect(operation.applied + operation.refused).toBe(60)
  const left = (await rowsOf(server, project_id)).filter((t) => t.stage_id === p.stage('label'))
  if (open === 'take_over') expect(operation.refused).toBe(0)
  else expect(left).toHaveLength(operation.refused)
  expect(left.every((t) => got.includes(t.id))).toBe(true)
  expect(await contradictions(server, project_id)).toEqual([])
})
