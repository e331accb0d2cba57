// Half an hour of work by script, with everything that makes a clock lie: a long gap, a hidden tab, a crash, clocks that are
// set back, two tabs. The clock and the heartbeat are the browser's, the server is the real one; only the time is played.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createActiveClock } from '../../editor/clock.ts'
import { INCREMENT_MAX_MS } from '../../model/duration.ts'
import { createHeartbeat, type Increments } from '../../web/pages/label/heartbeat.ts'
import { handTimers } from '../../web/pages/label/test-timers.ts'
import { contradictions } from '../tasks/test-queries.ts'
import { type Held, openIt, rowOf } from '../tasks/test-work.ts'
import { type TestPerson, type TestProject, type TestServer, testServer } from '../testing.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const IDLE_MS = MINUTE
/** Inputs come this far apart, again and again. */
const RHYTHM = [1, 3, 2, 7, 1, 12, 4].map((s) => s * SECOND)

let server: TestServer
let p: TestProject
let labeler: TestPerson
let days = 0
beforeAll(async () => {
  server = await testServer()
  p = await server.project({ settings: { idle_threshold_s: IDLE_MS / SECOND, lease_timeout_s: 4 * 3600 } })
})
afterAll(() => server.close())
beforeEach(async () => {
  labeler = await p.member('labeler', `labeler ${++days}`)
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => void vi.useRealTimers())

/** One person with their computer, and the time of the world. */
function newDay(rhythm: readonly number[] = RHYTHM) {
  const underWay = new Set<Promise<unknown>>()
  const settle = async () => {
    do {
      await Promise.allSettled([...underWay])
      await new Promise(setImmediate)
    } while (underWay.size > 0)
  }
  const { timers, pass } = handTimers(Date.now(), settle)
  let serverIsBackBy = 0
  let computerIsBackBy = 0
  let truth = 0
  const calling = <T>(call: () => Promise<T>): Promise<T> => {
    vi.setSystemTime(timers.now() - serverIsBackBy)
    const running = call().finally(() => underWay.delete(running))
    underWay.add(running)
    return running
  }

  /** Opens a task in a tab of its own. Opening counts as the first input. */
  const openTab = async (task_id: number) => {
    const held: Held = await calling(() => openIt(labeler.api, p.project_id, task_id))
    const clock = createActiveClock({ now: () => timers.now() - computerIsBackBy, idleMs: IDLE_MS })
    const sent: Increments[] = []
    const refused: unknown[] = []
    clock.held(true)
    clock.input()
    const heartbeat = createHeartbeat({
      timers,
      clock,
      async send(increments, since_input_ms) {
        sent.push(increments)
        return calling(() => labeler.api.heartbeat({ ...held, increments: [...increments], since_input_ms }))
      },
      isPassing: () => false,
      onAnswer: () => undefined,
      onRefused: (error) => {
        refused.push(error)
        clock.held(false)
      },
    })
    return { held, clock, heartbeat, sent, refused }
  }
  type Tab = Awaited<ReturnType<typeof openTab>>

  return {
    timers, pass, openTab, calling,
    truth: () => truth,
    setServerBack(ms: number) {
      serverIsBackBy += ms
    },
    setComputerBack(ms: number) {
      computerIsBackBy += ms
    },
    /** Steady work at tabs in turn. Time to the first input is no work: it is whatever came before. */
    async work(ms: number, ...tabs: Tab[]) {
      tabs[0]?.clock.input()
      for (let [done, i] = [0, 0]; done < ms; i++) {
        const step = Math.min(rhythm[i % rhythm.length] as number, ms - done)
        await pass(step)
        tabs[i % tabs.length]?.clock.input()
        done += step
        truth += step
      }
    },
    beat: (tab: Tab) => tab.heartbeat.beat(),
    durationOf: async (...ids: number[]) => {
      const rows = await Promise.all(ids.map((id) => rowOf(server, p.project_id, id)))
      return rows.reduce((sum, row) => sum + row.duration_ms, 0)
    },
  } // biome-ignore format: one list
}

/** Two seconds in ten minutes. */
const isTrue = (measured: number, truth: number) => Math.abs(measured - truth) <= (truth / (10 * MINUTE)) * 2 * SECOND
const tasks = (count: number) => p.tasks(count, { stage_id: p.stage('label') }).then(assignedToLabeler)
async function assignedToLabeler(ids: number[]): Promise<number[]> {
  await p.manager.api.run_operation({
    project_id: p.project_id,
    name: 'assign',
    params: { person_id: labeler.id },
    selection: { ids },
    key: `assign-${ids[0]}`,
  })
  return ids
}

test('half an hour with a gap, a hidden tab, a crash, clocks set back and two tabs is told to within two seconds in ten minutes', async () => {
  const [one = 0, two = 0] = await tasks(2)
  const day = newDay()
  let tab = await day.openTab(one)
  await day.work(8 * MINUTE, tab)
  await day.pass(10 * MINUTE)
  await day.work(3 * MINUTE, tab)

  tab.clock.visible(false)
  await day.pass(3 * MINUTE)
  tab.clock.visible(true)
  await day.work(5 * MINUTE, tab)

  // The tab crashes between two heartbeats; a minute later the task is opened again.
  tab.heartbeat.stop()
  const lost = day.truth() - (await day.durationOf(one))
  expect([lost, lost >= 0 && lost <= 15 * SECOND]).toEqual([lost, true])
  await day.pass(MINUTE)
  const old = tab
  tab = await day.openTab(one)
  await day.work(4 * MINUTE, tab)

  day.setComputerBack(HOUR)
  await day.work(2 * MINUTE, tab)
  day.setServerBack(HOUR)
  await day.work(3 * MINUTE, tab)

  // Side by side on two screens, now here, now there.
  const second = await day.openTab(two)
  await day.work(5 * MINUTE, tab, second)
  await Promise.all([day.beat(tab), day.beat(second)])

  const measured = await day.durationOf(one, two)
  expect(day.truth()).toBe(30 * MINUTE)
  expect([measured, lost, isTrue(measured, day.truth() - lost)]).toEqual([measured, lost, true])

  // What was sent once adds nothing a second time; the crashed tab is heard no more.
  for (const { held, sent } of [tab, second])
    for (const increments of sent)
      expect(await day.calling(() => labeler.api.heartbeat({ ...held, increments: [...increments] }))).toMatchObject({
        accepted_ms: 0,
      })
  const late = day.calling(() => labeler.api.heartbeat({ ...old.held, increments: [{ sequence: 999, ms: 10_000 }] }))
  await expect(late).rejects.toMatchObject({ code: 'no_lease' })

  // Invented time: none while no time passes, and never more than passed.
  let sequence = 10_000
  const invent = (count: number) =>
    day.calling(() => {
      const increments = Array.from({ length: count }, () => ({ sequence: sequence++, ms: INCREMENT_MAX_MS }))
      return labeler.api.heartbeat({ ...tab.held, increments })
    })
  expect(await invent(100)).toMatchObject({ accepted_ms: 0 })
  for (const { heartbeat } of [tab, second]) heartbeat.stop()
  await day.pass(7 * SECOND)
  expect(await invent(100)).toMatchObject({ accepted_ms: 7 * SECOND })
  expect(await day.durationOf(one, two)).toBe(measured + 7 * SECOND)
  expect(await contradictions(server, p.project_id)).toEqual([])
})

test.each([0, 3, 6, 9.9])('a crash %d s after a heartbeat loses 15 s at most', async (seconds) => {
  const [one = 0] = await tasks(1)
  const day = newDay([SECOND])
  const tab = await day.openTab(one)
  await day.work(3 * MINUTE + seconds * SECOND, tab)
  tab.heartbeat.stop()
  const lost = day.truth() - (await day.durationOf(one))
  expect([lost, lost >= 0 && lost <= 15 * SECOND]).toEqual([lost, true])
})

test('two tabs on one task: the older one is told, stops, and counts nothing more', async () => {
  const [one = 0] = await tasks(1)
  const day = newDay()
  const older = await day.openTab(one)
  await day.work(2 * MINUTE, older)
  await day.beat(older)
  const newer = await day.openTab(one)
  await day.work(3 * MINUTE, newer)
  await day.beat(newer)
  expect(older.refused).toMatchObject([{ code: 'no_lease' }])
  const measured = await day.durationOf(one)
  expect([measured, isTrue(measured, day.truth())]).toEqual([measured, true])
})
