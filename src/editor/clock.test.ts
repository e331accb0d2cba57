import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createActiveClock } from './clock.ts'

const IDLE = 60_000
function given() {
  let now = 1_000_000
  const clock = createActiveClock({ now: () => now, idleMs: IDLE })
  clock.held(true)
  clock.input()
  const set = (time: number) => {
    now = time
  }
  return { clock, pass: (ms: number) => set(now + ms), set }
}

describe('active time', () => {
  test('time between inputs counts', () => {
    const { clock, pass } = given()
    pass(5000)
    clock.input()
    pass(60_000)
    clock.input()
    expect(clock.activeMs).toBe(65_000)
  })
  test('an idle stretch ends at the last input', () => {
    const { clock, pass } = given()
    pass(5000)
    clock.input()
    pass(59_000)
    clock.tick()
    expect([clock.activeMs, clock.isIdle]).toEqual([5000, false])
    pass(2000)
    clock.tick()
    expect([clock.activeMs, clock.isIdle]).toEqual([5000, true])
    clock.input()
    pass(1000)
    clock.input()
    expect([clock.activeMs, clock.isIdle]).toEqual([6000, false])
  })
  test('a hidden tab does not count; what came before it counts if the person is back in time', () => {
    const { clock, pass } = given()
    pass(4000)
    clock.visible(false)
    pass(10_000)
    clock.visible(true)
    pass(1000)
    clock.input()
    expect(clock.activeMs).toBe(5000)
    clock.visible(false)
    pass(IDLE * 5)
    clock.visible(true)
    clock.input()
    expect(clock.activeMs).toBe(5000)
  })
  test('without the lease nothing counts', () => {
    const { clock, pass } = given()
    clock.held(false)
    pass(4000)
    clock.input()
    expect([clock.activeMs, clock.isIdle]).toEqual([0, false])
    clock.held(true)
    pass(1000)
    clock.input()
    expect(clock.activeMs).toBe(1000)
  })
  test('a clock set back neither takes nor gives time, and counting goes on at once', () => {
    const { clock, pass, set } = given()
    pass(3000)
    clock.input()
    set(500)
    clock.input()
    pass(2000)
    clock.input()
    set(Number.NaN)
    clock.tick()
    expect(clock.activeMs).toBe(5000)
  })
})

describe('increments', () => {
  test('each has its number; what is not acknowledged is sent again unchanged', () => {
    const { clock, pass } = given()
    pass(4000)
    clock.input()
    expect(clock.takeIncrement()).toEqual({ sequence: 1, ms: 4000 })
    expect(clock.takeIncrement()).toBeNull()
    pass(1500)
    clock.input()
    clock.takeIncrement()
    expect(clock.unacknowledged()).toEqual([
      { sequence: 1, ms: 4000 },
      { sequence: 2, ms: 1500 },
    ])
    clock.acknowledge(1)
    clock.acknowledge(1)
    expect(clock.unacknowledged()).toEqual([{ sequence: 2, ms: 1500 }])
  })
  test('long offline work comes in pieces the server takes, at most a hundred at a time, and none is lost', () => {
    const { clock, pass } = given()
    for (let i = 0; i < 150; i++) {
      pass(50_000)
      clock.input()
      clock.takeIncrement()
    }
    expect(clock.unacknowledged()).toHaveLength(100)
    let sent = 0
    while (clock.unacknowledged().length > 0) {
      for (const i of clock.unacknowledged()) {
        expect(i.ms).toBeLessThanOrEqual(60_000)
        sent += i.ms
        clock.acknowledge(i.sequence)
      }
      clock.takeIncrement()
    }
    expect(sent).toBe(150 * 50_000)
  })
  test('whatever happens: never more than wall time, never back, and the increments add up to it', () => {
    const step = fc.tuple(
      fc.constantFrom('input', 'hide', 'show', 'lose', 'hold', 'take'),
      fc.integer({ min: -5000, max: 90_000 }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { clock, pass } = given()
        let [wall, last] = [0, 0]
        for (const [what, ms] of steps) {
          pass(ms + 0.25)
          wall += Math.max(0, ms + 0.25)
          if (what === 'input') clock.input()
          else if (what === 'take') clock.takeIncrement()
          else if (what === 'hide' || what === 'show') clock.visible(what === 'show')
          else clock.held(what === 'hold')
          expect(clock.activeMs).toBeGreaterThanOrEqual(last)
          last = clock.activeMs
        }
        expect(last).toBeLessThanOrEqual(wall)
        while (clock.takeIncrement());
        expect(clock.unacknowledged().reduce((sum, i) => sum + i.ms, 0)).toBe(last)
      }),
    )
  })
})
