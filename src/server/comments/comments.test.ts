// Comments over HTTP: threads and pins, who may do what, two at once, and what no step and no cleanup takes away.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../contract/client.ts'
import { COMMENT_LENGTH_MAX, COMMENTS_MAX } from '../../model/comment.ts'
import { openStream } from '../live/test-stream.ts'
import { arrange, boxes, claim, openIt, operate, rowOf } from '../tasks/test-work.ts'
import { type TestPerson, type TestProject, type TestServer, testServer } from '../testing.ts'

let server: TestServer
let p: TestProject
let labeler: TestPerson
let other: TestPerson
let reviewer: TestPerson
beforeAll(async () => {
  server = await testServer()
  p = await server.project()
  labeler = await p.member('labeler')
  other = await p.member('labeler', 'other labeler')
  reviewer = await p.member('reviewer')
})
afterAll(() => server.close())

const key = () => randomUUID()
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: { code?: string }) => error.code,
  )

/** A task that the labeler submitted with one object. */
async function submitted() {
  const [task_id] = (await p.tasks(1, { stage_id: p.stage('label') })) as [number]
  await arrange(server, p.project_id, new Map([[task_id, { assignee_id: labeler.id }]]))
  const held = await openIt(labeler.api, p.project_id, task_id)
  await labeler.api.save_document({ ...held, document: boxes('a') })
  await labeler.api.submit_task(held)
  return { project_id: p.project_id, task_id }
}
type At = { project_id: number; task_id: number }
const say = (api: Client, at: At, text: string, more: object = {}) =>
  api.create_comment({ ...at, text, key: key(), ...more })
const threadsOf = async (api: Client, at: At) => (await api.list_comments(at)).threads

describe('threads', () => {
  test('pinned to a place, to an object, or to nothing; replies stand under them; people are named', async () => {
    const at = await submitted()
    const place = await say(reviewer.api, at, ' Too wide. ', { place: { x: 12.5, y: 7 } })
    await say(reviewer.api, at, 'Which class?', { object_id: 'a', place: { x: 1, y: 2 } })
    await say(reviewer.api, at, 'Well done otherwise.')
    await say(labeler.api, at, 'I see.', { thread_id: place.id })
    const { threads, people } = await labeler.api.list_comments(at)
    expect(threads.map((t) => [t.place, t.object_id, t.comments.map((c) => c.text)])).toEqual([
      [{ x: 12.5, y: 7 }, null, ['Too wide.', 'I see.']],
      [{ x: 1, y: 2 }, 'a', ['Which class?']],
      [null, null, ['Well done otherwise.']],
    ])
    expect(people.map((x) => x.name).sort()).toEqual(['Labeler', 'Reviewer'])
  })

  test('Markdown and HTML come back as they were written', async () => {
    const at = await submitted()
    const text = `<img src=x onerror=alert(1)> **bold** [x](javascript:alert(1)) 'or 1=1;-- \u202e ${'é'.repeat(50)}\n\n# end`
    const thread = await say(reviewer.api, at, text)
    expect(thread.comments[0]?.text).toBe(text)
  })

  test('the longest text fits; more, nothing, and a place outside the image do not', async () => {
    const at = await submitted()
    const longest = 'x'.repeat(COMMENT_LENGTH_MAX)
    expect((await say(reviewer.api, at, longest)).comments[0]?.text).toBe(longest)
    expect(await codeOf(say(reviewer.api, at, `${longest}x`))).toBe('invalid_input')
    expect(await codeOf(say(reviewer.api, at, ' \n '))).toBe('invalid_input')
    expect(await codeOf(say(reviewer.api, at, 'Here', { place: { x: 641, y: 0 } }))).toBe('invalid_input')
    expect(await codeOf(say(reviewer.api, at, 'Here', { place: { x: 0, y: -1 } }))).toBe('invalid_input')
  })

  test('a reply goes to a thread of this task, and has no pin', async () => {
    const [at, elsewhere] = [await submitted(), await submitted()]
    const thread = await say(reviewer.api, at, 'One')
    const reply = (await say(labeler.api, at, 'Two', { thread_id: thread.id })).comments[1]?.id
    expect(await codeOf(say(labeler.api, at, 'Three', { thread_id: reply }))).toBe('not_found')
    expect(await codeOf(say(labeler.api, elsewhere, 'Three', { thread_id: thread.id }))).toBe('not_found')
    expect(await codeOf(say(labeler.api, at, 'Three', { thread_id: thread.id, place: { x: 1, y: 1 } }))).toBe(
      'invalid_input',
    )
  })

  test('sent twice with one key, it is written once', async () => {
    const at = await submitted()
    const comment = { ...at, text: 'Once', key: key() }
    const ids = await Promise.all([1, 2, 3].map(async () => (await reviewer.api.create_comment(comment)).id))
    expect(new Set(ids).size).toBe(1)
    expect(await threadsOf(reviewer.api, at)).toHaveLength(1)
  })

  test('a task takes only so many', async () => {
    const at = await submitted()
    await sql`
      insert into comment (project_id, task_id, author_id, text, key)
      select ${at.project_id}::int8, ${at.task_id}::int8, ${reviewer.id}::int8, n::text, n::text from generate_series(1, ${COMMENTS_MAX}::int4) n`.execute(
      server.app.db,
    )
    expect(await codeOf(say(reviewer.api, at, 'One more'))).toBe('too_many_comments')
    expect(await threadsOf(reviewer.api, at)).toHaveLength(COMMENTS_MAX)
  })
})

