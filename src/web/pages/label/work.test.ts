// The way through the work: the landing, one task after the other, and back.
import { expect, it } from 'vitest'
import { ApiError } from '../../../contract/client.ts'
import { offlineError } from '../../offline.ts'
import { desk, LIGHT, opened, schema } from './test-desk.ts'

it('draw, submit: saves, then one call reports the time and brings the next task', async () => {
  const d = desk([5, 6])
  await d.work.start()
  await d.pass(4000)
  d.work.held()?.clock.input()
  d.draw()
  await d.work.submit()
  expect(d.calls).toEqual(['claim', 'save', 'submit'])
  expect(d.reported).toEqual([{ sequence: 1, ms: 4000 }])
  expect(d.saved[0]?.objects).toHaveLength(1)
  expect(d.work.held()?.holder.task_id).toBe(6)
  expect(d.editor.state().document.objects).toHaveLength(0)
  expect(d.editor.state().tool).toBe('box')
  expect(d.work.lastAct.get()).toMatchObject({ kind: 'submitted', name: '5.jpg', stage_id: 3 })
})

it('where the claim after a step fails, it is asked for again and says why', async () => {
  const d = desk([5])
  await d.work.start()
  d.failures.set('next', true)
  d.failures.set('claim', offlineError())
  await d.work.submit()
  expect(d.calls).toEqual(['claim', 'submit', 'claim'])
  expect(d.work.state.get()).toMatchObject({ at: 'failed', task_id: null })
})

it('the time of a task that comes while the person looks at something else is not counted', async () => {
  const d = desk([5, 6])
  await d.work.start()
  d.turnsAway()
  await d.work.submit()
  await d.pass(50_000)
  d.work.held()?.clock.visible(true)
  d.work.held()?.clock.input()
  expect(d.work.held()?.activeMs()).toBe(0)
})

it('whoever goes elsewhere while the step is under way gives the next task back', async () => {
  const d = desk([5, 6])
  await d.work.start()
  const submitting = d.work.submit()
  await d.work.open(9)
  await submitting
  await d.settle()
  expect(d.work.held()?.holder.task_id).toBe(9)
  expect(d.released).toContain(6)
})

it.each([
  ['another task is asked for', (d: ReturnType<typeof desk>) => d.work.open(9)],
  ['the person goes back', (d: ReturnType<typeof desk>) => d.work.close()],
  ['the page goes away', async (d: ReturnType<typeof desk>) => d.work.leave()],
])('a task that is still being opened when %s is given back', async (_name, go) => {
  const d = desk([])
  const opening = d.work.open(7)
  await go(d)
  await opening
  await d.settle()
  expect(d.released).toEqual([7])
})

it('the task that was open before there was a page is held from the beginning', async () => {
  const d = desk([], { opened: opened(7, 'session-ahead'), schema })
  expect(d.work.held()?.holder).toMatchObject({ task_id: 7, session_id: 'session-ahead' })
  expect([d.tabs.own, d.work.wantedTask(), d.calls]).toEqual([7, 7, []])
  d.draw()
  await d.pass(3000)
  expect(d.saved).toHaveLength(1)
})

it('the task of a link that was opened ahead is not opened again', async () => {
  const d = desk([])
  d.ahead.set(7, Promise.resolve(opened(7, 'session-ahead')))
  await d.work.open(7)
  expect(d.calls).toEqual([])
  expect(d.work.held()?.holder).toMatchObject({ task_id: 7, session_id: 'session-ahead' })
})

it('what is copied to the next image is there when it opens, and is saved', async () => {
  const d = desk([5, 6])
  await d.work.start()
  d.draw()
  d.editor.carry()
  await d.work.submit()
  expect(d.work.held()?.holder.task_id).toBe(6)
  expect(d.editor.state().document.objects).toHaveLength(1)
  await d.pass(3000)
  expect(d.saved.map((s) => s.objects.length)).toEqual([1, 1])
  expect(d.saved[1]?.objects[0]?.id).not.toBe(d.saved[0]?.objects[0]?.id)
  d.editor.undo()
  expect(d.editor.state().document.objects).toHaveLength(0)
})

