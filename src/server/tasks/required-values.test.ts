// A task does not go on without its required values, whoever asks: a page with an older schema, or a program.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Attribute, LabelSchema } from '../../model/label-schema.ts'
import { type TestProject, type TestServer, TWO_CLASSES, testServer } from '../testing.ts'
import { contradictions } from './test-queries.ts'
import { box, boxes, claim, operate, rowOf, session } from './test-work.ts'

let server: TestServer
let p: TestProject
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())
afterEach(async () => expect(await contradictions(server, p.project_id)).toEqual([]))

const required = (id: number, name: string): Attribute => ({
  id, name, type: 'text', is_required: true, options: [], parent: null,
}) // biome-ignore format: one list

/** The first class needs a colour, the image a weather. */
const ASKING: LabelSchema = {
  classes: TWO_CLASSES.classes.map((c) => (c.id === 1 ? { ...c, attributes: [required(5, 'Colour')] } : c)),
  global_attributes: [required(7, 'Weather')],
}
const WHOLE = { objects: [{ ...box('a'), attributes: { 5: 'red' } }], global_attributes: { 7: 'rain' } }

test('a submit is refused in words, with the objects, as soon as the schema asks for more; a skip and a move are not', async () => {
  p = await server.project()
  const { project_id } = p
  const [first = 0, second = 0] = await p.tasks(2, { stage_id: p.stage('label') })
  const labeler = await p.member('labeler')
  const held = await claim(labeler.api, project_id)
  await labeler.api.save_document({ ...held, document: boxes('a', 'b') })
  await p.manager.api.put_label_schema({ project_id, version: 1, schema: ASKING })
  const refusal = await labeler.api
    .submit_task({ ...held, increments: [{ sequence: 1, ms: 1 }], next_session_id: session() })
    .catch((error) => error)
  expect(refusal).toMatchObject({ status: 409, code: 'values_missing', fields: { object_ids: ['a', 'b'], total: 3 } })
  for (const word of ['object a', 'object b', 'Colour', 'the image', 'Weather']) expect(refusal.message).toContain(word)
  expect(await rowOf(server, project_id, first)).toMatchObject({ stage_id: p.stage('label'), duration_ms: 0 })
  await labeler.api.save_document({ ...held, document: WHOLE })
  const { task } = await labeler.api.submit_task(held)
  expect(task.stage_id).toBe(p.stage('review'))

  await labeler.api.skip_task({ ...(await claim(labeler.api, project_id)), reason: 'ambiguous' })
  await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('completed') }, [second])
  expect((await rowOf(server, project_id, second)).stage_id).toBe(p.stage('completed'))
})

test('an approval is refused alike, a rejection is not', async () => {
  p = await server.project({ schema: ASKING })
  const { project_id } = p
  await p.tasks(2, { stage_id: p.stage('review') })
  const reviewer = await p.member('reviewer')
  const held = await claim(reviewer.api, project_id, 'review')
  await expect(reviewer.api.approve_task(held)).rejects.toMatchObject({ code: 'values_missing' })
  await reviewer.api.save_document({ ...held, document: WHOLE })
  expect((await reviewer.api.approve_task(held)).task.stage_id).toBe(p.stage('completed'))
  const other = await claim(reviewer.api, project_id, 'review')
  const { task } = await reviewer.api.reject_task({ ...other, comment: 'again' })
  expect(task.stage_id).toBe(p.stage('label'))
})
