import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareOffers, type Offer } from './queue.ts'

const offer = fc.record<Offer>({
  task_id: fc.integer({ min: 1, max: 50 }),
  is_returned: fc.boolean(),
  priority: fc.integer({ min: -2, max: 2 }),
  queued_at: fc.constantFrom('2026-11-24T12:00:00.000Z', '2026-11-24T12:00:00.001Z', '2026-11-23T12:00:00.000Z'),
})

test('offers have one order, whatever order they come in', () => {
  fc.assert(
    fc.property(fc.uniqueArray(offer, { selector: (o) => o.task_id, maxLength: 20 }), (offers) => {
      const sorted = [...offers].sort(compareOffers)
      expect([...offers].reverse().sort(compareOffers)).toEqual(sorted)
      for (let i = 1; i < sorted.length; i++)
        expect(compareOffers(sorted[i - 1] as Offer, sorted[i] as Offer)).toBeLessThan(0)
    }),
  )
})

test('priority comes first, then queue time, then id', () => {
  const at = { task_id: 5, is_returned: false, priority: 0, queued_at: '2026-11-24T12:00:00.000Z' }
  expect(compareOffers({ ...at, priority: 1, queued_at: '2026-12-24T12:00:00.000Z' }, at)).toBeLessThan(0)
  expect(compareOffers({ ...at, task_id: 9, queued_at: '2026-11-24T11:59:59.999Z' }, at)).toBeLessThan(0)
  expect(compareOffers({ ...at, task_id: 4 }, at)).toBeLessThan(0)
})
