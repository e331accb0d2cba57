// Saves of what changed: they leave what a save of the whole would have left, or are refused and leave everything as it was.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnnotationDocument, AnnotationObject } from '../../model/annotation.ts'
import { changesOf } from '../../model/changes.ts'
import type { LabelClass } from '../../model/label-schema.ts'
import { type TestServer, TWO_CLASSES, testServer } from '../testing.ts'
import { contradictions } from './test-queries.ts'
import { arrange, box, boxes, claim, type Held, operate, rowOf, taskInHand } from './test-work.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

async function labelling() {
  const { p, labeler, held } = await taskInHand(server)
  const storedOf = (h: Held) => p.manager.api.get_task({ project_id: h.project_id, task_id: h.task_id })
  return { p, project_id: p.project_id, labeler, held, storedOf }
}
const EMPTY: AnnotationDocument = { objects: [], global_attributes: {} }
const putting = (...put: AnnotationObject[]) => ({ removed: [], put })

const edits = fc.array(
  fc.uniqueArray(fc.record({ id: fc.constantFrom(...'abcdef'), class_id: fc.constantFrom(1, 2), x: fc.nat(1) }), {
    selector: (o) => o.id,
  }),
  { minLength: 1, maxLength: 5 },
)

test('law: saved as changes or whole, the same is stored, authors included', async () => {
  const { p, project_id, labeler, held } = await labelling()
  const changing = { person: labeler, held }
  await p.tasks(1, { stage_id: p.stage('label') })
  const another = await p.member('labeler', 'another')
  const whole = { person: another, held: await claim(another.api, project_id) }
  const one = (author: number) => (o: AnnotationObject) => ({
    ...o,
    author_id: o.author_id === author ? 0 : o.author_id,
  })
  let base: { base_id: number | null; document: AnnotationDocument } = { base_id: null, document: EMPTY }
  await fc.assert(
    fc.asyncProperty(edits, async (documents) => {
      for (const list of documents) {
        const made = list.map(({ id, class_id, x }) => ({
          ...box(id, class_id),
          shape: { ...box(id).shape, x } as never,
        }))
        const same = (o: AnnotationObject) =>
          base.document.objects.find((b) => JSON.stringify(b) === JSON.stringify(o)) ?? o
        const document = { objects: made.map(same), global_attributes: {} }
        const changes = changesOf(base.document, document)
        const saved = await labeler.api.save_changes({ ...held, base_id: base.base_id, changes })
        expect(saved.object_count).toBe(document.objects.length)
        await another.api.save_document({ ...whole.held, document })
        base = { base_id: saved.revision_id, document }
      }
      const [a, b] = await Promise.all([changing, whole].map(({ held: { task_id } }) => p.manager.api.get_task({ project_id, task_id }))) // biome-ignore format: one line
      expect(a?.document.objects.map(one(labeler.id))).toEqual(b?.document.objects.map(one(another.id)))
      expect(a?.task.class_counts).toEqual(b?.task.class_counts)
    }),
    { numRuns: 8 },
  )
  expect(await contradictions(server, project_id)).toEqual([])
})

test('who changes somebody else’s object is named beside its author; the untouched ones keep theirs', async () => {
  const { p, project_id, labeler, held, storedOf } = await labelling()
  await labeler.api.save_document({ ...held, document: boxes('a', 'b') })
  await labeler.api.submit_task(held)
  const reviewer = await p.member('reviewer')
  const review = await claim(reviewer.api, project_id, 'review')
  const { revision_id: base_id } = await storedOf(held)
  await reviewer.api.save_changes({ ...review, base_id, changes: putting(box('b', 2), box('c')) })
  const { document } = await storedOf(held)
  expect(document.objects.map((o) => [o.id, o.class_id, o.author_id, o.edited_by_id])).toEqual([
    ['a', 1, labeler.id, undefined],
    ['b', 2, labeler.id, reviewer.id],
    ['c', 1, reviewer.id, undefined],
  ])
})

test('of another revision than the current one they are refused, and change nothing', async () => {
  const { project_id, labeler, held } = await labelling()
  const first = await labeler.api.save_document({ ...held, document: boxes('a') })
  await labeler.api.save_changes({ ...held, base_id: first.revision_id, changes: putting(box('b')) })
  const before = await rowOf(server, project_id, held.task_id)
  for (const base_id of [null, first.revision_id, 999_999_999])
    await expect(labeler.api.save_changes({ ...held, base_id, changes: putting(box('c')) })).rejects.toMatchObject({
      status: 409,
      code: 'stale_base',
    })
  expect(await rowOf(server, project_id, held.task_id)).toEqual(before)
})

