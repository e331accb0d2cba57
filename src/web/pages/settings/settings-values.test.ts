import { expect, test } from 'vitest'
import { changesOf, type SettingsValues } from './settings-values.ts'

const opened = {
  name: 'Cells',
  description: '',
  stages: [
    { id: 1, position: 1, kind: 'prepare', name: 'Prepare' },
    { id: 2, position: 2, kind: 'label', name: 'Label' },
  ],
  settings: { allow_skip: true, idle_threshold_s: 60 },
} as unknown as SettingsValues

test('only what was changed here is sent', () => {
  expect(changesOf(opened, opened)).toEqual({})
  expect(changesOf(opened, { ...opened, settings: { ...opened.settings, allow_skip: false } })).toEqual({
    settings: { allow_skip: false },
  })
  const stages = opened.stages.map((s) => (s.id === 2 ? { ...s, name: 'Draw' } : s))
  expect(changesOf(opened, { ...opened, name: 'Blood', stages })).toEqual({
    name: 'Blood',
    stage_names: [{ id: 2, name: 'Draw' }],
  })
})
