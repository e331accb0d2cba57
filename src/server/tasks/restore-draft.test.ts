// Work that came too late is kept and brought back: for whom it is signed, who is offered it, and what stood there before.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApiError } from '../../contract/client.ts'
import type { AnnotationObject } from '../../model/annotation.ts'
import { type TestServer, testServer } from '../testing.ts'
import { contradictions, expireLeases } from './test-queries.ts'
import { box, boxes, claim, type Held, openIt, operate, rowOf, session, taskInHand } from './test-work.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const signatures = (objects: readonly AnnotationObject[]) => objects.map((o) => [o.id, o.author_id, o.edited_by_id])

/** A labeler has a task open. */
async function desk() {
  const { p, labeler, held } = await taskInHand(server)
  const { project_id, task_id } = held
  const at = { project_id, task_id }
  return {
    p, labeler, held, at,
    move: (kind: 'prepare' | 'label' | 'review', more: object = {}) =>
      operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage(kind), open: 'take_over', ...more }, [task_id]),
    /** @returns the number of the draft */
    late: async (save: Promise<unknown>) => {
      const refusal = (await save.catch((e) => e)) as ApiError
      expect(refusal).toMatchObject({ status: 409, code: 'stale_generation', fields: { draft_id: expect.any(Number) } })
      return refusal.fields.draft_id as number
    },
    restore: (draft_id: number) => p.manager.api.restore_draft({ ...at, draft_id }),
    drafts: async () => (await p.manager.api.list_drafts(at)).drafts,
    stored: async () => (await p.manager.api.get_task(at)).document.objects,
  } // biome-ignore format: one list
}

test('what an import put on the task is kept too when a draft takes its place, and comes back as nobody’s', async () => {
  const { p, labeler, held, at, move, late, restore, drafts, stored } = await desk()
  await move('prepare')
  const draft_id = await late(labeler.api.save_document({ ...held, document: boxes('a', 'b') }))
  const { id: import_id } = await p.manager.api.create_import({
    project_id: at.project_id,
    kind: 'annotations',
    format: 'voc',
  })
  const file = `<annotation><filename>image-000001.jpg</filename><size><width>640</width><height>480</height></size>
    <object><name>car</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object></annotation>`
  const run = { project_id: at.project_id, import_id }
  await p.manager.api.upload_file({ ...run, name: 'image-000001.xml' }, { bytes: Buffer.from(file) })
  await p.manager.api.finish_import(run)
  await p.manager.api.confirm_import({ ...run, unknown_classes: 'leave_out' })
  const imported = await stored()
  expect(signatures(imported)).toEqual([[expect.any(String), null, undefined]])

  await restore(draft_id)
  const [copy, ...others] = await drafts()
  expect([copy, others]).toMatchObject([{ author_id: null, author_name: null, is_copy: true, object_count: 1 }, []])
  expect((await p.manager.api.get_draft({ ...at, draft_id: copy?.id ?? 0 })).document.objects).toEqual(imported)
  await restore(copy?.id ?? 0)
  expect(await stored()).toEqual(imported)
  expect(await drafts()).toMatchObject([{ author_id: labeler.id, is_copy: true, object_count: 2 }])
  expect(await contradictions(server, at.project_id)).toEqual([])
})

test('a labeler’s draft makes them the labeler; what a reviewer drew in a review does not, wherever the task stands by now', async () => {
  const { p, labeler, held, at, move, late, restore } = await desk()
  const labelledBy = async () => (await rowOf(server, at.project_id, at.task_id)).labelled_by_id
  await move('prepare')
  const draft_id = await late(labeler.api.save_document({ ...held, document: boxes('a') }))
  await move('label')
  expect(await labelledBy()).toBeNull()
  await restore(draft_id)
  expect(await labelledBy()).toBe(labeler.id)

  await labeler.api.submit_task(await openIt(labeler.api, at.project_id, at.task_id))
  const reviewer = await p.member('reviewer')
  const review = await claim(reviewer.api, at.project_id, 'review')
  await reviewer.api.save_document({ ...review, document: boxes('a', 'b') })
  await move('label')
  await restore(await late(reviewer.api.save_document({ ...review, document: boxes('a', 'b', 'c') })))
  expect(await labelledBy()).toBe(labeler.id)
})

