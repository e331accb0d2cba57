import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { type Condition, conditionsOf, type Filter, FilterSchema, NO_FILTER, withoutField } from './filter.ts'
import { conditionProblem, filterProblem, instantOf } from './filter-problem.ts'
import { FIELD_OPERATORS, FILTER_FIELDS, FILTERABLE_NAMES, OPERATORS } from './task-fields.ts'

const c = (field: string, op: string, value?: unknown) =>
  ({ field, op, ...(value === undefined ? {} : { value }) }) as Condition

test.each([
  c('name', 'contains', 'a'),
  c('name', 'equals', ''),
  c('folder', 'is_empty'),
  c('stage_id', 'any_of', [1, 2]),
  c('assignee_id', 'any_of', [null, 3]),
  c('split', 'none_of', ['train', null]),
  c('priority', 'between', [null, 5]),
  c('priority', 'between', [null, null]),
  c('priority', 'equals', -3),
  c('duration_ms', 'between', [0.5, 10]),
  c('queued_at', 'between', ['2026-01-01T00:00:00.000Z', null]),
  c('queued_at', 'last_days', 0.5),
  c('is_skipped', 'equals', false),
  c('class_counts', 'count_at_least', [1, 2]),
  c('skip_reason', 'any_of', ['other']),
  c('id', 'any_of', [1]),
  c('name', 'any_of', ['a', 'b']),
  c('stage_id', 'equals', 2),
  c('assignee_id', 'equals', null),
  c('priority', 'none_of', [0, 5]),
  c('duration_ms', 'is_empty'),
  c('width', 'between', [1920, null]),
  c('metadata', 'equals', ['camera', '']),
  c('metadata', 'contains', ['camera', 'fr']),
  c('metadata', 'none_of', ['camera', 'front', 'rear']),
  c('metadata', 'is_empty', ['camera']),
  c('rejected_by', 'any_of', [null, 3]),
  c('skipped_ever_by', 'is_not_empty'),
  c('moved_by_operation', 'any_of', [12]),
])('%j is right', (condition) => {
  expect(conditionProblem(condition)).toBeNull()
})

test.each<[Condition, string]>([
  [c('thumbnail', 'equals', 1), 'cannot be filtered'],
  [c('history', 'is_empty'), 'cannot be filtered'],
  [c('size', 'equals', 1), 'cannot be filtered'],
  [c('name', 'between', ['a', 'b']), 'use one of contains, equals, any_of, none_of, is_empty, is_not_empty'],
  [c('name', 'contains', ''), 'takes a text'],
  [c('name', 'contains', 5), 'takes a text'],
  [c('name', 'equals', 5), 'takes one value'],
  [c('name', 'is_empty', 'x'), 'takes no value'],
  [c('stage_id', 'any_of', []), 'takes a list'],
  [c('stage_id', 'any_of', ['1']), 'takes a list'],
  [c('stage_id', 'any_of', [1.5]), 'takes a list'],
  [c('id', 'any_of', [1e30]), 'takes a list'],
  [c('priority', 'any_of', [0.5]), 'takes a list'],
  [c('class_counts', 'any_of', [1.5]), 'takes a list'],
  [c('stage_id', 'any_of', 1), 'takes a list'],
  [c('priority', 'between', [1]), '[from, to]'],
  [c('priority', 'between', ['1', 2]), '[from, to]'],
  [c('priority', 'equals', true), 'takes one value'],
  [c('priority', 'equals', null), 'takes one value'],
  [c('queued_at', 'between', ['yesterday', null]), '[from, to]'],
  [c('queued_at', 'between', [5, null]), '[from, to]'],
  // V8 reads these as dates; PostgreSQL does not.
  [c('queued_at', 'between', ['1', null]), '[from, to]'],
  [c('queued_at', 'between', ['foo 1', null]), '[from, to]'],
  [c('queued_at', 'between', ['+275760-09-13T00:00:00.000Z', null]), '[from, to]'],
  [c('queued_at', 'last_days', 0), 'number of days'],
  [c('queued_at', 'last_days', -1), 'number of days'],
  [c('queued_at', 'last_days', 1e9), 'number of days'],
  [c('is_skipped', 'equals', 'true'), 'takes one value'],
  [c('class_counts', 'count_at_least', [1]), '[class id, count]'],
  [c('class_counts', 'count_at_least', [null, 1]), '[class id, count]'],
  [c('size', 'equals', 1), 'width, height'],
  [c('name', 'any_of', [null]), 'each a text, not “null”'],
  [c('split', 'any_of', ['train', 'dev']), 'each one of train, validation, test, or null for none, not “dev”'],
  [c('skip_reason', 'equals', 'dull'), 'one of ambiguous, poor_image_quality, other'],
  [c('stage_id', 'equals', 1.5), 'an id'],
  [c('stage_id', 'any_of', [null]), 'not “null”'],
  [
    c(
      'id',
      'any_of',
      Array.from({ length: 1001 }, () => 1),
    ),
    '1 to 1000 of them',
  ],
  [c('metadata', 'equals', 'front'), 'takes [key, text]'],
  [c('metadata', 'equals', ['', 'front']), 'takes [key, text]'],
  [c('metadata', 'equals', ['camera', 5]), 'takes [key, text]'],
  [c('metadata', 'contains', ['camera', '']), 'takes [key, text]'],
  [c('metadata', 'any_of', ['camera']), 'takes [key, text, …]'],
  [c('metadata', 'is_empty'), 'takes [key]'],
  [c('metadata', 'between', ['a', 'b']), 'use one of equals, any_of, none_of, contains, is_empty, is_not_empty'],
  [c('rejected_by', 'any_of', ['Mira']), 'the id of a person, or null for nobody'],
  [c('moved_by_operation', 'any_of', [null]), 'an id'],
])('%j is wrong: %s', (condition, problem) => {
  const sentence = conditionProblem(condition)
  expect(String(sentence)).toContain(problem)
  expect(sentence).toContain(condition.field)
})