test('what they make must fit as a whole', async () => {
  const { project_id, labeler, held } = await labelling()
  const { revision_id: base_id } = await labeler.api.save_document({ ...held, document: boxes('a') })
  const before = await rowOf(server, project_id, held.task_id)
  const crowd = Array.from({ length: 20_000 }, (_, i) => box(`o${i}`))
  for (const put of [[box('b', 7)], [{ ...box('a'), shape: { type: 'point' as const, x: 1, y: 1 } }], crowd])
    await expect(labeler.api.save_changes({ ...held, base_id, changes: putting(...put) })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('document.objects'),
    })
  expect(await rowOf(server, project_id, held.task_id)).toEqual(before)
})

test('an option that the schema lost while it was only in the editor is refused; what stands on the task hinders nothing', async () => {
  const option = (id: number) => ({ id, name: `option ${id}` })
  const colour = { id: 5, name: 'colour', type: 'radio' as const, is_required: false, options: [option(1), option(2)], parent: null } // biome-ignore format: one line
  const [car] = TWO_CLASSES.classes as [LabelClass]
  const schemaOf = (options: { id: number; name: string }[]) => ({
    classes: [{ ...car, attributes: [{ ...colour, options }] }],
    global_attributes: [],
  })
  const p = await server.project({ schema: schemaOf(colour.options) })
  const { project_id } = p
  const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('label') })
  const labeler = await p.member('labeler')
  const held = await claim(labeler.api, project_id)
  const colored = (id: string, value: number | string) => ({ ...box(id), attributes: { 5: value } })
  const { revision_id: base_id } = await labeler.api.save_document({
    ...held,
    document: { objects: [colored('a', 1), box('old')], global_attributes: {} },
  })
  await p.manager.api.put_label_schema({ project_id, version: 1, schema: schemaOf([option(1)]) })
  for (const value of [2, 'red'])
    await expect(
      labeler.api.save_changes({ ...held, base_id, changes: putting(colored('a', value)) }),
    ).rejects.toMatchObject({ status: 400, code: 'invalid_input', message: expect.stringContaining('attribute 5') })
  // As the server took it once.
  const objects = JSON.stringify([colored('old', 'red')])
  const counts = { object_count: 1, class_counts: '{"1": 1}', global_attributes: '{}' }
  const { id: revision_id } = await server.app.db
    .insertInto('annotation_revision')
    .values({ project_id, task_id, kind: 'saved', author_id: null, stage_id: 2, session_id: null, objects, ...counts })
    .returning('id')
    .executeTakeFirstOrThrow()
  await arrange(server, project_id, new Map([[task_id, { revision_id, object_count: 1, class_counts: { 1: 1 } }]]))
  const document = { objects: [colored('a', 1), colored('old', 'red')], global_attributes: {} }
  expect(await labeler.api.save_document({ ...held, document })).toMatchObject({ object_count: 2 })
})

test('too late: the whole work is kept as a draft, which is nothing to go on from', async () => {
  const { p, project_id, labeler, held } = await labelling()
  const { task_id } = held
  const { revision_id: base_id } = await labeler.api.save_document({ ...held, document: boxes('a', 'b') })
  const taken = { stage_id: p.stage('label'), remove_annotations: true, open: 'take_over' }
  await operate(p.manager.api, project_id, 'change-status', taken, [task_id])
  const late = (base: number | null) =>
    labeler.api.save_changes({ ...held, base_id: base, changes: { removed: ['a'], put: [box('c')] } }).catch((e) => e)
  const refusal = await late(base_id)
  expect(refusal).toMatchObject({ status: 409, code: 'stale_generation', fields: { moved_by: 'Manager' } })
  const { draft_id } = refusal.fields
  const draft = await labeler.api.get_draft({ project_id, task_id, draft_id })
  expect(draft.document.objects.map((o) => o.id)).toEqual(['b', 'c'])
  expect(await late(draft_id)).toMatchObject({ status: 409, code: 'stale_base' })
  expect(await rowOf(server, project_id, task_id)).toMatchObject({ object_count: 0, revision_id: null })
})

test('whoever reads a task while it is being saved gets the objects that its row counts', async () => {
  const { labeler, held, storedOf } = await labelling()
  for (let round = 0; round < 10; round++) {
    const document = boxes(...Array.from({ length: round + 1 }, (_, i) => `b${i}`))
    const save = labeler.api.save_document({ ...held, document })
    const read = await Promise.all(Array.from({ length: 8 }, () => storedOf(held)))
    await save
    expect(read.map((r) => r.document.objects.length)).toEqual(read.map((r) => r.task.object_count))
  }
})
