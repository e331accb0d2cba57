// What becomes of the work: saved, kept in the browser, offered again, and nothing of it lost.
import { describe, expect, it } from 'vitest'
import { ApiError } from '../../../contract/client.ts'
import { offlineError } from '../../offline.ts'
import { personGone } from '../../person-here.ts'
import { box, desk, stale } from './test-desk.ts'

it('autosaves, and keeps in the browser only what the server does not have', async () => {
  const d = desk([5])
  await d.work.start()
  d.draw()
  await d.pass(500)
  expect([...d.kept.values()][0]?.document.objects).toHaveLength(1)
  await d.pass(1500)
  expect(d.calls).toContain('save')
  expect(d.kept.size).toBe(0)
  expect(d.work.hasUnsaved()).toBe(false)
})

it('steady work is kept in the browser all the same, and whether that works is known', async () => {
  const d = desk([5])
  await d.work.start()
  d.failures.set('save', offlineError())
  for (let i = 1; i <= 3; i++) {
    d.draw()
    await d.pass(350)
  }
  expect([...d.kept.values()][0]?.document.objects).toHaveLength(2)
  expect(d.work.held()?.isKept.get()).toBe(true)
  d.keeps.set(false)
  await d.pass(350)
  expect(d.work.held()?.isKept.get()).toBe(false)
})

it('offline: a submit stays where it is, and works later', async () => {
  const d = desk([5, 6])
  await d.work.start()
  d.draw()
  d.failures.set('save', offlineError())
  await d.work.submit()
  expect(d.failed).toHaveLength(1)
  expect(d.work.state.get().at).toBe('open')
  expect(d.work.leaving.get()).toBeNull()
  expect(d.editor.isReadOnly).toBe(false)
  d.failures.clear()
  await d.work.submit()
  expect(d.work.held()?.holder.task_id).toBe(6)
})

it.each([
  ['offline', offlineError()],
  ['signed out', new ApiError(401, { code: 'not_signed_in' })],
  ['while the server restarts', new ApiError(503, { code: 'unknown' })],
])('%s for ten minutes: the work goes on, is kept in the browser, and goes up', async (_name, error) => {
  const d = desk([5])
  await d.work.start()
  for (const call of ['save', 'beat']) d.failures.set(call, error)
  d.draw()
  await d.pass(5 * 60_000)
  d.draw()
  await d.pass(5 * 60_000)
  expect(d.work.held()?.loss.get()).toBeNull()
  expect([...d.kept.values()][0]?.document.objects).toHaveLength(2)
  d.failures.clear()
  await d.pass(10_000)
  expect(d.saved.at(-1)?.objects).toHaveLength(2)
  expect([d.kept.size, d.work.hasUnsaved(), d.editor.state().canUndo]).toEqual([0, false, true])
})

it('a submit whose answer got lost is not taken for a loss', async () => {
  const d = desk([5, 6])
  await d.work.start()
  d.failures.set('submit', offlineError())
  await d.work.submit()
  d.failures.set('submit', new ApiError(409, { code: 'no_lease' }))
  await d.work.submit()
  expect(d.work.held()?.holder.task_id).toBe(6)
})

it.each([
  ['left for another', 'beat', (d: ReturnType<typeof desk>) => d.work.open(7)],
  ['given up for the next', 'save', (d: ReturnType<typeof desk>) => d.work.next()],
])('what is refused of a task that was %s locks nothing any more', async (_name, call, go) => {
  const d = desk([5, 7])
  await d.work.start()
  d.draw()
  let refuse = () => {}
  d.failures.set(call, new Promise((done) => (refuse = () => done(stale()))))
  const flushing = d.work
    .held()
    ?.saver.flush()
    .catch(() => undefined)
  await go(d)
  expect(d.work.held()?.holder.task_id).toBe(7)
  refuse()
  await flushing
  await d.settle()
  expect(d.editor.isReadOnly).toBe(false)
})

it('a submit that never got through is not said to be done where the task was moved since', async () => {
  const d = desk([5, 6])
  await d.work.start()
  d.failures.set('submit', offlineError())
  await d.work.submit()
  d.failures.set('submit', stale())
  await d.work.submit()
  expect([d.work.held()?.loss.get()?.kind, d.work.lastAct.get()]).toEqual(['moved', null])
})

