import { expect, test } from 'vitest'
import { hashPassword, isPassword } from './passwords.ts'

test('a password is kept as argon2id with 19 MiB, 2 passes and 1 lane, salted', async () => {
  const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(first).not.toBe(second)
  expect(await isPassword(first, 'correct horse')).toBe(true)
  expect(await isPassword(first, 'Correct horse')).toBe(false)
})

test('an unknown person costs the same work as a wrong password, and never gets in', async () => {
  const stored = await hashPassword('correct horse')
  await isPassword(null, 'warm up: makes the hash that nobody has')
  expect(await isPassword(null, 'a password that nobody has')).toBe(false)
  const medianOf = async (hash: string | null) => {
    const times: number[] = []
    for (let i = 0; i < 7; i++) {
      const start = performance.now()
      await isPassword(hash, 'wrong')
      times.push(performance.now() - start)
    }
    return times.sort((a, b) => a - b)[3] as number
  }
  const unknown = await medianOf(null)
  const wrong = await medianOf(stored)
  // Without the work an answer takes microseconds; the bound is wide because the machine is shared.
  expect(unknown).toBeGreaterThan(wrong / 5)
})
