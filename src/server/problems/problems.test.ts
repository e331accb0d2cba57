// A problem of an asset: reported from the editor, seen by managers, resolved by one of them, told by the timeline.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contradictions } from '../tasks/test-queries.ts'
import { boxes, operate, rowOf, taskInHand } from '../tasks/test-work.ts'
import { type TestServer, testServer } from '../testing.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

async function labelling() {
  const { p, labeler, held } = await taskInHand(server)
  const at = { project_id: p.project_id, task_id: held.task_id }
  const kinds = async () => (await p.manager.api.get_task_history(at)).events.map((e) => e.kind)
  return { p, labeler, held, at, kinds }
}

test('reported while the task is open, seen by the manager, resolved once; the editor goes on', async () => {
  const { p, labeler, held, at, kinds } = await labelling()
  const problem = await labeler.api.report_problem({ ...at, reason: 'wrong_image', note: ' A cat ' })
  expect(problem).toMatchObject({ reason: 'wrong_image', note: 'A cat', reported_by_id: labeler.id, resolved_at: null })
  await labeler.api.save_document({ ...held, document: boxes('a') })

  const open = await p.manager.api.list_open_problems(p)
  expect(open).toMatchObject({ total: 1, problems: [{ id: problem.id, task_id: at.task_id }] })
  expect(open.people.map((x) => x.id)).toEqual([labeler.id])
  const of = { ...at, problem_id: problem.id }
  const resolved = await p.manager.api.resolve_problem(of)
  expect(resolved).toMatchObject({ resolved_by_id: p.manager.id, resolved_at: expect.any(String) })
  const again = await p.member('manager', 'second manager')
  expect(await again.api.resolve_problem(of)).toEqual(resolved)
  expect(await p.manager.api.list_open_problems(p)).toMatchObject({ total: 0, problems: [] })
  expect((await labeler.api.list_problems(at)).problems).toEqual([resolved])

  expect((await kinds()).slice(0, 2)).toEqual(['problem_resolved', 'problem_reported'])
  expect((await rowOf(server, at.project_id, at.task_id)).generation).toBe(held.generation)
  await labeler.api.submit_task(held)
  expect(await contradictions(server, at.project_id)).toEqual([])
})

test('sent twice it is reported once; after it was resolved it can be reported again', async () => {
  const { p, labeler, at, kinds } = await labelling()
  const first = await labeler.api.report_problem({ ...at, reason: 'duplicate' })
  const answers = await Promise.all([1, 2, 3].map(() => labeler.api.report_problem({ ...at, reason: 'duplicate' })))
  expect(answers.map((a) => a.id)).toEqual([first.id, first.id, first.id])
  await p.manager.api.report_problem({ ...at, reason: 'duplicate' })
  await labeler.api.report_problem({ ...at, reason: 'broken_image' })
  expect((await p.manager.api.list_open_problems(p)).total).toBe(3)
  await p.manager.api.resolve_problem({ ...at, problem_id: first.id })
  expect((await labeler.api.report_problem({ ...at, reason: 'duplicate' })).id).not.toBe(first.id)
  expect((await kinds()).filter((kind) => kind === 'problem_reported')).toHaveLength(4)
})

test('“other” has to say what', async () => {
  const { labeler, at } = await labelling()
  for (const note of [undefined, '', '  '])
    await expect(
      labeler.api.report_problem({ ...at, reason: 'other', ...(note === undefined ? {} : { note }) }),
    ).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('note') })
  expect(await labeler.api.report_problem({ ...at, reason: 'other', note: 'Upside down' })).toMatchObject({ note: 'Upside down' }) // biome-ignore format: one line
})

test('a fresh start of the task keeps the problems of its asset; another task’s are not found', async () => {
  const { p, labeler, at } = await labelling()
  const other = await labelling()
  const { id: problem_id } = await labeler.api.report_problem({ ...at, reason: 'broken_image' })
  const params = {
    stage_id: p.stage('prepare'), remove_annotations: true, remove_assignees: true, remove_history: true, remove_duration: true, open: 'take_over',
  } // biome-ignore format: one list
  await operate(p.manager.api, at.project_id, 'change-status', params, [at.task_id])
  expect((await p.manager.api.list_problems(at)).problems.map((x) => x.id)).toEqual([problem_id])
  await expect(other.p.manager.api.resolve_problem({ ...other.at, problem_id })).rejects.toMatchObject({
    code: 'not_found',
  })
})