it.each(['no_lease', 'task_taken'])('nor by a report of time that is refused since (%s)', async (code) => {
  const d = desk([5, 6])
  await d.work.start()
  d.draw()
  d.failures.set('submit', offlineError())
  await d.work.submit()
  d.failures.set('beat', new ApiError(409, { code }))
  await d.pass(10_000)
  expect(d.work.held()?.holder.task_id).toBe(6)
  expect(d.work.lastAct.get()).toMatchObject({ kind: 'submitted', task_id: 5 })
  expect([d.editor.isReadOnly, d.work.held()?.loss.get()]).toEqual([false, null])
})

it.each([
  ['the task is where it was', (d: ReturnType<typeof desk>) => d.becomes({ stage_id: 2 })],
  ['something was drawn since', (d: ReturnType<typeof desk>) => d.draw()],
  ['a shape is under way', (d: ReturnType<typeof desk>) => d.beginOutline()],
])('but a loss is one where %s', async (_name, happens) => {
  const d = desk([5, 6])
  await d.work.start()
  d.failures.set('submit', offlineError())
  await d.work.submit()
  happens(d)
  for (const call of ['beat', 'save']) d.failures.set(call, new ApiError(409, { code: 'no_lease' }))
  await d.pass(10_000)
  expect([d.work.held()?.holder.task_id, d.work.held()?.loss.get()?.kind]).toEqual([5, 'not_held'])
})

it('work of one task never goes into another', async () => {
  const d = desk([5])
  await d.work.start()
  d.draw()
  const opening = d.work.open(7)
  await opening
  await d.pass(20_000)
  expect(d.work.held()?.holder.task_id).toBe(7)
  expect(d.saved.map((s) => s.objects.length)).toEqual([1])
  expect(d.calls).toContain('release')
})

it.each([
  ['another task is opened', (d: ReturnType<typeof desk>) => d.work.open(7)],
  ['it is closed', (d: ReturnType<typeof desk>) => d.work.close()],
])('a task whose work cannot be saved, or with a half-drawn shape, stays open when %s', async (_name, go) => {
  const d = desk([5])
  await d.work.start()
  d.draw()
  d.failures.set('save', offlineError())
  expect(await go(d)).toBe(false)
  expect([d.work.held()?.holder.task_id, d.work.wantedTask(), d.failed.length]).toEqual([5, 5, 1])
  d.failures.clear()
  d.beginOutline()
  expect(await go(d)).toBe(false)
  expect([d.work.held()?.holder.task_id, d.work.hindrance.get(), d.failed.length]).toEqual([5, { by: 'unfinished' }, 1])
  d.editor.act('cancel')
  d.editor.act('cancel')
  expect(await go(d)).toBe(true)
  expect(d.saved.at(-1)?.objects).toHaveLength(1)
  expect(d.work.held()?.holder.task_id).not.toBe(5)
})

it.each([
  ['it is submitted', (d: ReturnType<typeof desk>) => d.work.submit()],
  ['another task is opened', (d: ReturnType<typeof desk>) => d.work.open(7)],
  ['it is closed', (d: ReturnType<typeof desk>) => d.work.close()],
  ['the page goes away', async (d: ReturnType<typeof desk>) => d.work.leave()],
])('a stroke under way is saved with the task when %s', async (_name, go) => {
  const d = desk([5])
  await d.work.start()
  d.beginStroke()
  await go(d)
  await d.settle()
  expect(d.saved[0]?.objects).toMatchObject([{ shape: { type: 'mask' } }])
})

it('a tab that is closed lets go of the task at once; unsaved work goes first', async () => {
  const d = desk([5])
  await d.work.start()
  d.work.abandon()
  // Both are on their way before the tab is gone.
  expect(d.calls).toEqual(['claim', 'beat', 'release'])
  await d.settle()
  d.draw()
  d.work.abandon()
  expect(d.calls.slice(3).sort()).toEqual(['beat', 'save'])
  await d.settle()
  expect(d.calls.at(-1)).toBe('release')
})

