import { expect, test } from 'vitest'
import { Quiet } from './quiet.ts'

test('background work waits for the requests under way, and for no longer than it must under any load', async () => {
  const quiet = new Quiet()
  expect(await quiet.come()).toBe(false)
  const answers: (() => void)[] = []
  const requests = [1, 2].map(() => quiet.during(() => new Promise<void>((resolve) => answers.push(resolve))))
  let isQuiet = false
  const waiting = quiet.come().then(() => {
    isQuiet = true
  })
  answers[0]?.()
  await requests[0]
  expect(isQuiet).toBe(false)
  expect(await quiet.come()).toBe(true)
  answers[1]?.()
  await Promise.all([...requests, waiting])
})

test('a request that fails is no longer under way', async () => {
  const quiet = new Quiet()
  await expect(quiet.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await quiet.come()
})
