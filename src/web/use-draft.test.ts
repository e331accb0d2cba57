import { expect, test } from 'vitest'
import { afterSave, follow } from './use-draft.ts'

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

test('a saved form is as the server has it', () => {
  const sent = at(1, 'mine')
  expect(afterSave({ opened, draft: sent }, sent, at(2, 'Mine'))).toEqual({
    opened: at(2, 'Mine'),
    draft: at(2, 'Mine'),
  })
})

test('what is typed while the save is under way stays, upon what was saved', () => {
  const held = { opened, draft: at(1, 'mine, and more') }
  expect(afterSave(held, at(1, 'mine'), at(2, 'mine'))).toEqual({
    opened: at(2, 'mine'),
    draft: at(2, 'mine, and more'),
  })
})

test('what another person saved beside it is not taken back by what was typed meanwhile', () => {
  const sent = { name: 'a', settings: { idle_s: 30, lease_s: 60 } }
  const held = { opened: sent, draft: { name: 'a', settings: { idle_s: 40, lease_s: 60 } } }
  expect(afterSave(held, sent, { name: 'a', settings: { idle_s: 30, lease_s: 90 } }).draft).toEqual({
    name: 'a',
    settings: { idle_s: 40, lease_s: 90 },
  })
})