it('every call carries the generation of the latest open', async () => {
  const d = desk([5])
  d.opens({ generation: 3 })
  await d.work.start()
  expect(d.work.held()?.holder.generation).toBe(3)
  d.opens({ generation: 5 })
  await d.work.open(5)
  expect(d.work.held()?.holder.generation).toBe(5)
})

describe('a task that is moved while open', () => {
  it('told by a heartbeat: the unsaved work is sent, so that it is kept as a draft', async () => {
    const d = desk([5])
    await d.work.start()
    d.failures.set('beat', stale())
    d.failures.set('save', stale({ draft_id: 70 }))
    await d.pass(9900)
    d.draw()
    await d.pass(200)
    expect(d.editor.isReadOnly).toBe(true)
    expect(d.work.held()?.loss.get()).toEqual({ kind: 'moved', by: 'Mira', at: '2026-01-01T00:00:00Z', draft_id: 70 })
    await d.pass(60_000)
    expect(d.calls.filter((c) => c === 'save')).toHaveLength(1)
    expect(d.kept.size).toBe(0)
  })

  it.each([
    ['drawn', (d: ReturnType<typeof desk>) => d.draw()],
    ['being painted', (d: ReturnType<typeof desk>) => d.beginStroke()],
  ])('told by a save: what was %s meanwhile is not in that draft, and follows', async (_name, goOn) => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    let refuse = () => {}
    d.failures.set('save', new Promise((done) => (refuse = () => done(stale({ draft_id: 70 })))))
    await d.pass(1600)
    goOn(d)
    await d.pass(100)
    d.failures.set('save', offlineError())
    refuse()
    await d.settle()
    await d.pass(500)
    expect(d.work.held()?.loss.get()).toMatchObject({ kind: 'moved', draft_id: null })
    expect([...d.kept.values()][0]?.document.objects).toHaveLength(2)
    d.failures.set('save', stale({ draft_id: 71 }))
    await d.pass(2000)
    expect(d.work.held()?.loss.get()).toMatchObject({ kind: 'moved', draft_id: 71 })
    expect(d.kept.size).toBe(0)
  })

  it('what did not get to the server is sent as a draft also after the person went on', async () => {
    const d = desk([5, 6])
    await d.work.start()
    d.draw()
    d.failures.set('beat', stale())
    d.failures.set('save', offlineError())
    await d.pass(12_000)
    d.failures.delete('beat')
    await d.work.next()
    await d.pass(1000)
    expect([d.work.held()?.holder.task_id, d.kept.size]).toEqual([6, 1])
    d.failures.set('save', stale({ draft_id: 70 }))
    await d.pass(20_000)
    expect(d.kept.size).toBe(0)
    const saves = d.calls.filter((c) => c === 'save').length
    await d.pass(60_000)
    expect(d.calls.filter((c) => c === 'save')).toHaveLength(saves)
    expect([d.editor.isReadOnly, d.work.held()?.loss.get()]).toEqual([false, null])
  })

  it('but not in the name of who signs in next: then it stays in the browser', async () => {
    const d = desk([5, 6])
    await d.work.start()
    d.draw()
    d.failures.set('save', new ApiError(401, { code: 'not_signed_in' }))
    await d.pass(3000)
    d.work.held()?.notice(stale())
    await d.work.next()
    personGone()
    d.failures.set('save', stale({ draft_id: 70 }))
    await d.pass(30_000)
    expect(d.kept.size).toBe(1)
  })

  it('told by a submit', async () => {
    const d = desk([5, 6])
    await d.work.start()
    d.failures.set('submit', stale())
    await d.work.submit()
    expect(d.work.held()?.loss.get()).toMatchObject({ kind: 'moved', draft_id: null })
    expect(d.failed).toHaveLength(0)
    await d.work.next()
    expect(d.work.held()?.holder.task_id).toBe(6)
  })

  it('opened in another tab: what is unsaved is kept in the browser and offered there', async () => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    d.failures.set(
      'save',
      new ApiError(409, { code: 'no_lease', detail: 'This task is open in another tab of yours.' }),
    )
    await d.pass(2000)
    expect(d.work.held()?.loss.get()?.kind).toBe('not_held')
    expect(d.kept.size).toBe(1)
    d.failures.clear()
    await d.work.open(5)
    await d.settle()
    expect(d.work.offer.get()).toMatchObject({ kind: 'kept', object_count: 1 })
    await Promise.all([d.work.restore(), d.pass(3000)])
    expect(d.editor.state().document.objects).toHaveLength(1)
    expect(d.saved.at(-1)?.objects).toHaveLength(1)
    await d.pass(5000)
    expect(d.kept.size).toBe(0)
    d.work.undoRestore()
    expect(d.editor.state().document.objects).toHaveLength(0)
  })
})

