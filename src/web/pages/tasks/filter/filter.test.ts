import fc from 'fast-check'
import i18next from 'i18next'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Condition, Filter } from '../../../../model/filter.ts'
import { parseTaskSearch } from '../../../task-search.ts'
import { tasks } from '../../../texts/en-tasks.ts'
import { conditionWords, type Names } from './condition-words.ts'
import { dayEnd, dayStart } from './days.ts'
import { parseDuration } from './duration-text.ts'
import { facetsOf } from './facets.ts'
import {
  chipsOf, hasChoice, hasFlag, searchOf, toggleChoice, toggleFlag, withAlternative, withCondition, withoutItem,
  withoutPart, withPart, withSearch,
} from './filter-edit.ts' // biome-ignore format: one list
import { searchProblem } from './search-problem.ts'

const NONE: Filter = { conditions: [] }

describe('the counts above the grid are filters', () => {
  test('a stage pressed, a second one, both pressed again', () => {
    const label = toggleChoice(NONE, 'stage_id', 2)
    const both = toggleChoice(label, 'stage_id', 3)
    expect(both.conditions).toEqual([{ field: 'stage_id', op: 'any_of', value: [2, 3] }])
    expect(hasChoice(both, 'stage_id', 3)).toBe(true)
    expect(toggleChoice(toggleChoice(both, 'stage_id', 2), 'stage_id', 3)).toEqual(NONE)
  })

  test('skipped is on or no condition at all', () => {
    const skipped = toggleFlag({ conditions: [{ field: 'is_skipped', op: 'equals', value: false }] }, 'is_skipped')
    expect(hasFlag(skipped, 'is_skipped')).toBe(true)
    expect(toggleFlag(skipped, 'is_skipped')).toEqual(NONE)
  })
})

describe('the search box', () => {
  test('is one condition, and no chip', () => {
    const typed = withSearch(withSearch(toggleChoice(NONE, 'split', null), 'blo'), 'blood')
    expect(searchOf(typed)).toBe('blood')
    expect(chipsOf(typed).map((c) => c.parts[0]?.field)).toEqual(['split'])
    expect(searchOf(withSearch(typed, ''))).toBe('')
  })
})

describe('chips and the URL', () => {
  const value = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))
  const condition = fc.record({
    field: fc.constantFrom('stage_id', 'name', 'priority', 'split') as fc.Arbitrary<Condition['field']>,
    op: fc.constantFrom('any_of', 'equals', 'between', 'contains') as fc.Arbitrary<Condition['op']>,
    value: fc.oneof(value, fc.array(value, { maxLength: 4 })),
  })
  test('every filter survives the URL', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 8 }), (conditions) => {
        expect(parseTaskSearch(JSON.parse(JSON.stringify({ filter: { conditions } }))).filter).toEqual({ conditions })
      }),
    )
  })
  test('a group survives the URL too', () => {
    const filter = { conditions: [{ any: [{ field: 'split', op: 'is_empty' }] }] }
    expect(parseTaskSearch(JSON.parse(JSON.stringify({ filter }))).filter).toEqual(filter)
  })

  const label: Condition = { field: 'stage_id', op: 'any_of', value: [2] }
  const high: Condition = { field: 'priority', op: 'between', value: [1, null] }
  const slow: Condition = { field: 'review_ms', op: 'between', value: [300_000, null] }
  test('a chip is edited and removed by its place', () => {
    const two = withCondition(withCondition(NONE, label), high)
    const edited = withPart(two, { item: 1, part: 0 }, { ...high, value: [5, 9] })
    expect(edited.conditions).toEqual([label, { ...high, value: [5, 9] }])
    expect(withoutPart(edited, { item: 0, part: 0 }).conditions).toEqual([edited.conditions[1]])
  })
  test('“or” makes a group of a condition, and what is left of a group is a condition again', () => {
    const two = withCondition(withCondition(NONE, label), high)
    const group = withAlternative(two, 0, slow)
    expect(group.conditions).toEqual([{ any: [label, slow] }, high])
    expect(chipsOf(group).map((c) => [c.item, c.parts.length])).toEqual([[0, 2], [1, 1]]) // biome-ignore format: one list
    expect(withPart(group, { item: 0, part: 1 }, high).conditions[0]).toEqual({ any: [label, high] })
    expect(withoutPart(group, { item: 0, part: 0 }).conditions).toEqual([slow, high])
    expect(withoutItem(group, 0).conditions).toEqual([high])
  })
  test('the counts above the grid let groups be', () => {
    const group: Filter = { conditions: [{ any: [label, { field: 'is_skipped', op: 'equals', value: true }] }] }
    expect([hasChoice(group, 'stage_id', 2), hasFlag(group, 'is_skipped')]).toEqual([false, false])
    expect(toggleChoice(group, 'stage_id', 2).conditions).toEqual([group.conditions[0], label])
    expect(toggleFlag(toggleFlag(group, 'is_skipped'), 'is_skipped')).toEqual(group)
  })

  test.each([
    ['nonsense', 'filter: this is not a filter.'],
    [
      { conditions: [{ field: 'colour', op: 'equals', value: 1 }] },
      'filter.conditions[0].field: there is no “colour” to filter by. Use one of name',
    ],
    [
      { conditions: [{ field: 'priority', op: 'like', value: 1 }] },
      'filter.conditions[0].op: “like” is no way to compare. Use one of between',
    ],
    [{ conditions: [{ field: 'priority', op: 'between', value: 5 }] }, 'takes [from, to]'],
    [{ conditions: [null] }, 'filter.conditions[0]: this is not a condition.'],
  ])('%j is refused with a sentence', (wrong, sentence) => {
    expect(searchProblem({ filter: wrong })).toContain(sentence)
  })
  test('a sort order names a column that can be sorted', () => {
    expect(searchProblem({ sort: '-queued_at' })).toBeNull()
    expect(searchProblem({ sort: '-colour' })).toContain('colour')
    expect(searchProblem({ sort: 'history' })).toContain('cannot be sorted')
  })
})