it('what a new image begins with is saved with the last step, not by looking at it', async () => {
  const d = desk([5, 6], null, LIGHT)
  await d.work.start()
  expect(d.editor.document().global_attributes).toEqual({ 1: true })
  await d.work.close()
  expect(d.saved).toEqual([])
  await d.work.start()
  await d.work.submit()
  expect(d.saved).toEqual([{ objects: [], global_attributes: { 1: true } }])
  d.opens({ revision_id: 3 })
  await d.work.open(5)
  expect(d.editor.document().global_attributes).toEqual({})
})

it('it is saved with the last step also where that save did not get through at first', async () => {
  const d = desk([5, 6], null, LIGHT)
  await d.work.start()
  d.failures.set('save', new ApiError(503, { code: 'unknown' }))
  expect(await d.work.submit()).toBe(false)
  d.failures.clear()
  expect(await d.work.submit()).toBe(true)
  expect(d.saved).toEqual([{ objects: [], global_attributes: { 1: true } }])
})

it('an empty queue says why', async () => {
  const d = desk([])
  await d.work.start()
  expect(d.work.state.get()).toMatchObject({ at: 'start', empty: { total: 1 }, isAsking: false })
})

it('a task that nobody has seen yet is neither submitted nor approved, but skipped', async () => {
  const d = desk([5, 6, 7, 8])
  await d.work.start()
  await d.pass(1000)
  const twice = [d.work.submit(), d.work.submit()]
  await d.pass(200)
  expect(await Promise.all([...twice, d.work.submit()])).toEqual([true, false, false])
  expect(d.work.held()?.holder.task_id).toBe(6)
  await d.pass(1000)
  d.imagesAreLate()
  await d.work.submit()
  await d.pass(1000)
  expect(await Promise.all([d.work.submit(), d.work.approve()])).toEqual([false, false])
  expect(await d.work.skip('ambiguous', '')).toBe(true)
  expect(d.work.held()?.holder.task_id).toBe(8)
  d.showImage()
  await d.pass(1000)
  expect(await d.work.submit()).toBe(true)
})

it.each([true, false])('whoever goes elsewhere while it is closed is not brought back (saved: %s)', async (isSaved) => {
  const d = desk([5])
  await d.work.start()
  d.draw()
  if (!isSaved) d.failures.set('save', offlineError())
  const closing = d.work.close()
  d.work.leave()
  expect(await closing).toBe(true)
  await d.settle()
  expect([d.work.wantedTask(), d.work.state.get().at, d.failed]).toEqual([null, 'start', []])
})

it('another task that is opened while one is closed stays open, with its lock', async () => {
  const d = desk([5])
  await d.work.start()
  d.draw()
  const closing = d.work.close()
  await d.work.open(7)
  expect(await closing).toBe(true)
  await d.settle()
  expect([d.work.held()?.holder.task_id, d.work.wantedTask(), d.tabs.own]).toEqual([7, 7, 7])
})

it('a step that is under way is not closed: the next task is open, with its lock', async () => {
  const d = desk([5, 6])
  await d.work.start()
  d.draw()
  const submitting = d.work.submit()
  expect(await d.work.close()).toBe(false)
  await submitting
  await d.settle()
  expect([d.work.held()?.holder.task_id, d.tabs.own, d.work.held()?.loss.get(), d.failed]).toEqual([6, 6, null, []])
  expect(d.released).not.toContain(6)
})

it('closing saves and releases', async () => {
  const d = desk([5])
  await d.work.start()
  d.draw()
  expect(await d.work.close()).toBe(true)
  expect(d.calls.slice(-3).sort()).toEqual(['beat', 'release', 'save'])
  expect(d.work.state.get().at).toBe('start')
})

it('a task that may not be opened is shown', async () => {
  const d = desk([])
  d.failures.set('open', new ApiError(409, { code: 'wrong_stage', detail: 'It stands in Prepare.' }))
  await d.work.open(8)
  expect(d.work.state.get()).toMatchObject({
    at: 'viewing',
    refusal: { code: 'wrong_stage', text: 'It stands in Prepare.' },
  })
  expect(d.editor.isReadOnly).toBe(true)
})