describe('who may', () => {
  test('a labeler sees and writes on own tasks only', async () => {
    const at = await submitted()
    expect(await codeOf(other.api.list_comments(at))).toBe('not_found')
    expect(await codeOf(say(other.api, at, 'Hello'))).toBe('not_found')
    expect(await codeOf(say(labeler.api, at, 'Hello'))).toBe('none')
  })

  test('only the author changes and deletes, managers no more than others', async () => {
    const at = await submitted()
    const { id: comment_id } = await say(reviewer.api, at, 'Too wide')
    for (const { api } of [labeler, p.manager]) {
      expect(await codeOf(api.edit_comment({ ...at, comment_id, text: 'Mine' }))).toBe('not_allowed')
      expect(await codeOf(api.delete_comment({ ...at, comment_id }))).toBe('not_allowed')
    }
    const edited = await reviewer.api.edit_comment({ ...at, comment_id, text: 'Too high' })
    expect(edited.comments[0]).toMatchObject({ text: 'Too high', edited_at: expect.any(String) })
    await reviewer.api.delete_comment({ ...at, comment_id })
    expect(await threadsOf(labeler.api, at)).toEqual([])
    expect(await codeOf(reviewer.api.edit_comment({ ...at, comment_id, text: 'Again' }))).toBe('not_found')
  })

  test('the labeler of the task resolves; a labeler who only once had it does not', async () => {
    const at = await submitted()
    const { id: comment_id } = await say(reviewer.api, at, 'Too wide')
    await operate(p.manager.api, p.project_id, 'change-status', { stage_id: p.stage('label') }, [at.task_id])
    await operate(p.manager.api, p.project_id, 'assign', { person_id: other.id }, [at.task_id])
    const held = await openIt(other.api, p.project_id, at.task_id)
    await other.api.submit_task(held)
    expect((await threadsOf(labeler.api, at))[0]?.may_resolve).toBe(false)
    expect(await codeOf(labeler.api.set_thread_resolved({ ...at, comment_id, is_resolved: true }))).toBe('not_allowed')
    expect((await threadsOf(other.api, at))[0]?.may_resolve).toBe(true)
    const done = await other.api.set_thread_resolved({ ...at, comment_id, is_resolved: true })
    expect(done).toMatchObject({ resolved_by_id: other.id, resolved_at: expect.any(String) })
  })

  test('who is no member any more keeps their name', async () => {
    const at = await submitted()
    const guest = await p.member('reviewer', 'guest')
    await say(guest.api, at, 'From a guest')
    await p.manager.api.remove_project_member({ project_id: p.project_id, person_id: guest.id })
    expect(await codeOf(guest.api.list_comments(at))).toBe('not_found')
    expect((await labeler.api.list_comments(at)).people).toEqual([{ id: guest.id, name: 'Guest' }])
  })
})

