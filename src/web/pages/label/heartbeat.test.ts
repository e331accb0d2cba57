import { expect, it } from 'vitest'
import { createActiveClock } from '../../../editor/clock.ts'
import { acceptIncrements } from '../../../model/duration.ts'
import { BEAT_MS, createHeartbeat, type Increments } from './heartbeat.ts'
import { handTimers } from './test-timers.ts'

function desk() {
  const time = handTimers()
  const clock = createActiveClock({ now: time.timers.now, idleMs: 60_000 })
  clock.held(true)
  clock.input()
  const sent: Increments[] = []
  const since: number[] = []
  let failure: unknown = null
  let arrival: Promise<unknown> = Promise.resolve()
  const refused: unknown[] = []
  const answered: number[] = []
  const heartbeat = createHeartbeat({
    timers: time.timers,
    clock,
    async send(increments, since_input_ms) {
      sent.push(increments)
      since.push(since_input_ms)
      await arrival
      if (failure) throw failure
      return {}
    },
    isPassing: (error) => error === 'offline',
    onAnswer: (_reply, reported) => answered.push(...reported.map((i) => i.ms)),
    onRefused: (error) => refused.push(error),
  })
  return {
    ...time,
    clock,
    sent,
    since,
    refused,
    answered,
    heartbeat,
    fail: (error: unknown) => (failure = error),
    arrives: (when: Promise<unknown>) => (arrival = when),
  }
}

it('beats every ten seconds, with or without time to report', async () => {
  const d = desk()
  await d.pass(4000)
  d.clock.input()
  await d.pass(BEAT_MS - 4000)
  await d.pass(BEAT_MS)
  expect(d.sent).toEqual([[{ sequence: 1, ms: 4000 }], []])
})

it('reports again what did not get through, under the same numbers', async () => {
  const d = desk()
  d.fail('offline')
  for (let i = 0; i < 3; i++) {
    await d.pass(5000)
    d.clock.input()
    await d.pass(5000)
  }
  d.fail(null)
  await d.pass(BEAT_MS)
  expect(d.sent.at(-1)).toEqual([
    { sequence: 1, ms: 5000 },
    { sequence: 2, ms: 10_000 },
    { sequence: 3, ms: 10_000 },
  ])
  await d.pass(BEAT_MS)
  expect(d.sent.at(-1)).toEqual([])
})

it('says how long ago the last counted input was, and reports long stretches whole', async () => {
  const d = desk()
  await d.pass(8000)
  d.clock.input()
  await d.pass(58_000)
  d.clock.input()
  await d.pass(4000)
  expect(d.since.slice(0, 2)).toEqual([2000, 12_000])
  expect([d.sent.at(-1), d.since.at(-1)]).toEqual([[{ sequence: 2, ms: 58_000 }], 4000])
  d.fail('offline')
  for (let i = 0; i < 2; i++) {
    await d.pass(50_000)
    d.clock.input()
  }
  await d.heartbeat.beat().catch(() => undefined)
  expect(d.sent.at(-1)?.reduce((sum, i) => sum + i.ms, 0)).toBe(104_000)
})

it('stops when the task is lost', async () => {
  const d = desk()
  d.fail('stale')
  await d.pass(5 * BEAT_MS)
  expect(d.sent).toHaveLength(1)
  expect(d.refused).toEqual(['stale'])
})

it('reports at once when asked, before a submit', async () => {
  const d = desk()
  await d.pass(3000)
  d.clock.input()
  await d.heartbeat.beat()
  expect(d.sent).toEqual([[{ sequence: 1, ms: 3000 }]])
})

it('the last call brings the time; who asks for a report meanwhile sends none after it', async () => {
  const d = desk()
  await d.pass(4000)
  d.clock.input()
  const last = d.heartbeat.withTime(async (increments) => increments)
  const asked = d.heartbeat.beat()
  expect(await last).toEqual([{ sequence: 1, ms: 4000 }])
  await asked
  await d.pass(2 * BEAT_MS)
  expect(d.sent).toEqual([])
})

it('where the last call fails, reports go on with its time', async () => {
  const d = desk()
  await d.pass(4000)
  d.clock.input()
  await expect(d.heartbeat.withTime(() => Promise.reject('offline'))).rejects.toBe('offline')
  await d.pass(BEAT_MS)
  expect(d.sent).toEqual([[{ sequence: 1, ms: 4000 }]])
})

it.each(['beat', 'step'])(
  'an outage that is too long for one report costs no time, whatever ends it (%s)',
  async (end) => {
    const d = desk()
    const openedAt = d.timers.now()
    d.fail('offline')
    for (let i = 0; i < 360; i++) {
      await d.pass(5000)
      d.clock.input()
    }
    d.fail(null)
    const failed = d.sent.length
    if (end === 'beat') await d.heartbeat.beat()
    else
      await d.heartbeat.withTime(async (increments, since_input_ms) => {
        d.sent.push(increments)
        d.since.push(since_input_ms)
      })
    let sum = 0
    let accountedUntil: number | null = null
    for (const [i, increments] of d.sent.entries()) {
      if (i < failed) continue
      const now = d.timers.now()
      const until = now - (d.since[i] ?? 0)
      const taken = acceptIncrements({ ms: increments.map(({ ms }) => ms), now, until, accountedUntil, openedAt })
      accountedUntil = taken.accountedUntil
      sum += taken.sum
    }
    expect(sum).toBe(1_800_000)
  },
)

it('several who ask for a report while one is under way get theirs one after the other', async () => {
  const d = desk()
  await d.pass(4000)
  d.clock.input()
  let answer = () => {}
  d.arrives(new Promise<void>((done) => (answer = done)))
  const first = d.heartbeat.beat()
  await d.pass(2000)
  d.clock.input()
  const others = [d.heartbeat.beat(), d.heartbeat.beat()]
  answer()
  await Promise.all([first, ...others])
  expect(d.answered).toEqual([4000, 2000])
})

it('once stopped, nothing is reported any more, however many asked at once', async () => {
  const d = desk()
  await Promise.all([d.heartbeat.beat(), d.heartbeat.beat(), d.heartbeat.beat()])
  d.heartbeat.stop()
  await d.pass(3 * BEAT_MS)
  expect(d.sent).toHaveLength(3)
})
