// What pages and workers may load: the one worker that runs OpenCV has a policy of its own, everything else the strict one.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServer, testServer } from '../testing.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const policyOf = async (url: string) =>
  (await server.inject({ method: 'GET', url })).headers['content-security-policy'] as string

test('only the worker of the assisted tools makes functions of texts, and it loads nothing from elsewhere', async () => {
  const worker = await policyOf('/assets/assist.worker-BXa9WFNi.js')
  expect(worker).toBe("default-src 'none'; connect-src 'self'; script-src 'self' 'unsafe-eval'")
  for (const url of [
    '/',
    '/assets/index.js',
    '/x/assets/assist.worker-a.js',
    '/assets/assist.worker-a.js/../x',
    '/api/session',
  ])
    expect([url, await policyOf(url)]).toEqual([url, expect.not.stringContaining('unsafe-eval')])
})
