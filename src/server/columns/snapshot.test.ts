import { expect, test } from 'vitest'
import { hasGoneBack } from './snapshot.ts'

test.each([
  ['100:100:', '100:100:', false],
  ['100:103:100,102', '102:103:102', false],
  ['99:99:', '100:100:', false],
  ['100:103:100,102', '100:102:100', true],
  ['18446744069414584330:18446744069414584330:', '18446744069414584329:18446744069414584329:', true],
])('after %s, %s: the database has gone back is %s', (earlier, later, is) => {
  expect(hasGoneBack(earlier, later)).toBe(is)
})
