import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { endpoints } from '../contract/endpoints.ts'
import { Fields } from '../model/schema.ts'
import { SelectionSchema } from '../model/selection.ts'
import { ShapeSchema } from '../model/shapes/index.ts'
import { ViewColumnsSchema } from '../model/task-view.ts'
import { inputProblem } from './input.ts'
import { OPERATIONS } from './operations/index.ts'

const split = OPERATIONS.find((o) => o.name === 'set-split')?.params as (typeof OPERATIONS)[number]['params']

test('of a union, the sentence is about the kind that the value names', () => {
  expect(inputProblem(split, { kind: 'manual' }, 'params')).toBe('params: missing “split”.')
  expect(inputProblem(split, { kind: 'manual', split: 'dev' }, 'params')).toContain(
    'params.split: must be one of “train”',
  )
  expect(inputProblem(split, { kind: 'auto', seed: '' }, 'params')).toContain('params.seed')
  expect(inputProblem(split, { kind: 'other' }, 'params')).toContain('params.kind')
  expect(inputProblem(ShapeSchema, { type: 'polygon', points: [[1, 2]] }, 'shape')).toContain('shape.points')
  expect(inputProblem(SelectionSchema, { filter: { conditions: 5 } }, 'selection')).toContain(
    'selection.filter.conditions',
  )
  expect(inputProblem(SelectionSchema, { ids: ['a'] }, 'selection')).toContain('selection.ids[0]')
})

test('too long a list is told how many it may hold', () => {
  const except = Array.from({ length: 100_001 }, (_, i) => i + 1)
  expect(inputProblem(SelectionSchema, { filter: { conditions: [] }, all: true, except }, 'selection')).toBe(
    'selection.except: takes at most 100,000.',
  )
})

test('a list that names one item half a million times is refused at once, not after a copy of it for each', () => {
  const ids = Array.from({ length: 500_000 }, () => 1)
  expect(inputProblem(SelectionSchema, { ids }, 'selection')).toBe('selection.ids: takes at most 100,000.')
  expect(inputProblem(SelectionSchema, { ids: ids.slice(0, 100_000) }, 'selection')).toBe(
    'selection.ids: names one of them twice.',
  )
  const pinned = Array.from({ length: 500_000 }, () => 'name')
  const columns = { order: [], hidden: [], pinned, widths: {}, density: 'normal' }
  expect(inputProblem(ViewColumnsSchema, columns, 'columns')).toBe('columns.pinned: takes at most 100.')
})

test('no list of the contract is `uniqueItems`', () => {
  expect(JSON.stringify(endpoints)).not.toContain('uniqueItems')
})

test('text that no database holds is named with its place', () => {
  const schema = Fields({ name: Type.String(), list: Type.Array(Type.String()), any: Type.Unknown() })
  const value = { name: 'a', list: ['b'], any: null as unknown }
  expect(inputProblem(schema, value, 'body')).toBeNull()
  expect(inputProblem(schema, { ...value, name: 'a\u0000' }, 'body')).toBe(
    'body.name: holds a character that cannot be stored.',
  )
  expect(inputProblem(schema, { ...value, list: ['ok', '\ud800'] }, 'body')).toContain('body.list[1]')
  expect(inputProblem(schema, { ...value, any: [1, { a: ['x', '\u0000'] }] }, 'body')).toContain('body.any[1].a[1]:')
  expect(inputProblem(schema, { ...value, name: '😀' }, 'body')).toBeNull()
})

test('a value nested a hundred thousand deep is looked through without a stack', () => {
  let deep: unknown = 'x\u0000'
  for (let i = 0; i < 100_000; i++) deep = [deep]
  expect(inputProblem(Fields({ any: Type.Unknown() }), { any: deep }, 'body')).toContain('cannot be stored')
})
