import i18next from 'i18next'
import { beforeAll, expect, test, vi } from 'vitest'
import { operations } from '../../texts/en-operations.ts'
import { tasks } from '../../texts/en-tasks.ts'
import { operationWords } from './operation-words.ts'

const names = { stage: (id: number) => (id === 2 ? 'Label' : undefined), person: () => 'Mira', batch: () => 'Night' }

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } })
  return i18next.init({ lng: 'en', resources: { en: { translation: { tasks, operations } } } as never })
})

test.each([
  [
    'change-status',
    { stage_id: 2, remove_history: true, remove_annotations: false, open: 'take_over', comment: 'again' },
    'to Label · removes stage history · takes over open tasks · “again”',
  ],
  ['change-status', { stage_id: 9 }, 'to #9'],
  ['set-split', { kind: 'manual', split: null }, 'to none'],
  [
    'set-split',
    { kind: 'manual', split: 'test', lock: false, override_locked: true },
    'to test · also locked ones · unlocked',
  ],
  [
    'set-split',
    { kind: 'auto', percents: { train: 80, validation: 10, test: 10 }, seed: 'ab', mode: 'unassigned' },
    'auto 80 / 10 / 10 · only unassigned · seed ab',
  ],
  ['clear-skip', { to: 'skipper' }, 'back to the skipper'],
  ['assign', { person_id: null }, 'to nobody'],
  ['assign', { person_id: 7 }, 'to Mira'],
  ['set-priority', { priority: 1000 }, 'to 1,000'],
  ['set-batch', { batch_id: 4 }, 'to Night'],
  ['restore', {}, ''],
  ['undo', { operation_id: 12 }, 'of operation #12'],
  ['paint-it-black', { shade: 3 }, 'shade: 3'],
  ['toString', null, ''],
])('%s %j', (name, params, words) => {
  expect(operationWords({ name, params }, names, i18next.t).join(' · ')).toBe(words)
})
