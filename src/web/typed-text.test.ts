import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TypedText } from './typed-text.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const REST_MS = 250

function box(value = '') {
  const shown = { text: value }
  const sent: string[] = []
  const show = (text: string) => {
    shown.text = text
  }
  const typed = new TypedText({ value, restMs: REST_MS, show })
  typed.onSend = (text) => sent.push(text)
  return { typed, sent, shown }
}

test('what is typed is sent once, when the typing rests, or at once', () => {
  const { typed, sent } = box()
  for (const text of ['c', 'ca', 'cat']) typed.type(text)
  expect(sent).toEqual([])
  vi.advanceTimersByTime(REST_MS)
  expect(sent).toEqual(['cat'])
  typed.type('cats')
  typed.send()
  vi.advanceTimersByTime(REST_MS)
  expect(sent).toEqual(['cat', 'cats'])
})

test('a space at the end stays in the box', () => {
  const { typed, sent, shown } = box()
  typed.type('cat ')
  vi.advanceTimersByTime(REST_MS)
  typed.follow('cat')
  expect([sent, shown.text]).toEqual([['cat'], 'cat '])
})

test('a change from elsewhere wins, over what waits too', () => {
  const { typed, sent, shown } = box('cat')
  typed.type('cats')
  typed.follow('')
  vi.advanceTimersByTime(REST_MS)
  expect([sent, shown.text]).toEqual([[], ''])
})

test('what was sent comes into the address late and cuts nothing that was typed since', () => {
  const { typed, sent, shown } = box()
  typed.type('ca')
  typed.send()
  typed.type('cat')
  typed.send()
  typed.type('cats')
  typed.follow('ca')
  typed.follow('cat')
  vi.advanceTimersByTime(REST_MS)
  expect([sent, shown.text]).toEqual([['ca', 'cat', 'cats'], 'cats'])
})

test('it is sent to whoever listens when the typing rests: another filter may have been chosen meanwhile', () => {
  const { typed, sent } = box()
  const later: string[] = []
  typed.type('cat')
  typed.onSend = (text) => later.push(text)
  vi.advanceTimersByTime(REST_MS)
  expect([sent, later]).toEqual([[], ['cat']])
})
