// A task that is wanted, or was taken, in another tab of the same person.
import { expect, it } from 'vitest'
import { ApiError } from '../../../contract/client.ts'
import { desk } from './test-desk.ts'

it('a second tab says that another has the task, and neither takes it away nor counts, until it is told to', async () => {
  const d = desk([])
  d.becomes({ stage_id: 2 })
  d.tabs.others.add(5)
  for (const come of [() => d.work.open(5), () => d.work.start()]) {
    await come()
    expect(d.work.state.get()).toMatchObject({ at: 'viewing', refusal: { code: 'other_tab' } })
    await d.pass(60_000)
    expect(d.editor.isReadOnly).toBe(true)
  }
  expect(d.calls).toEqual(['get', 'get'])
  await d.work.open(5, true)
  expect([d.work.held()?.holder.task_id, d.tabs.own]).toEqual([5, 5])
  await d.work.close()
  expect(d.tabs.own).toBeNull()
})

it('taken in another tab: this one hears at once, and sends nothing any more', async () => {
  const d = desk([5])
  await d.work.start()
  d.draw()
  d.tabs.steal()
  expect(d.work.held()?.loss.get()).toEqual({ kind: 'not_held', text: null })
  expect(d.editor.isReadOnly).toBe(true)
  await d.pass(60_000)
  expect(d.calls).toEqual(['claim'])
  expect(d.kept.size).toBe(1)
})

it('wanted in another tab: time and objects go to the server first', async () => {
  const d = desk([5])
  await d.work.start()
  d.draw()
  await d.tabs.wish()
  d.tabs.steal()
  expect(d.calls).toEqual(['claim', 'beat', 'save'])
  expect([d.work.held()?.loss.get()?.kind, d.editor.isReadOnly, d.kept.size]).toEqual(['not_held', true, 0])
})

it('a shape that is not finished when the task is taken is gone, and that is known', async () => {
  const d = desk([5])
  await d.work.start()
  d.draw()
  d.beginOutline()
  await d.tabs.wish()
  d.tabs.steal()
  expect(d.work.held()?.lostShape()).toBe(true)
  await d.work.open(5, true)
  d.tabs.steal()
  expect(d.work.held()?.lostShape()).toBe(false)
})

it('what is only looked at, and what is done, is no other tab’s hindrance', async () => {
  const d = desk([6])
  d.failures.set('open', new ApiError(409, { code: 'task_taken' }))
  await d.work.open(5)
  expect([d.work.state.get().at, d.tabs.own]).toEqual(['viewing', null])
  await d.work.start()
  expect(d.tabs.own).toBe(6)
  await d.work.submit()
  expect([d.work.state.get().at, d.tabs.own]).toEqual(['start', null])
})

it('what this tab has lost is no other tab’s hindrance', async () => {
  const d = desk([5])
  await d.work.start()
  d.failures.set('beat', new ApiError(409, { code: 'task_taken' }))
  await d.pass(10_000)
  expect([d.work.held()?.loss.get()?.kind, d.tabs.own]).toEqual(['taken', null])
})

it('a page that goes leaves the next page its task', async () => {
  const d = desk([6])
  d.failures.set('open', new ApiError(409, { code: 'wrong_stage' }))
  await d.work.open(5)
  d.tabs.own = 5
  d.work.leave()
  expect(d.tabs.own).toBe(5)
  await d.work.start()
  d.tabs.own = 7
  d.work.leave()
  expect(d.tabs.own).toBe(7)
})

it('a step and what follows it pass over what other tabs have open', async () => {
  const d = desk([5, 6, 7, 8])
  await d.work.start()
  d.tabs.others.add(6).add(8)
  await d.work.submit()
  expect([d.work.held()?.holder.task_id, [...d.tabs.others]]).toEqual([7, [6, 8]])
  await d.pass(1000)
  d.tabs.others.clear()
  await d.work.submit()
  expect(d.work.held()?.holder.task_id).toBe(6)
})

it('of several tabs’ tasks, the first one of this kind of work is shown', async () => {
  const d = desk([])
  d.tabs.others.add(5).add(6)
  d.stages.set(6, 2)
  await d.work.start()
  expect(d.work.state.get()).toMatchObject({ at: 'viewing', view: { task: { id: 6 } } })
  // What the address says then is not opened a second time.
  expect(d.work.wantedTask()).toBe(6)
})

it('a task that another tab has for other work hinders nothing', async () => {
  const d = desk([6])
  d.tabs.others.add(5)
  await d.work.start()
  expect(d.work.held()?.holder.task_id).toBe(6)
})
