import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServer, testServer } from '../testing.ts'
import { claim, session } from './test-work.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

test('a claim past a task that another tab has open gives the next one, and leaves that one where it is open', async () => {
  const p = await server.project()
  const { project_id } = p
  await p.tasks(3, { stage_id: p.stage('label') })
  const { api, id } = await p.member('labeler')
  const other = await p.member('reviewer')
  const [open, theirs] = [await claim(api, project_id), await claim(other.api, project_id)]
  const next = (except: number[]) => api.claim_task({ project_id, kind: 'label', session_id: session(), except })

  const found = await next([open.task_id])
  expect(found).toMatchObject({ source: 'pool', empty: null, opened: { task: { assignee_id: id } } })
  expect([open.task_id, theirs.task_id]).not.toContain(found.task_id)
  // The other tab still holds its own.
  await api.save_document({ ...open, document: { objects: [], global_attributes: {} } })
  const both = [open.task_id, found.task_id as number]
  expect(await next(both)).toMatchObject({ task_id: null, source: null, opened: null, empty: { total: 3 } })
  // What was let go of is offered again as anywhere else.
  expect(await next([open.task_id])).toMatchObject({ task_id: found.task_id, source: 'open' })
  await expect(
    api.claim_task({ project_id, kind: 'review', session_id: session(), except: [1] }),
  ).rejects.toMatchObject({
    code: 'not_allowed',
  })
})

test('a day begins when whoever asks says, not long ago', async () => {
  const p = await server.project()
  const { project_id } = p
  await p.tasks(1, { stage_id: p.stage('label') })
  const { api } = await p.member('labeler')
  await api.submit_task(await claim(api, project_id))
  const done = async (hours: number) => {
    const today_from = new Date(Date.now() - hours * 3_600_000).toISOString()
    return (await api.get_queue({ project_id, today_from })).done_today
  }
  expect([await done(-1), await done(1), await done(10_000)]).toEqual([0, 1, 1])
})

test('a day that does not exist, or an offset that no database reads, is refused with a sentence', async () => {
  const p = await server.project()
  const { project_id } = p
  const { api } = p.manager
  for (const today_from of ['2026-02-31T00:00:00Z', '2026-11-24T00:00:00+23:59'])
    for (const ask of [api.get_queue, api.get_task_summary])
      await expect(ask({ project_id, today_from })).rejects.toMatchObject({ status: 400, code: 'invalid_input' })
})