test('everything that can be filtered has operators, and every operator belongs to something', () => {
  for (const name of FILTERABLE_NAMES) expect(FIELD_OPERATORS[FILTER_FIELDS[name].type].length, name).toBeGreaterThan(0)
  const used = new Set(FILTERABLE_NAMES.flatMap((name) => [...FIELD_OPERATORS[FILTER_FIELDS[name].type]]))
  expect([...OPERATORS].filter((op) => !used.has(op))).toEqual([])
})

const label = c('stage_id', 'any_of', [2])
const slow = c('review_ms', 'between', [300_000, null])

test('a filter is conditions and groups of them', () => {
  const filter: Filter = { conditions: [c('split', 'any_of', ['train']), { any: [label, slow] }] }
  expect(filterProblem(filter)).toBeNull()
  expect(filterProblem(NO_FILTER)).toBeNull()
  expect(conditionsOf(filter).map((x) => x.field)).toEqual(['split', 'stage_id', 'review_ms'])
  expect(withoutField(filter, 'review_ms').conditions).toEqual([filter.conditions[0]])
  expect(withoutField(filter, 'split').conditions).toEqual([filter.conditions[1]])
})

const many = (n: number) => Array.from({ length: n }, () => label)
test.each<[unknown, string]>([
  [undefined, 'this is not a filter. Write {"conditions": […]}.'],
  [[], 'this is not a filter'],
  ['nonsense', 'this is not a filter'],
  [{ conditions: 5 }, 'this is not a filter'],
  [{ conditions: [], extra: 1 }, 'unknown “extra”'],
  [{ conditions: [null] }, 'filter.conditions[0]: this is not a condition'],
  [{ conditions: [[label]] }, 'filter.conditions[0]: this is not a condition'],
  [{ conditions: [label, { op: 'equals' }] }, 'filter.conditions[1]: missing “field”'],
  [{ conditions: [{ field: 'name' }] }, 'missing “op”'],
  [{ conditions: [{ ...label, more: 1 }] }, 'unknown “more”'],
  [
    { conditions: [{ field: 'colour', op: 'equals', value: 1 }] },
    'no “colour” to filter by. Use one of name, stage_id',
  ],
  [{ conditions: [{ field: 'constructor', op: 'equals', value: 1 }] }, 'no “constructor”'],
  [{ conditions: [{ field: { a: 1 }, op: 'equals' }] }, 'no “object”'],
  [{ conditions: [{ field: 'priority', op: 'like', value: 1 }] }, '“like” is no way to compare. Use one of between'],
  [{ conditions: [{ field: 'name', op: 'equals', value: {} }] }, 'filter.conditions[0].value: takes a text, a number'],
  [{ conditions: [{ field: 'name', op: 'any_of', value: [['a']] }] }, 'filter.conditions[0].value: takes'],
  [{ conditions: [{ any: [] }] }, 'filter.conditions[0].any: takes a list of one or more conditions'],
  [{ conditions: [{ any: label }] }, 'any: takes a list'],
  [{ conditions: [{ any: [label], all: [] }] }, 'unknown “all”; a group has “any” only'],
  [
    { conditions: [{ any: [label, { any: [slow] }] }] },
    'filter.conditions[0].any[1]: a group holds conditions, not groups',
  ],
  [{ conditions: [{ any: [{ field: 'hue', op: 'equals' }] }] }, 'filter.conditions[0].any[0].field: there is no “hue”'],
  [{ conditions: [{ any: [c('split', 'equals', 'dev')] }] }, '“split equals” takes one value: one of train'],
  [{ conditions: [...many(30), { any: many(21) }] }, '51 conditions are too many; use at most 50'],
])('%j is refused with a sentence', (wrong, sentence) => {
  expect(filterProblem(wrong)).toContain(sentence)
})

