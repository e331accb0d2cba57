// What a task is compared with: the revisions, the steps taken on them, and who drew and changed each object.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnnotationDocument, AnnotationObject } from '../../model/annotation.ts'
import { compare } from '../../model/compare.ts'
import { usualBase } from '../../model/revisions.ts'
import { arrange, box, boxes, claim, openIt, operate } from '../tasks/test-work.ts'
import { type TestPerson, type TestProject, type TestServer, testServer } from '../testing.ts'
import { insertRevision } from './queries.ts'

let server: TestServer
let p: TestProject
let labeler: TestPerson
let reviewer: TestPerson
beforeAll(async () => {
  server = await testServer()
  p = await server.project()
  labeler = await p.member('labeler')
  reviewer = await p.member('reviewer')
})
afterAll(() => server.close())

/** Tasks in Label that are the labeler's to open. */
async function own(count: number): Promise<[number, number]> {
  const ids = await p.tasks(count, { stage_id: p.stage('label') })
  await arrange(server, p.project_id, new Map(ids.map((id) => [id, { assignee_id: labeler.id }])))
  return ids as [number, number]
}
const at = (task_id: number) => ({ project_id: p.project_id, task_id })
const wide = (id: string) => ({ ...box(id), shape: { type: 'box' as const, x: 1, y: 2, width: 99, height: 40 } })
const doc = (...objects: AnnotationDocument['objects']): AnnotationDocument => ({ objects, global_attributes: {} })

async function baseOf(api: TestPerson['api'], task_id: number) {
  const base = usualBase(await api.list_revisions(at(task_id)))
  if (!base) return null
  if (base.revision_id === null) return doc()
  return (await api.get_revision({ ...at(task_id), revision_id: base.revision_id })).document
}
const ids = (objects: readonly { id: string }[] | undefined) => objects?.map((o) => o.id)

test('a returned task: what the reviewer changed, and on the second review what became of it', async () => {
  const [task_id] = await own(1)
  const first = await openIt(labeler.api, p.project_id, task_id)
  await labeler.api.save_document({ ...first, document: boxes('a', 'b') })
  await labeler.api.save_document({ ...first, document: boxes('a', 'b', 'c') })
  await labeler.api.submit_task(first)

  const review = await openIt(reviewer.api, p.project_id, task_id)
  await reviewer.api.save_document({ ...review, document: doc(wide('a'), box('b'), box('new')) })
  await reviewer.api.reject_task({ ...review, comment: 'See there' })

  const base = await baseOf(labeler.api, task_id)
  expect(ids(base?.objects)).toEqual(['a', 'b', 'c'])
  const now = (await labeler.api.get_task(at(task_id))).document
  const seen = compare(base as AnnotationDocument, now)
  expect([ids(seen.added), ids(seen.removed), seen.changed.map((c) => [c.after.id, c.parts])]).toEqual([['new'], ['c'], [['a', ['shape']]]]) // biome-ignore format: one line
  expect(now.objects.map((o) => [o.id, o.author_id, o.edited_by_id])).toEqual([
    ['a', labeler.id, reviewer.id],
    ['b', labeler.id, undefined],
    ['new', reviewer.id, undefined],
  ])

  const again = await openIt(labeler.api, p.project_id, task_id)
  await labeler.api.save_document({ ...again, document: doc(box('a'), box('b')) })
  await labeler.api.submit_task(again)
  const second = await openIt(reviewer.api, p.project_id, task_id)
  expect(ids((await baseOf(reviewer.api, task_id))?.objects)).toEqual(['a', 'b', 'c'])
  const { revisions, steps, people, current_id } = await reviewer.api.list_revisions(at(task_id))
  expect(steps.map((s) => [s.kind, s.person_id])).toEqual([
    ['submitted', labeler.id],
    ['rejected', reviewer.id],
    ['submitted', labeler.id],
  ])
  expect([revisions.length, revisions[0]?.id]).toEqual([3, current_id])
  expect(people.map((x) => x.name).sort()).toEqual(['Labeler', 'Reviewer'])
  // Who drew it made it their own again.
  expect((await reviewer.api.get_task(at(task_id))).document.objects[0]).not.toHaveProperty('edited_by_id')
  await reviewer.api.approve_task(second)
})

test('what a session deletes and brings back is by who drew it, whatever is said of it', async () => {
  const [task_id] = await own(1)
  const first = await openIt(labeler.api, p.project_id, task_id)
  await labeler.api.save_document({ ...first, document: boxes('a', 'b') })
  await labeler.api.submit_task(first)
  const by = async () =>
    (await reviewer.api.get_task(at(task_id))).document.objects.map((o) => [o.id, o.author_id, o.edited_by_id])

  const review = await openIt(reviewer.api, p.project_id, task_id)
  const drawn = (await reviewer.api.get_task(at(task_id))).document
  const [a, b] = drawn.objects as [AnnotationObject, AnnotationObject]
  const save = async (...put: AnnotationObject[]) => {
    const { revision_id: base_id } = await reviewer.api.get_task(at(task_id))
    const removed = put.length > 0 ? [] : ['a', 'b']
    await reviewer.api.save_changes({ ...review, base_id, changes: { removed, put } })
  }
  await save()
  await save(a, { ...wide('b'), author_id: b.author_id }, { ...box('new'), author_id: labeler.id })
  const asDrawn = [['a', labeler.id, undefined], ['b', labeler.id, reviewer.id], ['new', reviewer.id, undefined]] // biome-ignore format: one line
  expect(await by()).toEqual(asDrawn)
  await reviewer.api.save_document({ ...review, document: doc() })
  await reviewer.api.save_document({ ...review, document: boxes('a') })
  expect(await by()).toEqual([['a', labeler.id, undefined]])

  // Also in what comes too late and is kept as a draft.
  await operate(p.manager.api, p.project_id, 'change-status', { stage_id: p.stage('label'), open: 'take_over' }, [
    task_id,
  ])
  const late = async (document: AnnotationDocument) => {
    const { fields } = await reviewer.api.save_document({ ...review, document }).catch((error) => error)
    return (await reviewer.api.get_draft({ ...at(task_id), draft_id: fields.draft_id })).document
  }
  await late(doc())
  expect((await late(boxes('a', 'b'))).objects.map((o) => o.author_id)).toEqual([labeler.id, labeler.id])
})

