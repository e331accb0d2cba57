import { expect, test } from 'vitest'
import { Json } from './json-reply.ts'

test.each([[[]], [[{ a: 1 }]], [[{ a: 'ü "x"' }, { a: '\u2028' }, { a: '' }]]])(
  'a list of %j reads as it was',
  (list) => {
    const reply = Json.withList<{ list: object[]; next: string | null }>(
      { next: 'ÿ' },
      'list',
      list.map((item) => Buffer.from(JSON.stringify(item))),
    )
    expect(JSON.parse(reply.bytes.toString())).toEqual({ next: 'ÿ', list })
  },
)
