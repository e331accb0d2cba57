// The locks of a browser are played: each is held until its work is done or another takes it by force.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { tabLock } from './tab-lock.ts'

const holders = new Map<string, (error: Error) => void>()

const locks = {
  query: async () => ({ held: [...holders.keys()].map((name) => ({ name })) }),
  async request(name: string, options: LockOptions, hold: (lock: unknown) => unknown): Promise<unknown> {
    // A browser grants it later, even if it is free.
    await new Promise((later) => setTimeout(later))
    if (options.ifAvailable && holders.has(name)) return hold(null)
    while (!options.steal && holders.has(name)) {
      options.signal?.throwIfAborted()
      await later()
    }
    holders.get(name)?.(new Error('stolen'))
    const stolen = new Promise((_, reject) => holders.set(name, reject))
    const mine = holders.get(name)
    const work = Promise.resolve(hold({ name })).finally(() => holders.get(name) === mine && holders.delete(name))
    return Promise.race([work, stolen])
  },
}
const at = (task_id: number) => ({ project_id: 1, task_id })
/** What another tab does. */
const other = (task_id: number, options: LockOptions) =>
  void locks.request(`pixlhub-task-1-${task_id}`, options, () => new Promise(() => {})).catch(() => undefined)
const later = () => new Promise((done) => setTimeout(done, 5))

beforeEach(() => vi.stubGlobal('navigator', { locks }))
afterEach(() => {
  tabLock.free()
  tabLock.listen(null)
  holders.clear()
  vi.unstubAllGlobals()
})

it('a lock that was let go before it came is not kept', async () => {
  const asked = tabLock.take(at(5), true)
  tabLock.free()
  expect(await asked).toBe(false)
  await later()
  expect(holders.size).toBe(0)
})

it('another task asked for meanwhile is the one', async () => {
  const [first, second] = [tabLock.take(at(5)), tabLock.take(at(6))]
  expect(await Promise.all([first, second])).toEqual([false, true])
  await later()
  expect([...holders.keys()]).toEqual(['pixlhub-task-1-6'])
})

it('a page that goes lets go of its own task, not of what the next page has taken meanwhile', async () => {
  await tabLock.take(at(5))
  await tabLock.take(at(6))
  tabLock.free(at(5))
  await later()
  expect([...holders.keys()]).toEqual(['pixlhub-task-1-6'])
  tabLock.free(at(6))
  await later()
  expect(holders.size).toBe(0)
})

it('a tab whose task is taken by force hears of it; who lets go does not', async () => {
  const heard = vi.fn()
  tabLock.listen({ wanted: async () => {}, taken: heard })
  await tabLock.take(at(5))
  other(5, { steal: true })
  await later()
  expect(heard).toHaveBeenCalledTimes(1)
  await tabLock.take(at(6))
  tabLock.free()
  other(6, { steal: true })
  await later()
  expect(heard).toHaveBeenCalledTimes(1)
})

it('a tab whose task is wanted by force does what is left to do, then lets go', async () => {
  const heard: string[] = []
  tabLock.listen({
    async wanted() {
      await later()
      heard.push('wanted')
    },
    taken: () => heard.push('taken'),
  })
  await tabLock.take(at(5))
  const others = new BroadcastChannel('pixlhub-tasks')
  others.postMessage('pixlhub-task-1-6')
  others.postMessage('pixlhub-task-1-5')
  await vi.waitFor(() => expect(heard).toEqual(['wanted', 'taken']))
  expect(holders.size).toBe(0)
  others.close()
})

it('by force: from a tab that lets go, and from one that does not', async () => {
  const others = new BroadcastChannel('pixlhub-tasks')
  const asked: unknown[] = []
  others.onmessage = ({ data }) => {
    asked.push(data)
    holders.delete(data)
  }
  other(5, { steal: true })
  await later()
  expect(await tabLock.take(at(5), true)).toBe(true)
  others.close()
  other(6, { steal: true })
  expect(await tabLock.take(at(6), true)).toBe(true)
  expect(asked).toEqual(['pixlhub-task-1-5'])
})

it('a tab does not hear its own call', async () => {
  const heard = vi.fn()
  // Granted before the call has gone around.
  const request = async (name: string, _: LockOptions, hold: (lock: unknown) => unknown) => hold({ name })
  vi.stubGlobal('navigator', { locks: { ...locks, request } })
  tabLock.listen({ wanted: async () => heard(), taken: heard })
  expect(await tabLock.take(at(5), true)).toBe(true)
  const others = new BroadcastChannel('pixlhub-tasks')
  others.postMessage('pixlhub-task-1-6')
  others.close()
  await new Promise((done) => setTimeout(done, 50))
  expect(heard).not.toHaveBeenCalled()
})

it('the tasks of other tabs are found in their own project only', async () => {
  other(5, { steal: true })
  other(7, { steal: true })
  await tabLock.take(at(6))
  expect([await tabLock.elsewhere(1), await tabLock.elsewhere(2)]).toEqual([[5, 7], []])
})