test('an imported object that is deleted and brought back stays nobody’s', async () => {
  const { app } = server
  const [task_id] = await own(1)
  const imported = {
    project_id: p.project_id,
    task_id,
    kind: 'saved',
    author_id: null,
    stage_id: p.stage('label'),
  } as const
  const { patch } = await app.db
    .transaction()
    .execute((tx) => insertRevision(tx, { ...imported, session_id: 'import', document: boxes('i1') }))
  await arrange(server, p.project_id, new Map([[task_id, patch]]))
  const held = await openIt(labeler.api, p.project_id, task_id)
  await labeler.api.save_document({ ...held, document: doc(box('mine')) })
  await labeler.api.save_document({ ...held, document: boxes('mine', 'i1') })
  const { document } = await labeler.api.get_task(at(task_id))
  expect(document.objects.map((o) => [o.id, o.author_id])).toEqual([['mine', labeler.id], ['i1', null]]) // biome-ignore format: one line
})

test('a program that names all its sessions alike does not write over what was submitted', async () => {
  const [task_id] = await own(1)
  const session_id = 'always-the-same'
  const open = async () => ({ ...at(task_id), session_id, generation: (await labeler.api.open_task({ ...at(task_id), session_id })).generation }) // biome-ignore format: one line
  const first = await open()
  await labeler.api.save_document({ ...first, document: boxes('a') })
  await labeler.api.submit_task(first)
  await reviewer.api.reject_task({ ...(await openIt(reviewer.api, p.project_id, task_id)), comment: 'More' })
  const second = await open()
  await labeler.api.save_document({ ...second, document: boxes('a', 'b') })
  await labeler.api.save_document({ ...second, document: boxes('a', 'b', 'c') })
  expect(ids((await baseOf(labeler.api, task_id))?.objects)).toEqual(['a'])
  expect((await labeler.api.list_revisions(at(task_id))).revisions).toHaveLength(2)
})

test('submitted without annotations, and history cleared', async () => {
  const [task_id] = await own(1)
  await labeler.api.submit_task(await openIt(labeler.api, p.project_id, task_id))
  expect(await baseOf(reviewer.api, task_id)).toEqual(doc())
  const clear = { stage_id: p.stage('label'), remove_history: true }
  await operate(p.manager.api, p.project_id, 'change-status', clear, [task_id])
  expect(await reviewer.api.list_revisions(at(task_id))).toEqual({
    revisions: [],
    steps: [],
    current_id: null,
    people: [],
  })
})

test('drafts are no revisions, and another task’s are not found', async () => {
  const [one, two] = await own(2)
  const held = await openIt(labeler.api, p.project_id, one)
  const { revision_id } = await labeler.api.save_document({ ...held, document: boxes('a') })
  await operate(p.manager.api, p.project_id, 'change-status', { stage_id: p.stage('prepare'), open: 'take_over' }, [
    one,
  ])
  const late = await labeler.api.save_document({ ...held, document: boxes('a', 'b') }).catch((e) => e.problem ?? e)
  expect(late.draft_id ?? late.fields?.draft_id).toBeTypeOf('number')
  expect((await reviewer.api.list_revisions(at(one))).revisions.map((r) => r.id)).toEqual([revision_id])
  await expect(reviewer.api.get_revision({ ...at(two), revision_id })).rejects.toMatchObject({ code: 'not_found' })
  const draft_id = late.draft_id ?? late.fields?.draft_id
  await expect(reviewer.api.get_revision({ ...at(one), revision_id: draft_id })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('sampling: of what is submitted, only a share is reviewed', async () => {
  const half = await server.project({ settings: { review_sampling_percent: 50 } })
  const ann = await half.member('labeler')
  const tasks = await half.tasks(40, { stage_id: half.stage('label') })
  for (const _ of tasks) await ann.api.submit_task(await claim(ann.api, half.project_id))
  const { stages } = await half.manager.api.get_task_summary({ project_id: half.project_id })
  const inStage = (kind: 'review' | 'completed') => stages.find((s) => s.stage_id === half.stage(kind))?.total ?? 0
  expect(inStage('review') + inStage('completed')).toBe(40)
  expect(inStage('review')).toBeGreaterThan(5)
  expect(inStage('review')).toBeLessThan(35)
})
