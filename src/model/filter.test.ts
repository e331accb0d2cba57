import { expect, test } from 'vitest'
import { type Condition, conditionProblem } from './filter.ts'
import { FIELD_OPERATORS, OPERATORS, TASK_FIELD_NAMES, TASK_FIELDS } from './task-fields.ts'

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
])('%j is right', (condition) => {
  expect(conditionProblem(condition)).toBeNull()
})

test.each<[Condition, string]>([
  [c('thumbnail', 'equals', 1), 'cannot be filtered'],
  [c('history', 'is_empty'), 'cannot be filtered'],
  [c('size', 'equals', 1), 'cannot be filtered'],
  [c('name', 'any_of', ['a']), 'use one of contains, equals, is_empty, is_not_empty'],
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
])('%j is wrong: %s', (condition, problem) => {
  const sentence = conditionProblem(condition)
  expect(String(sentence)).toContain(problem)
  expect(sentence).toContain(condition.field)
})

test('every filterable column has operators, and every operator belongs to some column', () => {
  for (const name of TASK_FIELD_NAMES)
    if (TASK_FIELDS[name].filterable) expect(FIELD_OPERATORS[TASK_FIELDS[name].type].length, name).toBeGreaterThan(0)
  const used = new Set(TASK_FIELD_NAMES.flatMap((name) => [...FIELD_OPERATORS[TASK_FIELDS[name].type]]))
  expect([...OPERATORS].filter((op) => !used.has(op))).toEqual([])
})
