import i18next from 'i18next'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { EVENT_KINDS } from '../../../model/task.ts'
import { tasks } from '../../texts/en-tasks.ts'
import { eventChanges } from './event-changes.ts'
import { EVENT_GROUPS, EVENT_SENTENCES, type EventNames, eventSentence, type TimelineEvent } from './event-sentences.ts'

const names: EventNames = {
  stage: (id) => ({ 1: 'Prepare', 2: 'Label', 3: 'Review' })[id as number] ?? null,
  person: (id) => ({ 7: 'Mira', 8: 'Jonas' })[id as number] ?? null,
  batch: (id) => (id === 4 ? 'Night' : null),
}
const event = (over: Partial<TimelineEvent>): TimelineEvent => ({
  number: 1, kind: 'created', at: '2026-11-24T10:00:00.000Z', actor_id: 7, actor_kind: 'person', actor_name: 'Mira',
  operation_id: null, operation_name: null, before: null, after: null, note: null, ...over,
}) // biome-ignore format: one row

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } })
  return i18next.init({ lng: 'en', resources: { en: { translation: { tasks } } } as never })
})

test.each(EVENT_KINDS)('%s has a sentence, also when nothing is told but the kind', (kind) => {
  const sentence = eventSentence(event({ kind }), names, i18next.t)
  expect(sentence).not.toContain('tasks.')
  expect(sentence).not.toContain('{{')
  expect(sentence.length).toBeGreaterThan(5)
})

test('there is no sentence for a kind that does not exist', () => {
  expect(Object.keys(EVENT_SENTENCES).sort()).toEqual([...EVENT_KINDS].sort())
})

test('every kind is found under one of the groups', () => {
  expect(Object.values(EVENT_GROUPS).flat().sort()).toEqual([...EVENT_KINDS].sort())
})

describe('in words', () => {
  test.each<[Partial<TimelineEvent>, string]>([
    [{ kind: 'released', after: { stage_id: 2 } }, 'released to Label'],
    [{ kind: 'assigned', after: { assignee_id: 8 } }, 'assigned to Jonas'],
    [{ kind: 'assigned', after: { assignee_id: 7 } }, 'took this task'],
    [{ kind: 'unassigned', before: { assignee_id: null } }, 'removed the assignees of all stages'],
    [{ kind: 'skipped', after: { skip_reason: 'poor_image_quality' } }, 'skipped: poor image quality'],
    [{ kind: 'annotations_removed', before: { object_count: 1204 } }, 'removed 1,204 objects'],
    [{ kind: 'history_cleared', after: { entries: 9 } }, 'history cleared (9 entries)'],
    [{ kind: 'split_set', after: { split: null } }, 'removed the split'],
    [{ kind: 'batch_set', after: { batch_id: 4 } }, 'set the batch to Night'],
    [{ kind: 'taken_over', before: { person_id: 8 } }, 'took over from Jonas, who had it open'],
  ])('%j', (over, words) => {
    expect(eventSentence(event(over), names, i18next.t)).toBe(words)
  })
})

describe('before → after', () => {
  test('a move tells stage and assignee, and only what differs', () => {
    const moved = event({
      kind: 'status_changed',
      before: { stage_id: 3, assignee_id: 8 },
      after: { stage_id: 2, assignee_id: null },
    })
    expect(eventChanges(moved, names, i18next.t).map((c) => `${c.title}: ${c.before} → ${c.after}`)).toEqual([
      'Status: Review → Label',
      'Assignee: Jonas → none',
    ])
    const kept = event({
      kind: 'status_changed',
      before: { stage_id: 3, assignee_id: 8 },
      after: { stage_id: 2, assignee_id: 8 },
    })
    expect(eventChanges(kept, names, i18next.t)).toHaveLength(1)
  })
  test('a reset tells the time that went', () => {
    const reset = event({
      kind: 'duration_reset',
      before: { duration_ms: 3_849_000, review_ms: 0 },
      after: { duration_ms: 0, review_ms: 0 },
    })
    expect(eventChanges(reset, names, i18next.t)).toEqual([
      { column: 'duration_ms', title: 'Duration', before: '1h 04m 09s', after: '–' },
    ])
  })
})
