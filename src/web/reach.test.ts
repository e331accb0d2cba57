import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ASK_MS, Reach } from './reach.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

function server() {
  const state = { isThere: true, asked: 0 }
  const call = async () => {
    state.asked++
    if (state.isThere) return reach.answered()
    reach.unanswered()
    throw new Error('no connection')
  }
  const reach = new Reach(call)
  return { state, reach, call: () => call().catch(() => undefined) }
}

test('a server that is away is said to be, since its last answer, and no longer once it answers', async () => {
  const { state, reach, call } = server()
  const told: (number | null)[] = []
  reach.subscribe(() => told.push(reach.silentSince()))
  await call()
  await vi.advanceTimersByTimeAsync(60_000)
  state.isThere = false
  await call()
  expect(reach.silentSince()).toBeNull()
  await vi.advanceTimersByTimeAsync(4 * ASK_MS)
  expect(told).toEqual([1_000_000])
  state.isThere = true
  await vi.advanceTimersByTimeAsync(ASK_MS)
  expect(told).toEqual([1_000_000, null])
})

test('one lost call, or a stream that broke, is not worth a word', async () => {
  const { state, reach } = server()
  reach.unanswered(true)
  await vi.advanceTimersByTimeAsync(10 * ASK_MS)
  expect([reach.silentSince(), state.asked]).toEqual([null, 1])
})

test('with a stream the server was heard until it broke', async () => {
  const { state, reach } = server()
  await vi.advanceTimersByTimeAsync(3_600_000)
  state.isThere = false
  reach.unanswered(true)
  await vi.advanceTimersByTimeAsync(ASK_MS)
  expect(reach.silentSince()).toBe(1_000_000 + 3_600_000)
})
