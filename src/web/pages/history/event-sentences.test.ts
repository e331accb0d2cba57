import i18next from 'i18next'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { EVENT_GROUPS } from '../../../model/event-groups.ts'
import { EVENT_KINDS } from '../../../model/task.ts'
import { history } from '../../texts/en-history.ts'
import { tasks } from '../../texts/en-tasks.ts'
import { eventChanges } from './event-changes.ts'
import { EVENT_SENTENCES, type EventNames, eventSentence, type TimelineEvent } from './event-sentences.ts'

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
  return i18next.init({ lng: 'en', resources: { en: { translation: { tasks: { ...tasks, history } } } } as never })
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
  expect(
    Object.values(EVENT_GROUPS)
      .flatMap((g) => g.kinds)
      .sort(),
  ).toEqual([...EVENT_KINDS].sort())
})

describe('in words', () => {
  test.each<[Partial<TimelineEvent>, string]>([
    [{ kind: 'released', after: { stage_id: 2 } }, 'released to Label'],
    [{ kind: 'assigned', after: { assignee_id: 8 } }, 'assigned to Jonas'],
    [{ kind: 'assigned', after: { assignee_id: 7 } }, 'took this task'],
    [{ kind: 'unassigned', before: { assignee_id: null } }, 'removed the assignees of all stages'],
    [{ kind: 'skipped', after: { skip_reason: 'poor_image_quality' } }, 'skipped: poor image quality'],
    [{ kind: 'annotations_removed', before: { object_count: 1204 } }, 'removed 1,204 objects'],
    [{ kind: 'history_cleared', after: { entries: 9 } }, 'cleared the history (9 entries)'],
    [
      { kind: 'history_cleared', before: { history_floor: 2 }, after: { history_floor: 9 } },
      'cleared the history (7 entries)',
    ],
    [{ kind: 'duration_reset', before: { duration_ms: 250_000 } }, 'reset the duration (was 4m 10s)'],
    [{ kind: 'split_set', after: { split: null } }, 'removed the split'],
    [{ kind: 'batch_set', after: { batch_id: 4 } }, 'set the batch to Night'],
    [{ kind: 'taken_over', before: { person_id: 8 } }, 'took over from Jonas, who had it open'],
  ])('%j', (over, words) => {
    expect(eventSentence(event(over), names, i18next.t)).toBe(words)
  })
})

/** Each line as it reads: “Status: Review → Label”, or words of its own. */
const lines = (over: Partial<TimelineEvent>) =>
  eventChanges(event(over), names, i18next.t).map((c) => c.words ?? `${c.title}: ${c.before} → ${c.after}`)

describe('before → after', () => {
  test('a move tells stage and assignee, and only what differs', () => {
    const before = { stage_id: 3, assignee_id: 8 }
    expect(lines({ kind: 'status_changed', before, after: { stage_id: 2, assignee_id: null } })).toEqual([
      'Status: Review → Label',
      'Assignee: Jonas → none',
    ])
    expect(lines({ kind: 'status_changed', before, after: { stage_id: 2, assignee_id: 8 } })).toHaveLength(1)
  })

  test('what the sentence tells is not told again', () => {
    expect(lines({ kind: 'annotations_removed', before: { object_count: 12 }, after: { object_count: 0 } })).toEqual([])
    const time = { before: { duration_ms: 250_000, review_ms: 0 }, after: { duration_ms: 0, review_ms: 0 } }
    expect(lines({ kind: 'duration_reset', ...time })).toEqual([])
    expect(lines({ kind: 'history_cleared', after: { entries: 9 } })).toEqual([])
  })

  test('a cleared skip keeps who skipped and why', () => {
    const skip = { skip_reason: 'ambiguous', skipped_by_id: 8 }
    expect(lines({ kind: 'skip_cleared', before: skip })).toEqual(['skipped by Jonas: ambiguous'])
    expect(lines({ kind: 'skip_cleared', before: {} })).toEqual([])
    const other = { skip_reason: 'other', skip_note: 'lens is dirty', skipped_by_id: 8 }
    expect(lines({ kind: 'skip_cleared', before: other })).toEqual(['skipped by Jonas: other – lens is dirty'])
  })

  test('a review time that went with the duration has a line of its own', () => {
    const time = { before: { duration_ms: 250_000, review_ms: 61_000 }, after: { duration_ms: 0, review_ms: 0 } }
    expect(lines({ kind: 'duration_reset', ...time })).toEqual(['review time reset (was 1m 01s)'])
  })

  test('people and batches that nobody knows any more are told by their number', () => {
    const change = { before: { assignee_id: 99, batch_id: 4 }, after: { assignee_id: 8, batch_id: 98 } }
    expect(lines({ kind: 'status_changed', ...change })).toEqual(['Assignee: #99 → Jonas', 'Batch: Night → #98'])
  })
})

describe('one event that changed much', () => {
  const fresh = {
    kind: 'status_changed' as const,
    operation_id: 5,
    before: {
      stage_id: 3, assignee_id: 8, object_count: 12, duration_ms: 250_000, review_ms: 1000, history_floor: 0, is_skipped: true,
      skip_reason: 'poor_image_quality', skipped_by_id: 8, is_returned: true, generation: 3, class_counts: { 1: 12 }, revision_id: 77,
    },
    after: {
      stage_id: 2, assignee_id: null, object_count: 0, duration_ms: 0, review_ms: 0, history_floor: 7, is_skipped: false,
      skip_reason: null, skipped_by_id: null, is_returned: false, generation: 4, class_counts: {}, revision_id: null,
    },
  } // biome-ignore format: two rows

  test('has its sentence, and a line for each change; what is no news for people is left out', () => {
    expect(eventSentence(event(fresh), names, i18next.t)).toBe('moved it to Label')
    expect(lines(fresh)).toEqual([
      'Status: Review → Label',
      'Assignee: Jonas → none',
      'skip cleared (was: poor image quality)',
      'returned mark removed',
      'annotations removed (12 objects)',
      'duration reset (was 4m 10s)',
      'review time reset (was 1s)',
      'history cleared (7 entries)',
    ])
  })

  test('the number of entries is taken from wherever it is told', () => {
    for (const told of [
      { before: { entries: 1 }, after: {} },
      { before: {}, after: { entries: 1 } },
      { before: { history_floor: 4 }, after: { history_floor: 5 } },
    ])
      expect(lines({ kind: 'status_changed', ...told })).toEqual(['history cleared (1 entry)'])
    expect(lines({ kind: 'undone', before: { history_floor: 7 }, after: { history_floor: 0 } })).toEqual([])
  })

  test('an undo tells what came back', () => {
    const { before, after } = fresh
    expect(lines({ kind: 'undone', before: after, after: before })).toEqual([
      'Status: Label → Review',
      'Assignee: none → Jonas',
      'Skipped: no → yes',
      'Skip reason: none → poor image quality',
      'Skipped by: none → Jonas',
      'Returned: no → yes',
      'annotations restored (12 objects)',
      'Duration: – → 4m 10s',
      'Review time: – → 1s',
    ])
  })

  test('split, priority, batch and archive', () => {
    const change = {
      before: { split: null, priority: 0, batch_id: null, is_archived: false },
      after: { split: 'train', priority: 5, batch_id: 4, is_archived: true },
    }
    expect(lines({ kind: 'status_changed', ...change })).toEqual([
      'Split: none → train',
      'Priority: 0 → 5',
      'Batch: none → Night',
      'Archived: no → yes',
    ])
  })
})