describe('at once', () => {
  test('of many who resolve, the first is named, and nobody is refused', async () => {
    const at = await submitted()
    const { id: comment_id } = await say(reviewer.api, at, 'Too wide')
    const who = [labeler, reviewer, p.manager]
    const all = await Promise.all(
      who.map(({ api }) => api.set_thread_resolved({ ...at, comment_id, is_resolved: true })),
    )
    expect(new Set(all.map((t) => `${t.resolved_by_id} ${t.resolved_at}`)).size).toBe(1)
    const open = await reviewer.api.set_thread_resolved({ ...at, comment_id, is_resolved: false })
    expect([open.resolved_at, open.resolved_by_id]).toEqual([null, null])
  })

  test('a reply and the deletion of its thread: the reply is kept, or told that the thread is gone', async () => {
    for (let i = 0; i < 5; i++) {
      const at = await submitted()
      const { id } = await say(reviewer.api, at, 'Too wide')
      const [replied] = await Promise.all([
        codeOf(say(labeler.api, at, 'Where?', { thread_id: id })),
        reviewer.api.delete_comment({ ...at, comment_id: id }),
      ])
      const texts = (await threadsOf(reviewer.api, at)).map((t) => t.comments.map((c) => c.text))
      expect([replied, texts]).toEqual(replied === 'none' ? ['none', [[null, 'Where?']]] : ['not_found', []])
    }
  })

  test('a deleted first comment goes with its last reply', async () => {
    const at = await submitted()
    const { id } = await say(reviewer.api, at, 'Too wide')
    const reply = (await say(labeler.api, at, 'Where?', { thread_id: id })).comments[1]?.id as number
    await reviewer.api.delete_comment({ ...at, comment_id: id })
    expect(await codeOf(reviewer.api.delete_comment({ ...at, comment_id: id }))).toBe('not_found')
    expect((await threadsOf(reviewer.api, at))[0]?.comments.map((c) => c.text)).toEqual([null, 'Where?'])
    await labeler.api.delete_comment({ ...at, comment_id: reply })
    expect(await threadsOf(reviewer.api, at)).toEqual([])
  })
})

describe('what stays', () => {
  test('a rejection, a fresh start and its undo leave comments alone; they leave the task’s version alone', async () => {
    const at = await submitted()
    const held = await openIt(reviewer.api, p.project_id, at.task_id)
    const before = await rowOf(server, p.project_id, at.task_id)
    await say(reviewer.api, at, 'Too wide', { place: { x: 1, y: 1 } })
    expect(await rowOf(server, p.project_id, at.task_id)).toEqual(before)
    await reviewer.api.reject_task({ ...held, comment: 'See the comment' })
    const everything = { remove_annotations: true, remove_assignees: true, remove_history: true, remove_duration: true }
    const moved = await operate(
      p.manager.api,
      p.project_id,
      'change-status',
      { stage_id: p.stage('prepare'), ...everything },
      [at.task_id],
    )
    expect(moved).toMatchObject({ applied: 1 })
    await say(reviewer.api, at, 'After the fresh start')
    const undone = await p.manager.api.undo_operation({ project_id: p.project_id, operation_id: moved.id })
    expect(undone).toMatchObject({ applied: 1 })
    expect(await threadsOf(labeler.api, at)).toHaveLength(2)
  })

  test('an open page is told', async () => {
    const at = await submitted()
    const address = await server.server.listen({ port: 0, host: '127.0.0.1' })
    const stream = await openStream(address, p.project_id, { cookie: `pixlhub_session=${p.manager.cookie}` })
    await stream.next((m) => m.kind === 'hello')
    const known = stream.messages.length
    await say(labeler.api, at, 'Too wide?')
    await stream.next((m) => stream.messages.indexOf(m) >= known && m.kind === 'tasks' && m.ids.includes(at.task_id))
    stream.close()
  })
})

test('the queue in a strip: as it would be offered, with open comments; of the pool only for who may see all tasks', async () => {
  const own = await server.project()
  const [ann, rita] = [await own.member('labeler'), await own.member('reviewer')]
  const [low, high] = [await own.tasks(2, { stage_id: own.stage('label') }), await own.tasks(1, { stage_id: own.stage('label'), priority: 5, prefix: 'high' })] // biome-ignore format: two
  const first = await claim(ann.api, own.project_id)
  await ann.api.submit_task(first)
  const review = await claim(rita.api, own.project_id, 'review')
  await say(rita.api, review, 'Too wide')
  await rita.api.reject_task({ ...review, comment: 'See there' })
  const [mine, all] = await Promise.all(
    [ann, rita].map(({ api }) => api.list_queue({ project_id: own.project_id, kind: 'label' })),
  )
  expect(first.task_id).toBe(high[0])
  expect(mine?.tasks.map((t) => [t.id, t.source, t.open_comments])).toEqual([[high[0], 'returned', 1]])
  expect(all?.tasks.map((t) => [t.id, t.source])).toEqual(low.map((id) => [id, 'pool']))
  await openIt(ann.api, own.project_id, high[0] as number)
  const now = await ann.api.list_queue({ project_id: own.project_id, kind: 'label' })
  expect(now.tasks.map((t) => t.source)).toEqual(['open'])
})
