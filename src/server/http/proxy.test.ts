// Whose address counts: behind a reverse proxy what it says, never what the caller wrote before.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { type TestServer, testServer } from '../testing.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer({ PIXLHUB_TRUST_PROXY: 'true' })
})
afterAll(() => server.close())

const guess = async (email: string, forwarded: string, remoteAddress = '127.0.0.1') => {
  const reply = await server.inject({
    method: 'POST',
    url: '/api/sign-in',
    remoteAddress,
    headers: { 'x-forwarded-for': forwarded },
    payload: { email, password: 'wrong' },
  })
  return reply.statusCode
}

test('an address that the caller writes before the proxy’s own does not buy more guesses', async () => {
  const answers: number[] = []
  for (let i = 0; i < 6; i++) answers.push(await guess('ann@example.org', `198.51.100.${i}, 203.0.113.5`))
  expect(answers).toEqual([401, 401, 401, 401, 401, 429])
  expect(await guess('ann@example.org', '203.0.113.6')).toBe(401)
})

test('nobody is believed who is no such proxy', async () => {
  const answers: number[] = []
  for (let i = 0; i < 6; i++) answers.push(await guess('bob@example.org', `198.51.100.${i}`, '203.0.113.9'))
  expect(answers).toEqual([401, 401, 401, 401, 401, 429])
})

test('the setting names proxies; what is no address is told at the start', () => {
  const of = (text?: string) => readConfig(text === undefined ? {} : { PIXLHUB_TRUST_PROXY: text }).trust_proxy
  expect([of(), of(''), of('false')]).toEqual([false, false, false])
  expect(of('true')).toEqual(['loopback', 'uniquelocal'])
  expect(of('10.0.0.5, 172.18.0.0/16,fd00::/8')).toEqual(['10.0.0.5', '172.18.0.0/16', 'fd00::/8'])
  for (const wrong of ['yes', '10.0.0', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.5,', '1'])
    expect(() => of(wrong)).toThrow('PIXLHUB_TRUST_PROXY')
})
