// The browser's side of live changes: connecting again, gathering, and what is read anew.
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LiveMessage } from '../../contract/live.ts'
import { Connection, HIDDEN_MS, POLL_MS } from './connection.ts'
import { type ChangedTasks, News, REFRESH_GAP_MS } from './news.ts'
import { refreshTasks, tellOperations } from './refresh-queries.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the stream', () => {
  function connect() {
    const streams: { say: (m: LiveMessage) => void; breakOff: () => void; isClosed: boolean }[] = []
    const [messages, gaps] = [[] as LiveMessage[], { count: 0 }]
    const connection = new Connection({
      open(hear, broken) {
        const stream = { say: (m: LiveMessage) => hear(JSON.stringify(m)), breakOff: broken, isClosed: false }
        streams.push(stream)
        return () => {
          stream.isClosed = true
        }
      },
      onMessage: (m) => messages.push(m),
      onGap: () => {
        gaps.count++
      },
    })
    connection.start()
    return { connection, streams, messages, gaps, last: () => streams.at(-1) as (typeof streams)[0] }
  }

  test('its first hello is no gap: the page was just read', () => {
    const { last, messages, gaps } = connect()
    last().say({ kind: 'hello' })
    last().say({ kind: 'tasks', ids: [1], many: false })
    expect([messages, gaps.count]).toEqual([[{ kind: 'tasks', ids: [1], many: false }], 0])
  })

  test('broken off, it asks every five seconds, connects again with growing pauses, and then reads anew once', () => {
    const { streams, last, gaps } = connect()
    last().say({ kind: 'hello' })
    last().breakOff()
    expect(last().isClosed).toBe(true)
    for (let i = 0; i < 4; i++) {
      vi.advanceTimersByTime(2000 * 2 ** i)
      expect(streams).toHaveLength(i + 2)
      last().breakOff()
    }
    const before = gaps.count
    vi.advanceTimersByTime(2 * POLL_MS)
    expect(gaps.count).toBe(before + 2)
    vi.advanceTimersByTime(60_000)
    const asked = gaps.count
    last().say({ kind: 'hello' })
    expect(gaps.count).toBe(asked + 1)
    vi.advanceTimersByTime(10 * POLL_MS)
    expect(gaps.count).toBe(asked + 1)
  })

  test('a hidden tab gives its stream back after a while, and reads anew when it is seen again', () => {
    const { connection, streams, last, gaps } = connect()
    last().say({ kind: 'hello' })
    connection.setVisible(false)
    vi.advanceTimersByTime(HIDDEN_MS - 1)
    expect(last().isClosed).toBe(false)
    vi.advanceTimersByTime(1)
    expect(last().isClosed).toBe(true)
    vi.advanceTimersByTime(600_000)
    expect([streams.length, gaps.count]).toEqual([1, 0])
    connection.setVisible(true)
    last().say({ kind: 'hello' })
    expect([streams.length, gaps.count]).toEqual([2, 1])
  })

  test('a look away and back keeps it', () => {
    const { connection, streams, last, gaps } = connect()
    last().say({ kind: 'hello' })
    connection.setVisible(false)
    vi.advanceTimersByTime(3000)
    connection.setVisible(true)
    vi.advanceTimersByTime(HIDDEN_MS)
    expect([streams.length, last().isClosed, gaps.count]).toEqual([1, false, 0])
  })

  test('stopped, nothing goes on', () => {
    const { connection, streams, last, gaps } = connect()
    last().breakOff()
    connection.stop()
    vi.advanceTimersByTime(600_000)
    expect([streams.length, gaps.count]).toEqual([1, 0])
  })
})

