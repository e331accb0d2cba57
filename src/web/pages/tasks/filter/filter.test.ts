import fc from 'fast-check'
import i18next from 'i18next'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Condition, Filter } from '../../../../model/filter.ts'
import { parseTaskSearch } from '../../../task-search.ts'
import { tasks } from '../../../texts/en-tasks.ts'
import { conditionWords, type Names } from './condition-words.ts'
import { parseDuration } from './duration-text.ts'
import {
  chipsOf, filterProblem, hasChoice, hasFlag, searchOf, sortProblem, toggleChoice, toggleFlag, withCondition, withoutCondition, withSearch,
} from './filter-edit.ts' // biome-ignore format: one list

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
    expect(chipsOf(typed).map((c) => c.condition.field)).toEqual(['split'])
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
  test('a chip is edited and removed by its place', () => {
    const two = withCondition(toggleChoice(NONE, 'stage_id', 2), null, {
      field: 'priority',
      op: 'between',
      value: [1, null],
    })
    const edited = withCondition(two, 1, { field: 'priority', op: 'between', value: [5, 9] })
    expect(edited.conditions[1]?.value).toEqual([5, 9])
    expect(withoutCondition(edited, 0).conditions).toEqual([edited.conditions[1]])
  })
  test.each([
    ['nonsense', 'filter: this is not a filter.'],
    [{ conditions: [{ field: 'colour', op: 'equals', value: 1 }] }, 'filter: there is no column “colour”.'],
    [{ conditions: [{ field: 'priority', op: 'like', value: 1 }] }, 'filter: “priority like”: use one of'],
    [{ conditions: [{ field: 'priority', op: 'between', value: 5 }] }, 'takes [from, to]'],
    [{ conditions: [null] }, 'filter: this is not a condition.'],
  ])('%j is refused with a sentence', (wrong, sentence) => {
    expect(filterProblem(wrong)).toContain(sentence)
  })
  test('a sort order names a column that can be sorted', () => {
    expect(sortProblem('-queued_at')).toBeNull()
    expect(sortProblem('-colour')).toContain('colour')
    expect(sortProblem('history')).toContain('cannot be sorted')
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
