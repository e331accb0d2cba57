import { expect, it } from 'vitest'
import type { Pin } from './pins.ts'
import { sendBegun } from './send-begun.ts'
import { placeOfNew, unsent } from './unsent.ts'

it('what was begun is sent once, where it was pinned, and stays begun until it is there', async () => {
  const pin: Pin = { place: { x: 3, y: 4 }, object_id: 'car' }
  const written: (Pin & { text: string; key: string })[] = []
  let isAway = true
  const write = async (comment: (typeof written)[number]) => {
    written.push(comment)
    if (isAway) throw new Error('away')
  }
  await sendBegun(5, write)
  unsent.keepPin(placeOfNew(5), pin)
  unsent.keep(placeOfNew(5), 'Too wide ')
  await expect(sendBegun(5, write)).rejects.toThrow('away')
  expect(unsent.of(placeOfNew(5))).toBe('Too wide ')
  isAway = false
  await sendBegun(5, write)
  await sendBegun(5, write)
  expect(written).toEqual([
    { ...pin, text: 'Too wide', key: expect.any(String) },
    { ...pin, text: 'Too wide', key: written[0]?.key },
  ])
  expect(unsent.isAny()).toBe(false)
})
