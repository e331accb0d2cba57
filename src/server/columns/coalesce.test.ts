import { expect, test } from 'vitest'
import { Coalesced } from './coalesce.ts'

test('whoever asks is answered by a run that began after the question, and those who wait share one', async () => {
  const runs: { began: number; wishes: string[] }[] = []
  let clock = 0
  const gates: (() => void)[] = []
  const work = new Coalesced(async (wishes: ReadonlySet<string>) => {
    runs.push({ began: clock++, wishes: [...wishes].sort() })
    const run = runs.length - 1
    await new Promise<void>((resolve) => gates.push(resolve))
    return run
  })
  const open = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1))
    gates.shift()?.()
  }
  const first = work.next(['a'])
  await new Promise((resolve) => setTimeout(resolve, 1))
  const asked = clock++
  const second = work.next(['b'])
  const third = work.next(['c', 'b'])
  await open()
  expect(await first).toBe(0)
  await open()
  expect(await second).toBe(1)
  expect(await third).toBe(1)
  expect(runs.map((r) => r.wishes)).toEqual([['a'], ['b', 'c']])
  expect(runs[1]?.began).toBeGreaterThan(asked)
})

test('a run that fails does so for those who waited for it, and the next one begins', async () => {
  let fails = true
  const work = new Coalesced(async () => {
    if (fails) throw new Error('no connection')
    return 'done'
  })
  const both = [work.next([]), work.next([])]
  for (const asked of both) await expect(asked).rejects.toThrow('no connection')
  fails = false
  expect(await work.next([])).toBe('done')
})