describe('news', () => {
  const gather = (refresh: (changed: ChangedTasks) => Promise<unknown> = async () => {}) => {
    const handed: (number[] | null)[] = []
    const news = new News((changed) => {
      handed.push(changed && [...changed])
      return refresh(changed)
    })
    return { news, handed }
  }

  test('the first is handed on at once, the next gathered for half a second', async () => {
    const { news, handed } = gather()
    news.add([1])
    await vi.advanceTimersByTimeAsync(0)
    news.add([2, 3])
    news.add([3, 4])
    expect(handed).toEqual([[1]])
    await vi.advanceTimersByTimeAsync(REFRESH_GAP_MS)
    expect(handed).toEqual([[1], [2, 3, 4]])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(handed).toHaveLength(2)
  })

  test('a slow refresh is waited for, never doubled', async () => {
    const { news, handed } = gather(() => new Promise((done) => setTimeout(done, 3000)))
    news.add([1])
    for (let i = 0; i < 20; i++) {
      news.add([i])
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(handed).toEqual([[1]])
    await vi.advanceTimersByTimeAsync(3000)
    expect(handed).toHaveLength(2)
  })

  test('“any” swallows ids, a failed refresh does not stop the next, and nobody looking means nothing is read', async () => {
    const { news, handed } = gather(async () => {
      throw new Error('no connection')
    })
    news.pause()
    news.add([1])
    news.add(null)
    news.add([2])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(handed).toEqual([])
    news.resume()
    await vi.advanceTimersByTimeAsync(0)
    news.add([5])
    await vi.advanceTimersByTimeAsync(REFRESH_GAP_MS)
    expect(handed).toEqual([null, [5]])
  })
})

describe('what is read anew', () => {
  const fill = (client: QueryClient, ...keys: unknown[][]) => {
    for (const key of keys) client.setQueryData(key, {})
  }
  const old = (client: QueryClient) =>
    client
      .getQueryCache()
      .getAll()
      .filter((q) => q.state.isInvalidated)
      .map((q) => q.queryKey.slice(1).join('/'))

  test('counts always, one task’s views only if it changed, other projects never', async () => {
    const client = new QueryClient()
    fill(
      client,
      ['project', 1, 'summary'],
      ['project', 1, 'schema'],
      ['project', 1, 'task', 7],
      ['project', 1, 'history', 8],
      ['project', 2, 'summary'],
    )
    await refreshTasks(client, 1, new Set([7]))
    expect(old(client)).toEqual(['1/summary', '1/task/7'])
    await refreshTasks(client, 1, null)
    expect(old(client)).toEqual(['1/summary', '1/task/7', '1/history/8'])
  })

  test('what is being read when the news comes is read once more: the answer under way may be older', async () => {
    const client = new QueryClient()
    const answers: ((count: number) => void)[] = []
    const summary = new QueryObserver(client, {
      queryKey: ['project', 1, 'summary'],
      queryFn: () => new Promise<number>((answer) => answers.push(answer)),
    })
    const stop = summary.subscribe(() => {})
    const refreshed = refreshTasks(client, 1, null)
    void refreshTasks(client, 1, new Set([7]))
    answers[0]?.(1)
    await vi.advanceTimersByTimeAsync(0)
    expect(answers).toHaveLength(2)
    answers[1]?.(2)
    await refreshed
    expect(summary.getCurrentResult().data).toBe(2)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(answers).toHaveLength(2)
    stop()
  })

  test('read ahead and not shown, it is read again when it is', async () => {
    const client = new QueryClient()
    let answer = (_: number) => {}
    const queryFn = () => new Promise<number>((resolve) => { answer = resolve }) // biome-ignore format: one thought
    const read = client.prefetchQuery({ queryKey: ['project', 1, 'task', 7], queryFn })
    const refreshed = refreshTasks(client, 1, new Set([7]))
    answer(1)
    await Promise.all([read, refreshed])
    expect(old(client)).toEqual(['1/task/7'])
  })

  const operation = { id: 4, state: 'running' as const, total: 10, applied: 2, unchanged: 0, refused: 0 }
  const shown = () => {
    const client = new QueryClient()
    client.setQueryData(
      ['project', 1, 'operations', 'latest'],
      [
        { ...operation, title: 'Assign' },
        { ...operation, id: 3, state: 'done' },
      ],
    )
    client.setQueryData(['project', 1, 'operations', 'list'], {
      pages: [[{ ...operation, title: 'Assign' }], []],
      pageParams: [null],
    })
    client.setQueryData(['project', 1, 'operation', 4], { ...operation, title: 'Assign' })
    return client
  }

  test('progress is written in place, everywhere, without a question to the server', () => {
    const client = shown()
    expect(tellOperations(client, 1, [{ ...operation, applied: 6 }])).toBe(false)
    expect(client.getQueryData(['project', 1, 'operations', 'latest'])).toMatchObject([
      { id: 4, applied: 6, title: 'Assign' },
      { id: 3 },
    ])
    expect(client.getQueryData(['project', 1, 'operations', 'list'])).toMatchObject({ pages: [[{ applied: 6 }], []] })
    expect(client.getQueryData(['project', 1, 'operation', 4])).toMatchObject({ applied: 6 })
    expect(old(client)).toEqual([])
  })

  test.each([
    ['one that ended', { ...operation, state: 'done' as const, applied: 10 }],
    ['one that began', { ...operation, id: 5 }],
  ])('%s is read anew', (_, news) => {
    const client = shown()
    expect(tellOperations(client, 1, [news])).toBe(true)
    expect(old(client)).toContain('1/operations/latest')
  })

  test('the list of those that run hears of one that began or ended, and of no other', () => {
    const client = new QueryClient()
    const key = ['project', 1, 'operations', 'running']
    client.setQueryData(key, [{ ...operation, title: 'Assign' }])
    const small = { ...operation, id: 9, state: 'done' as const }
    expect(tellOperations(client, 1, [small, { ...operation, applied: 6 }])).toBe(false)
    expect(client.getQueryData(key)).toMatchObject([{ id: 4, applied: 6, title: 'Assign' }])
    expect(tellOperations(client, 1, [{ ...operation, id: 10 }])).toBe(true)
    client.setQueryData(key, [operation])
    expect(tellOperations(client, 1, [{ ...operation, state: 'done' }])).toBe(true)
    client.setQueryData(key, [])
    expect(tellOperations(client, 1, [small])).toBe(false)
  })

  test('what is known and finished is no news', () => {
    const client = shown()
    expect(tellOperations(client, 1, [operation, { ...operation, id: 3, state: 'done' }])).toBe(false)
  })
})