test('what has no problem fits the schema, whatever came from outside', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.object())
  const condition = fc.record(
    {
      field: fc.oneof(fc.constantFrom(...FILTERABLE_NAMES), fc.constant('colour')),
      op: fc.oneof(fc.constantFrom(...OPERATORS), fc.constant('like')),
      value: fc.oneof(value, fc.array(value, { maxLength: 3 })),
    },
    { requiredKeys: [] },
  )
  const item = fc.oneof(condition, fc.record({ any: fc.array(condition, { maxLength: 3 }) }), value)
  const filter = fc.oneof(fc.record({ conditions: fc.array(item, { maxLength: 2 }) }), value)
  const schema = Compile(FilterSchema)
  let right = 0
  fc.assert(
    fc.property(filter, (given) => {
      // As JSON: that is how it arrives.
      const json = JSON.parse(JSON.stringify(given ?? null))
      const problem = filterProblem(json)
      if (problem === null) {
        right++
        expect(schema.Check(json)).toBe(true)
      } else expect(problem).toMatch(/^filter.*\.$/s)
    }),
    { numRuns: 3000 },
  )
  expect(right).toBeGreaterThan(50)
})

test.each([
  ['2026-11-24', '2026-11-24T00:00:00.000Z'],
  ['2026-11-24T18:00', '2026-11-24T18:00:00.000Z'],
  ['2026-11-24T18:00:00.5', '2026-11-24T18:00:00.500Z'],
  ['2026-11-24T18:00:00+05:30', '2026-11-24T12:30:00.000Z'],
  ['2028-02-29T00:00:00-15:59', '2028-02-29T15:59:00.000Z'],
  ['0001-01-02', '0001-01-02T00:00:00.000Z'],
])('%s is one instant everywhere', (text, instant) => {
  expect(instantOf(text)).toBe(instant)
})

test.each([
  'foo 1', '', '2026-11', '2026-02-31', '2026-02-31T00:00:00Z', '2027-02-29T00:00:00Z', '2026-13-01', '2026-11-24T25:00', '2026-11-24T00:00:60Z',
  '2026-11-24T00:00:00+16:00', '2026-11-24T00:00:00-23:59', '2026-11-24T00:00:00+05:60', '0000-12-31', '9999-12-31T23:00:00-15:00', 5, null,
])('%j is no moment', (text) => {
  expect(instantOf(text)).toBeNull()
}) // biome-ignore format: a list
