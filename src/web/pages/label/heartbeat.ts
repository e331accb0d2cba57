// Tells the server every few seconds that the task is still open here, with the active time since the last report.
import type { ActiveClock } from '../../../editor/clock.ts'
import type { Timers } from './timers.ts'

export const BEAT_MS = 10_000

export type Increments = ReturnType<ActiveClock['unacknowledged']>
/** A call that carries the time. */
export type Send<T> = (increments: Increments, since_input_ms: number) => Promise<T>
export type Heartbeat = {
  /** Reports now, and in turn from then on. Rejects with what hindered it; the time is kept for the next report. */
  beat(): Promise<void>
  /** The last report: with another call, in its turn, and none comes after it. If it fails, reports go on with its time. */
  withTime<T>(send: Send<T>): Promise<T>
  stop(): void
}

export type HeartbeatOptions<R> = {
  timers: Timers
  clock: Pick<ActiveClock, 'takeIncrement' | 'unacknowledged' | 'acknowledge' | 'sinceInputMs' | 'isFull'>
  send: Send<R>
  isPassing(error: unknown): boolean
  onAnswer(reply: R, reported: Increments): void
  onRefused(error: unknown): void
}

export function createHeartbeat<R>(options: HeartbeatOptions<R>): Heartbeat {
  const { timers, clock, send, isPassing, onAnswer, onRefused } = options
  let cancelTimer: (() => void) | null = null
  let underWay: Promise<unknown> | null = null
  let isStopped = false
  /** The last report did not hold all that there was: after an outage. */
  let hasRest = false

  const take = () => {
    while (clock.takeIncrement());
    hasRest = clock.isFull
  }
  const report = async <T>(send: Send<T>): Promise<{ reply: T; increments: Increments }> => {
    take()
    const increments = clock.unacknowledged()
    const reply = await send(increments, clock.sinceInputMs)
    const last = increments.at(-1)
    if (last) clock.acknowledge(last.sequence)
    return { reply, increments }
  }
  const stop = () => {
    isStopped = true
    cancelTimer?.()
  }
  const inTurn = <T>(work: Promise<T>): Promise<T> => {
    cancelTimer?.()
    const done = work.finally(() => {
      underWay = null
      plan()
    })
    underWay = done
    return done
  }
  const run = () =>
    inTurn(
      report(send).then(
        ({ reply, increments }) => onAnswer(reply, increments),
        (error: unknown) => {
          if (!isPassing(error)) {
            stop()
            onRefused(error)
          }
          throw error
        },
      ),
    )
  const plan = () => {
    cancelTimer?.()
    if (!isStopped) cancelTimer = timers.after(BEAT_MS, () => void run().catch(() => undefined))
  }
  plan()
  const beat = async () => {
    // A report under way does not have the time since it left. Several may wait for the same one: each looks again.
    do {
      while (underWay) await underWay.catch(() => undefined)
      if (!isStopped) await run()
    } while (hasRest && !isStopped)
  }

  return {
    beat,
    async withTime(send) {
      take()
      if (hasRest) await beat().catch(() => undefined)
      while (underWay) await underWay.catch(() => undefined)
      return inTurn(
        report(send).then(({ reply }) => {
          stop()
          return reply
        }),
      )
    },
    stop,
  }
}
