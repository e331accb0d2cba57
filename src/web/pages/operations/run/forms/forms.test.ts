import { describe, expect, test } from 'vitest'
import { changeStatusForm, presetOf, withPreset } from './change-status.tsx'
import { countedOf, withUncounted } from './counted.ts'
import { missingFields, schemaFields } from './schema-fields.ts'
import { lockOf, withLock } from './split-lock.ts'

describe('presets of Change status', () => {
  test('are combinations of the four cleanups, and are recognized again', () => {
    const params = { stage_id: 2, comment: 'x' }
    expect(presetOf(params)).toBe('rework')
    expect(withPreset(params, 'reassign')).toEqual({
      stage_id: 2,
      comment: 'x',
      remove_annotations: false,
      remove_assignees: true,
      remove_history: false,
      remove_duration: false,
    })
    expect(presetOf(withPreset(params, 'fresh_start'))).toBe('fresh_start')
    expect(presetOf({ ...params, remove_duration: true })).toBeNull()
  })
})

test('a split is locked, unlocked or left as it is; to unlock takes the locked tasks along', () => {
  const params = { kind: 'manual', split: 'train' }
  expect([withLock(params, 'lock'), withLock(params, 'unlock')]).toEqual([
    { ...params, lock: true },
    { ...params, lock: false, override_locked: true },
  ])
  expect(withLock({ ...params, lock: true }, 'keep')).toEqual(params)
  for (const lock of ['keep', 'lock', 'unlock'] as const) expect(lockOf(withLock(params, lock))).toBe(lock)
})

test('locked tasks that came along to be unlocked stay behind when nothing is unlocked after all', () => {
  const params = { kind: 'manual', split: 'train' }
  expect(withLock(withLock(params, 'unlock'), 'keep')).toEqual(params)
  expect(withLock(withLock(params, 'unlock'), 'lock')).toEqual({ ...params, lock: true })
  const overriding = { ...params, override_locked: true }
  expect(withLock(withLock(overriding, 'unlock', true), 'keep', true)).toEqual(overriding)
})

test('a comment changes no number: it is not previewed, and runs as it stands then', () => {
  const params = { stage_id: 2, remove_history: true, comment: 'again, pl' }
  expect(countedOf(changeStatusForm, params)).toEqual({ stage_id: 2, remove_history: true })
  const previewed = { stage_id: 2, remove_history: true, seed: 'x' }
  const now = { ...params, comment: 'again, please' }
  expect(withUncounted(changeStatusForm, previewed, now)).toEqual({ ...previewed, comment: 'again, please' })
  expect(withUncounted({}, previewed, now)).toEqual(previewed)
})

describe('a form from a JSON Schema', () => {
  const schema = {
    type: 'object',
    required: ['stage_id'],
    properties: {
      stage_id: { type: 'integer' },
      is_loud: { type: 'boolean' },
      mode: { type: 'string', enum: ['a', 'b'] },
      note: { type: ['string', 'null'] },
      area: { type: 'object' },
    },
  }
  test('has a control per field', () => {
    expect(schemaFields(schema)?.map((f) => `${f.label}: ${f.control}`)).toEqual([
      'Stage id: integer',
      'Is loud: flag',
      'Mode: choice',
      'Note: text',
      'Area: json',
    ])
    expect(missingFields(schema, {})).toEqual(['stage_id'])
    expect(missingFields(schema, { stage_id: 1 })).toEqual([])
  })
  test('is one JSON field when the schema is a choice of several', () => {
    expect(schemaFields({ anyOf: [] })).toBeNull()
    expect(schemaFields(null)).toBeNull()
  })
})
