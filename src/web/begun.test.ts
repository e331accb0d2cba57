import { beforeEach, expect, test, vi } from 'vitest'

const HREF = '/api/projects/1'
const asked = vi.fn<(href: string) => Promise<Response>>()

/** The module as a page begins with it. */
async function page() {
  vi.resetModules()
  return await import('./begun.ts')
}

beforeEach(() => {
  asked.mockReset().mockImplementation(async () => new Response('{"id":1}'))
  vi.stubGlobal('fetch', asked)
})

test('what was asked ahead is read by who asked, and taken once by who needs it', async () => {
  const { begin, takeBegun } = await page()
  const read = begin(HREF)?.then((reply) => reply.clone().text())
  const taken = await takeBegun(HREF)
  expect([taken?.status, await taken?.text(), await read]).toEqual([200, '{"id":1}', '{"id":1}'])
  expect(takeBegun(HREF)).toBeNull()
  expect(asked).toHaveBeenCalledOnce()
})

test('what the page has asked for by itself is not asked for once more', async () => {
  const { begin, takeBegun } = await page()
  expect(takeBegun(HREF)).toBeNull()
  expect(begin(HREF)).toBeNull()
  expect(asked).not.toHaveBeenCalled()
})

test('nothing is begun or taken once the page is loaded', async () => {
  const { begin, takeBegun, endBegun } = await page()
  await begin(HREF)
  endBegun()
  expect(takeBegun(HREF)).toBeNull()
  expect(begin('/api/session')).toBeNull()
  expect(asked).toHaveBeenCalledOnce()
})

test.each([401, 403, 404, 500])('a refusal (%i) is told to who takes it', async (status) => {
  asked.mockImplementation(async () => new Response('{"code":"not_found"}', { status }))
  const { begin, takeBegun } = await page()
  begin(HREF)
  const taken = await takeBegun(HREF)
  expect([taken?.status, await taken?.text()]).toEqual([status, '{"code":"not_found"}'])
})

test('one that does not come fails for who takes it, and is asked for anew', async () => {
  asked.mockRejectedValue(new TypeError('no connection'))
  const { begin, takeBegun } = await page()
  begin(HREF)
  await expect(takeBegun(HREF)).rejects.toThrow('no connection')
  expect(takeBegun(HREF)).toBeNull()
})
