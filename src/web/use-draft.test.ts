import { expect, test } from 'vitest'
import { follow } from './use-draft.ts'

const isNewer = (newest: { version: number }, opened: { version: number }) => newest.version > opened.version
const at = (version: number, name: string) => ({ version, name })
const opened = at(1, 'a')

test('a form nobody has changed follows the server', () => {
  expect(follow({ opened, draft: at(1, 'a') }, at(2, 'b'), isNewer)).toEqual({ opened: at(2, 'b'), draft: at(2, 'b') })
})

test('a changed form stays as it is, upon what it was written', () => {
  const held = { opened, draft: at(1, 'mine') }
  expect(follow(held, at(2, 'b'), isNewer)).toBe(held)
})

test('an answer that is older than what was saved since does not count', () => {
  const held = { opened: at(2, 'b'), draft: at(2, 'b') }
  expect(follow(held, at(1, 'a'), isNewer)).toBe(held)
})
