import { describe, expect, it } from 'vitest'
import { createSaver, LATEST_MS, QUIET_MS } from './save-scheduler.ts'
import { handTimers } from './test-timers.ts'

type Answer = { resolve: () => void; reject: (error: unknown) => void; document: string }

function desk() {
  const time = handTimers()
  let document = 'a'
  const sent: Answer[] = []
  const refused: unknown[] = []
  const saver = createSaver<string>({
    timers: time.timers,
    read: () => document,
    send: (d) => new Promise<void>((resolve, reject) => sent.push({ resolve, reject, document: d })),
    isPassing: (error) => error === 'offline',
    onSaved: () => undefined,
    onRefused: (error) => refused.push(error),
  })
  return {
    ...time,
    saver,
    sent,
    refused,
    change(next: string) {
      document = next
      saver.changed()
    },
    async answer(error?: unknown) {
      const last = sent.at(-1)
      if (error) last?.reject(error)
      else last?.resolve()
      await time.settle()
    },
  }
}

describe('when the work is saved', () => {
  it('waits for quiet after the last change', async () => {
    const d = desk()
    d.change('b')
    await d.pass(LATEST_MS - QUIET_MS)
    d.change('c')
    await d.pass(QUIET_MS - 1)
    expect(d.sent).toHaveLength(0)
    expect(d.saver.hasUnsaved).toBe(true)
    await d.pass(1)
    expect(d.sent.map((s) => s.document)).toEqual(['c'])
    await d.answer()
    expect(d.saver.state.get().at).toBe('saved')
    expect(d.saver.hasUnsaved).toBe(false)
  })

  it('does not wait longer than the latest, however long the changes go on', async () => {
    const d = desk()
    for (let ms = 0; ms < LATEST_MS; ms += 500) {
      d.change(`at ${ms}`)
      await d.pass(500)
    }
    expect(d.sent).toHaveLength(1)
  })

  it('what changes while a save is under way does not wait longer for that', async () => {
    const d = desk()
    d.change('b')
    await d.pass(QUIET_MS)
    d.change('c')
    await d.pass(LATEST_MS - 500)
    await d.answer()
    d.change('d')
    await d.pass(500)
    expect(d.sent.map((s) => s.document)).toEqual(['b', 'd'])
  })

  it('never sends two at once: what changes meanwhile follows', async () => {
    const d = desk()
    d.change('b')
    await d.pass(QUIET_MS)
    d.change('c')
    await d.pass(LATEST_MS)
    expect(d.sent).toHaveLength(1)
    await d.answer()
    expect(d.saver.state.get().at).toBe('changed')
    await d.pass(QUIET_MS)
    expect(d.sent.map((s) => s.document)).toEqual(['b', 'c'])
  })

  it('tries again later and later when the server is away, and says so', async () => {
    const d = desk()
    d.change('b')
    await d.pass(QUIET_MS)
    await d.answer('offline')
    expect(d.saver.state.get().at).toBe('retrying')
    await d.pass(1000)
    expect(d.sent).toHaveLength(2)
    expect(d.saver.state.get().at).toBe('retrying')
    await d.answer('offline')
    await d.pass(1000)
    expect(d.sent).toHaveLength(2)
    d.change('c')
    await d.pass(1000)
    expect(d.sent.at(-1)?.document).toBe('c')
    await d.answer()
    expect(d.saver.hasUnsaved).toBe(false)
  })

  it('tries at once when the connection is back', async () => {
    const d = desk()
    d.change('b')
    await d.pass(QUIET_MS)
    await d.answer('offline')
    d.saver.retryNow()
    expect(d.sent).toHaveLength(2)
  })

  it('does not repeat what the server does not want', async () => {
    const d = desk()
    d.change('b')
    await d.pass(QUIET_MS)
    await d.answer('stale')
    await d.pass(60_000)
    expect(d.sent).toHaveLength(1)
    expect(d.refused).toEqual(['stale'])
    expect(d.saver.hasUnsaved).toBe(true)
  })

  it('flush waits for the save under way and then saves the rest', async () => {
    const d = desk()
    d.change('b')
    await d.pass(QUIET_MS)
    d.change('c')
    let isFlushed = false
    const flushed = d.saver.flush().then(() => {
      isFlushed = true
    })
    await d.answer()
    expect(isFlushed).toBe(false)
    expect(d.sent.map((s) => s.document)).toEqual(['b', 'c'])
    await d.answer()
    await flushed
    expect(d.saver.hasUnsaved).toBe(false)
  })

  it('flush says what hindered it', async () => {
    const d = desk()
    d.change('b')
    const flushed = expect(d.saver.flush()).rejects.toBe('offline')
    await d.answer('offline')
    await flushed
    expect(d.saver.state.get().at).toBe('retrying')
  })

  it('flush without changes sends nothing', async () => {
    const d = desk()
    await d.saver.flush()
    expect(d.sent).toHaveLength(0)
  })
})