describe('a condition in words', () => {
  beforeAll(() => {
    vi.stubGlobal('document', { documentElement: { lang: 'en' } })
    return i18next.init({ lng: 'en', resources: { en: { translation: { tasks } } } as never })
  })
  const names: Names = {
    stage: (id) => ['', 'Prepare', 'Label', 'Review'][id],
    person: () => 'Mira',
    batch: () => 'Night',
    class: () => 'Car',
  }
  const say = (c: Condition) => {
    const { title, relation, value } = conditionWords(c, names, i18next.t)
    return `${title} ${relation} ${value}`
  }
  test.each<[Condition, string]>([
    [{ field: 'stage_id', op: 'any_of', value: [2, 3] }, 'Status is Label or Review'],
    [{ field: 'stage_id', op: 'none_of', value: [1, 2, 3] }, 'Status is not Prepare and 2 more'],
    [{ field: 'assignee_id', op: 'any_of', value: [null] }, 'Assignee is nobody'],
    [{ field: 'split', op: 'any_of', value: [null, 'train'] }, 'Split is none or train'],
    [{ field: 'duration_ms', op: 'between', value: [60_000, null] }, 'Duration ≥ 1m 00s'],
    [{ field: 'object_count', op: 'between', value: [0, 0] }, 'Objects is 0'],
    [{ field: 'priority', op: 'between', value: [-5, 1000] }, 'Priority is -5 – 1,000'],
    [{ field: 'queued_at', op: 'last_days', value: 7 }, 'In queue within the last 7 days'],
    [{ field: 'name', op: 'contains', value: 'cat' }, 'Name contains “cat”'],
    [{ field: 'is_open', op: 'equals', value: false }, 'Open now is no'],
    [{ field: 'class_counts', op: 'count_at_least', value: [4, 3] }, 'Classes has at least 3 × Car'],
    [{ field: 'skip_reason', op: 'any_of', value: ['poor_image_quality'] }, 'Skip reason is poor image quality'],
    [{ field: 'name', op: 'none_of', value: ['a.jpg'] }, 'Name is not “a.jpg”'],
    [{ field: 'assignee_id', op: 'equals', value: null }, 'Assignee is nobody'],
    [{ field: 'duration_ms', op: 'is_empty' }, 'Duration is empty'],
    [{ field: 'width', op: 'between', value: [1920, null] }, 'Image width ≥ 1,920'],
    [{ field: 'metadata', op: 'equals', value: ['camera', 'front'] }, 'Metadata camera is “front”'],
    [{ field: 'metadata', op: 'contains', value: ['camera', 'fr'] }, 'Metadata camera contains “fr”'],
    [{ field: 'metadata', op: 'any_of', value: ['camera', 'a', 'b', 'c'] }, 'Metadata camera is “a” and 2 more'],
    [{ field: 'metadata', op: 'is_not_empty', value: ['camera'] }, 'Metadata camera is not empty'],
    [{ field: 'rejected_by', op: 'any_of', value: [null, 4] }, 'Ever rejected by is nobody or Mira'],
    [{ field: 'moved_by_operation', op: 'any_of', value: [12] }, 'Moved by operation is #12'],
    [{ field: 'created_at', op: 'between', value: [null, dayEnd('2026-11-23')] }, 'Created before Nov 24, 2026'],
    [{ field: 'created_at', op: 'between', value: [dayStart('2026-11-25'), null] }, 'Created after Nov 24, 2026'],
    [
      { field: 'created_at', op: 'between', value: [dayStart('2026-11-24'), dayEnd('2026-11-24')] },
      'Created is Nov 24, 2026',
    ],
    [
      { field: 'created_at', op: 'between', value: [dayStart('2026-11-01'), dayEnd('2026-11-24')] },
      'Created is Nov 1, 2026 – Nov 24, 2026',
    ],
  ])('%j', (condition, words) => {
    expect(say(condition)).toBe(words)
  })
})

describe('a duration as typed', () => {
  test.each([
    ['90', 5_400_000],
    ['1h 30m', 5_400_000],
    ['1h04m09s', 3_849_000],
    ['45s', 45_000],
    ['2 min', 120_000],
    ['0.5h', 1_800_000],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })
  test.each(['', 'soon', '5 apples', '-3'])('“%s” is none', (text) => {
    expect(parseDuration(text)).toBeNull()
  })
})

test('a choice that is not among the counts has none, unless the list of counts was cut', () => {
  const few = facetsOf([{ value: null, total: 7 }, { value: 3, total: 2 }]) // biome-ignore format: one list
  expect([null, 3, 4].map((v) => few.counts?.(v))).toEqual([7, 2, 0])
  const many = facetsOf(Array.from({ length: 200 }, (_, value) => ({ value, total: 1 })))
  expect([many.counts?.(5), many.counts?.(500)]).toEqual([1, undefined])
})