test.each(['changes', 'whole'] as const)('a draft sent as %s says who drew what, also when nothing stands on the task any more', async (sent) => {
  const { p, labeler, held, move, late, restore, stored } = await desk()
  const { revision_id: base_id } = await labeler.api.save_document({ ...held, document: boxes('a', 'b') })
  await labeler.api.submit_task(held)
  const reviewer = await p.member('reviewer')
  const review = await claim(reviewer.api, held.project_id, 'review')
  await move('label', { remove_annotations: true, remove_assignees: true })
  expect(await stored()).toEqual([])

  // What a client says of authors counts nothing.
  const [edited, drawn] = [{ ...box('b', 2), author_id: reviewer.id }, { ...box('c'), author_id: labeler.id }]
  const draft_id = await late(
    sent === 'changes'
      ? reviewer.api.save_changes({ ...review, base_id, changes: { removed: [], put: [edited, drawn] } })
      : reviewer.api.save_document({ ...review, document: { objects: [box('a'), edited, drawn], global_attributes: {} } }),
  )
  await restore(draft_id)
  expect(signatures(await stored()).sort()).toEqual([
    ['a', labeler.id, undefined],
    ['b', labeler.id, reviewer.id],
    ['c', reviewer.id, undefined],
  ])
}) // biome-ignore format: a table

test('the copy that a restore left comes back signed as it was', async () => {
  const { p, labeler, held, move, late, restore, drafts, stored } = await desk()
  await labeler.api.save_document({ ...held, document: boxes('a', 'b') })
  await labeler.api.submit_task(held)
  const reviewer = await p.member('reviewer')
  const review = await claim(reviewer.api, held.project_id, 'review')
  await reviewer.api.save_document({ ...review, document: { ...boxes('a', 'c'), objects: [box('a', 2), box('b'), box('c')] } })
  const before = await stored()
  await move('label')
  await restore(await late(reviewer.api.save_document({ ...review, document: boxes('z') })))
  expect(signatures(await stored())).toEqual([['z', reviewer.id, undefined]])
  const [copy] = await drafts()
  await restore(copy?.id ?? 0)
  expect(await stored()).toEqual(before)
}) // biome-ignore format: long lines

test('the copy that a restore left is no late work of its author: managers see it, nobody is offered it', async () => {
  const { p, labeler, held, at, move, late, restore, drafts } = await desk()
  await labeler.api.save_document({ ...held, document: boxes('a') })
  await move('prepare')
  const draft_id = await late(labeler.api.save_document({ ...held, document: boxes('a', 'b') }))
  await move('label')
  await restore(draft_id)
  const [copy, ...others] = await drafts()
  expect([copy, others]).toMatchObject([{ author_id: labeler.id, author_name: 'Labeler', object_count: 1 }, []])
  const claimed = await labeler.api.claim_task({ project_id: at.project_id, kind: 'label', session_id: session() })
  expect(claimed).toMatchObject({ task_id: at.task_id, opened: { drafts: [] } })
  expect((await labeler.api.open_task({ ...at, session_id: session() })).drafts).toEqual([])
  const kept = { ...at, draft_id: copy?.id ?? 0 }
  await expect(labeler.api.get_draft(kept)).rejects.toMatchObject({ status: 404 })
  expect((await p.manager.api.get_draft(kept)).document.objects).toHaveLength(1)
  // Nor is it a revision to compare with or to go on from.
  const { revisions } = await p.manager.api.list_revisions(at)
  expect(revisions.map((r) => r.id)).not.toContain(kept.draft_id)
  await expect(p.manager.api.get_revision({ ...at, revision_id: kept.draft_id })).rejects.toMatchObject({ status: 404 })
})

test('who lapsed meanwhile is told that the one who restored it changed the task', async () => {
  const { p, labeler, held, at, move, late, restore } = await desk()
  const lapsing = async (api: typeof labeler.api): Promise<Held> => {
    const again = await openIt(api, at.project_id, at.task_id)
    await expireLeases(server, at.project_id)
    return again
  }
  await move('prepare')
  const first = await late(labeler.api.save_document({ ...held, document: boxes('a') }))
  const bob = await p.member('manager', 'Bob')
  await operate(bob.api, at.project_id, 'change-status', { stage_id: p.stage('label') }, [at.task_id])
  const again = await lapsing(labeler.api)
  await restore(first)
  await expect(labeler.api.save_document({ ...again, document: boxes('b') })).rejects.toMatchObject({
    code: 'stale_generation',
    fields: { moved_by: 'Manager' },
  })
  expect(await rowOf(server, at.project_id, at.task_id)).toMatchObject({ object_count: 1 })
})