it('kept work of several sessions is offered one after the other, and only what was decided on goes', async () => {
  const d = desk([5])
  const keep = (session_id: string, ...ids: string[]) => {
    const document = { objects: ids.map(box), global_attributes: {} }
    d.kept.set(`5 ${session_id}`, { person_id: 9, project_id: 1, task_id: 5, session_id, document, moment: 0 })
  }
  keep('declined', 'a')
  keep('restored', 'b', 'c')
  keep('the-same', 'b', 'c')
  keep('last', 'd')
  const offered = () => {
    const offer = d.work.offer.get()
    return offer?.kind === 'kept' ? offer.kept.session_id : (offer?.kind ?? null)
  }
  await d.work.start()
  await d.settle()
  expect(offered()).toBe('declined')
  await d.work.dismissOffer()
  await d.settle()
  expect([offered(), d.kept.size]).toEqual(['restored', 3])
  await Promise.all([d.work.restore(), d.pass(5000)])
  expect([offered(), d.saved.at(-1)?.objects.length]).toEqual(['restored', 2])
  expect([...d.kept.keys()]).toEqual(['5 the-same', '5 last'])
  await d.work.dismissOffer()
  await d.settle()
  expect([offered(), d.kept.size]).toEqual(['last', 1])
})

it('nothing is put back into a task that is lost: it is offered again where the task is opened anew', async () => {
  const d = desk([5])
  const document = { objects: [box('a')], global_attributes: {} }
  d.kept.set('5 crashed', { person_id: 9, project_id: 1, task_id: 5, session_id: 'crashed', document, moment: 0 })
  await d.work.start()
  await d.settle()
  d.draw()
  d.failures.set('save', stale({ draft_id: 70 }))
  await d.pass(3000)
  await Promise.all([d.work.restore(), d.pass(2000)])
  expect([d.editor.isReadOnly, [...d.kept.keys()]]).toEqual([true, ['5 crashed']])
  d.failures.clear()
  await d.work.open(5)
  await d.settle()
  expect(d.work.offer.get()).toMatchObject({ kind: 'kept', kept: { session_id: 'crashed' } })
})

it('kept work that was put back stays kept where the browser has no room for it under its new name', async () => {
  const d = desk([5])
  const document = { objects: [box('a')], global_attributes: {} }
  d.kept.set('5 crashed', { person_id: 9, project_id: 1, task_id: 5, session_id: 'crashed', document, moment: 0 })
  await d.work.start()
  await d.settle()
  d.keeps.set(false)
  d.failures.set('save', offlineError())
  await Promise.all([d.work.restore(), d.pass(5000)])
  expect([d.work.held()?.isKept.get(), d.kept.has('5 crashed')]).toEqual([false, true])
})

it('a draft is offered once: restored it is saved, declined it is not asked again', async () => {
  const d = desk([5])
  d.opens({ drafts: [{ id: 70, object_count: 1, created_at: '2026-01-01T00:00:00Z' }] })
  await d.work.start()
  await d.settle()
  expect(d.work.offer.get()).toMatchObject({ kind: 'draft', id: 70 })
  await d.work.restore()
  await d.pass(2000)
  expect(d.saved.at(-1)?.objects.map((o) => o.id)).toEqual(['d'])
  expect(d.seen.has(70)).toBe(true)
  await d.work.open(5)
  await d.settle()
  expect(d.work.offer.get()).toBeNull()
})
