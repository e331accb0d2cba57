import { describe, expect, test } from 'vitest'
import { Failure, type FailureCode } from './failure.ts'
import {
  approve,
  entering,
  fitsStage,
  labelling,
  open,
  reject,
  rememberedAssignee,
  requireHolder,
  skip,
  submit,
} from './steps.ts'
import type { LockedTask } from './task.ts'
import {
  COMPLETED,
  GONE,
  LABEL,
  LABELER,
  leaseOf,
  MANAGER,
  NOW,
  PREPARE,
  REVIEW,
  REVIEWER,
  rules,
  STAGES,
  task,
} from './test-task.ts'
import type { Stage } from './workflow.ts'

const codeOf = (run: () => unknown): FailureCode | 'none' => {
  try {
    run()
    return 'none'
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
}

describe('wrong stage', () => {
  const steps: Record<string, { in: Stage; take: (t: LockedTask) => unknown }> = {
    submit: { in: LABEL, take: (t) => submit(t, LABELER, rules()) },
    skip: { in: LABEL, take: (t) => skip(t, LABELER, 'ambiguous', null, rules()) },
    approve: { in: REVIEW, take: (t) => approve(t, REVIEWER, rules()) },
    reject: { in: REVIEW, take: (t) => reject(t, REVIEWER, 'No', rules()) },
  }
  for (const [name, step] of Object.entries(steps))
    for (const stage of STAGES)
      test(`${name} in ${stage.name}: ${stage === step.in ? 'taken' : 'refused'}`, () => {
        expect(codeOf(() => step.take(task({ stage_id: stage.id })))).toBe(stage === step.in ? 'none' : 'wrong_stage')
      })
  for (const [name, step] of Object.entries(steps))
    test(`${name} of a skipped task is refused`, () => {
      expect(codeOf(() => step.take(task({ stage_id: step.in.id, is_skipped: true })))).toBe('wrong_stage')
    })
  for (const stage of [PREPARE, COMPLETED])
    test(`nobody opens a task in ${stage.name}`, () => {
      expect(codeOf(() => open(task({ stage_id: stage.id }), MANAGER, rules()))).toBe('wrong_stage')
    })
  test('nobody opens a skipped or archived task', () => {
    expect(codeOf(() => open(task({ is_skipped: true }), MANAGER, rules()))).toBe('wrong_stage')
    expect(codeOf(() => open(task({ is_archived: true }), MANAGER, rules()))).toBe('wrong_stage')
  })
  test('who asks for one kind of work does not get the other', () => {
    expect(codeOf(() => open(task(), MANAGER, rules(), 'review'))).toBe('wrong_stage')
    expect(codeOf(() => open(task({ stage_id: REVIEW.id }), MANAGER, rules(), 'label'))).toBe('wrong_stage')
    expect(codeOf(() => open(task({ stage_id: REVIEW.id }), MANAGER, rules(), 'review'))).toBe('none')
    // Who could not have it there either is told that.
    expect(codeOf(() => open(task({ stage_id: REVIEW.id }), LABELER, rules(), 'label'))).toBe('not_allowed')
  })
})

describe('open', () => {
  test('assigns, remembers for the stage, and tells both', () => {
    const { patch, events } = open(task({ stage_assignees: { 3: REVIEWER } }), LABELER, rules())
    expect(patch).toEqual({ assignee_id: LABELER, stage_assignees: { 2: LABELER, 3: REVIEWER } })
    expect(events.map((e) => e.kind)).toEqual(['assigned', 'opened'])
  })
  test('of what is mine already is no assignment; with my lease alive it is no news', () => {
    expect(open(task({ assignee_id: LABELER }), LABELER, rules()).events.map((e) => e.kind)).toEqual(['opened'])
    const mine = task({ assignee_id: LABELER, lease: leaseOf(LABELER) })
    expect(open(mine, LABELER, rules())).toMatchObject({ patch: {}, events: [] })
  })
  test('never changes the order of the queue', () => {
    expect(open(task(), LABELER, rules()).patch).not.toHaveProperty('queued_at')
  })
  test('is refused on what somebody else has open or is responsible for, to managers too', () => {
    expect(codeOf(() => open(task({ lease: leaseOf(LABELER) }), MANAGER, rules()))).toBe('task_taken')
    expect(codeOf(() => open(task({ assignee_id: LABELER }), MANAGER, rules()))).toBe('task_taken')
  })
  test('of a review is refused to labelers and to people who are gone', () => {
    expect(codeOf(() => open(task({ stage_id: REVIEW.id }), LABELER, rules()))).toBe('not_allowed')
    expect(codeOf(() => open(task(), GONE, rules()))).toBe('not_allowed')
  })
  test('of my own work for review is refused unless the project allows self-review', () => {
    const own = task({ stage_id: REVIEW.id, labelled_by_id: REVIEWER })
    expect(codeOf(() => open(own, REVIEWER, rules()))).toBe('own_work')
    expect(codeOf(() => open(own, REVIEWER, rules({ allow_self_review: true })))).toBe('none')
    expect(codeOf(() => open(own, MANAGER, rules()))).toBe('none')
  })
})

describe('submit', () => {
  test('moves to review, enters the queue now, ends the lease, remembers who labelled', () => {
    const { patch, events, ends_lease } = submit(task({ assignee_id: LABELER }), LABELER, rules())
    expect(patch).toEqual({
      stage_id: REVIEW.id,
      assignee_id: null,
      queued_at: NOW,
      completed_at: null,
      is_returned: false,
      labelled_by_id: LABELER,
    })
    expect(ends_lease).toBe(true)
    expect(events).toMatchObject([
      { kind: 'submitted', before: { stage_id: LABEL.id }, after: { stage_id: REVIEW.id } },
    ])
  })
  test('goes back to the reviewer of before', () => {
    expect(submit(task({ stage_assignees: { 3: REVIEWER } }), LABELER, rules()).patch.assignee_id).toBe(REVIEWER)
  })
  test('goes to the pool if that reviewer is gone, or only labels now, or is who labelled it', () => {
    expect(submit(task({ stage_assignees: { 3: GONE } }), LABELER, rules()).patch.assignee_id).toBeNull()
    expect(submit(task({ stage_assignees: { 3: LABELER } }), MANAGER, rules()).patch.assignee_id).toBeNull()
    const own = task({ stage_assignees: { 3: REVIEWER } })
    expect(submit(own, REVIEWER, rules()).patch.assignee_id).toBeNull()
    expect(submit(own, REVIEWER, rules({ allow_self_review: true })).patch.assignee_id).toBe(REVIEWER)
  })
  test('without review, or outside the sample, completes', () => {
    const done = { stage_id: COMPLETED.id, queued_at: null, completed_at: NOW, assignee_id: null }
    expect(submit(task(), LABELER, rules({ review_enabled: false })).patch).toMatchObject(done)
    expect(submit(task(), LABELER, rules({ review_sampling_percent: 0 })).patch).toMatchObject(done)
  })
  test('of returned work goes to its reviewer again, also if the sample does not have it (any more)', () => {
    const sampled = (review_sampling_percent: number) => rules({ review_sampling_percent })
    const reviewed = task({
      stage_id: REVIEW.id,
      labelled_by_id: LABELER,
      stage_assignees: { 2: LABELER, 3: REVIEWER },
    })
    const returned = { ...reviewed, ...reject(reviewed, REVIEWER, 'Too loose', sampled(100)).patch }
    const toReviewer = { stage_id: REVIEW.id, assignee_id: REVIEWER }
    // The percentage was lowered meanwhile; or a manager had moved a task to Review that was never in the sample.
    expect(submit(returned, LABELER, sampled(0)).patch).toMatchObject(toReviewer)
    expect(submit(returned, LABELER, rules({ review_enabled: false })).patch.stage_id).toBe(COMPLETED.id)
    expect(submit({ ...returned, is_returned: false }, LABELER, sampled(0)).patch.stage_id).toBe(COMPLETED.id)
  })
  test('takes away the returned mark, and keeps how often it was returned', () => {
    const { patch } = submit(task({ is_returned: true, times_returned: 2 }), LABELER, rules())
    expect(patch.is_returned).toBe(false)
    expect(patch).not.toHaveProperty('times_returned')
  })
})

describe('approve and reject', () => {
  const inReview = task({ stage_id: REVIEW.id, labelled_by_id: LABELER, stage_assignees: { 2: LABELER, 3: REVIEWER } })

  test('approve completes', () => {
    expect(approve(inReview, REVIEWER, rules()).patch).toMatchObject({
      stage_id: COMPLETED.id,
      reviewed_by_id: REVIEWER,
      completed_at: NOW,
      queued_at: null,
    })
  })
  test('approve leads into a second review, which is not offered to who labelled', () => {
    const two: Stage[] = [
      ...STAGES.slice(0, 3),
      { id: 5, position: 4, kind: 'review', name: 'Final' },
      { ...COMPLETED, position: 5 },
    ]
    const remembered = task({ ...inReview, labelled_by_id: MANAGER, stage_assignees: { 5: MANAGER } })
    expect(approve(remembered, REVIEWER, rules({}, two)).patch).toMatchObject({ stage_id: 5, assignee_id: null })
    expect(approve(remembered, REVIEWER, rules({ allow_self_review: true }, two)).patch.assignee_id).toBe(MANAGER)
  })
  test('reject goes back to the labeller, marked, queued now, counted, with the comment', () => {
    const { patch, events, ends_lease } = reject(inReview, REVIEWER, 'Too loose', rules())
    expect(patch).toMatchObject({
      stage_id: LABEL.id,
      assignee_id: LABELER,
      is_returned: true,
      times_returned: 1,
      queued_at: NOW,
      reviewed_by_id: REVIEWER,
    })
    expect(events).toMatchObject([{ kind: 'rejected', note: 'Too loose' }])
    expect(ends_lease).toBe(true)
  })
  test('reject goes to who labelled it if nobody is remembered, and to the pool if that person is gone', () => {
    expect(reject({ ...inReview, stage_assignees: {} }, REVIEWER, 'No', rules()).patch.assignee_id).toBe(LABELER)
    const left = { ...inReview, stage_assignees: { 2: GONE }, labelled_by_id: GONE }
    expect(reject(left, REVIEWER, 'No', rules()).patch).toMatchObject({ assignee_id: null, is_returned: true })
  })
})

describe('skip', () => {
  const mine = task({
    assignee_id: LABELER,
    stage_assignees: { 2: LABELER, 3: REVIEWER },
    object_count: 4,
    skipper_ids: [MANAGER],
  })

  test('sets aside: status and objects stay, out of the queue, nobody responsible in the stage', () => {
    const { patch, events, ends_lease } = skip(mine, LABELER, 'ambiguous', null, rules())
    expect(patch).toEqual({
      is_skipped: true,
      skip_reason: 'ambiguous',
      skip_note: null,
      skipped_by_id: LABELER,
      skipped_at: NOW,
      skipper_ids: [MANAGER, LABELER],
      assignee_id: null,
      stage_assignees: { 3: REVIEWER },
      queued_at: null,
    })
    expect(events).toMatchObject([{ kind: 'skipped', after: { skip_reason: 'ambiguous' } }])
    expect(ends_lease).toBe(true)
  })
  test('names each skipper once', () => {
    expect(skip({ ...mine, skipper_ids: [LABELER] }, LABELER, 'ambiguous', null, rules()).patch.skipper_ids).toEqual([
      LABELER,
    ])
  })
  test('“other” needs a note, and keeps it trimmed', () => {
    for (const note of [null, '', '  '])
      expect(codeOf(() => skip(mine, LABELER, 'other', note, rules()))).toBe('invalid_input')
    expect(skip(mine, LABELER, 'other', ' dark ', rules()).patch.skip_note).toBe('dark')
  })
  test('is refused where the project does not allow it', () => {
    expect(codeOf(() => skip(mine, LABELER, 'ambiguous', null, rules({ allow_skip: false })))).toBe('skip_not_allowed')
  })
})

describe('requireHolder', () => {
  const holder = { person_id: LABELER, session_id: 'session-a', generation: 1 }
  test.each<[string, Partial<LockedTask>, FailureCode | 'none']>([
    ['holds the lease', { lease: leaseOf(LABELER), assignee_id: LABELER }, 'none'],
    ['lease ran out, still assigned', { assignee_id: LABELER, lapsed_session_id: 'session-a' }, 'none'],
    ['lease ended, though assigned', { assignee_id: LABELER }, 'no_lease'],
    ['lease of another session ran out', { assignee_id: LABELER, lapsed_session_id: 'session-b' }, 'no_lease'],
    ['lease ran out, given back', { assignee_id: null, lapsed_session_id: 'session-a' }, 'no_lease'],
    ['assigned to another', { assignee_id: MANAGER }, 'no_lease'],
    ['another has it open', { lease: leaseOf(MANAGER), assignee_id: MANAGER }, 'task_taken'],
    ['my other tab', { lease: leaseOf(LABELER, 'session-b'), assignee_id: LABELER }, 'no_lease'],
    ['a manager moved it', { lease: leaseOf(LABELER), assignee_id: LABELER, generation: 2 }, 'stale_generation'],
  ])('%s', (_, fields, code) => {
    expect(codeOf(() => requireHolder(task(fields), holder))).toBe(code)
  })
})

describe('who is responsible on entering a stage', () => {
  test('the remembered person, if still a member in a fitting role', () => {
    const remembers = (person: number, stage: Stage) =>
      rememberedAssignee(task({ stage_assignees: { [stage.id]: person } }), stage, rules())
    expect(remembers(LABELER, LABEL)).toBe(LABELER)
    expect(remembers(LABELER, REVIEW)).toBeNull()
    expect(remembers(REVIEWER, REVIEW)).toBe(REVIEWER)
    expect(remembers(GONE, LABEL)).toBeNull()
    expect(remembers(MANAGER, COMPLETED)).toBeNull()
    expect(remembers(MANAGER, PREPARE)).toBeNull()
  })
  test('which roles fit which stage', () => {
    expect((['labeler', 'reviewer', 'manager', undefined] as const).map((r) => fitsStage(r, LABEL))).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect((['labeler', 'reviewer', 'manager', undefined] as const).map((r) => fitsStage(r, REVIEW))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
  test('queue time and completion follow the kind; nobody reviews what they labelled', () => {
    expect(entering(task(), LABEL, rules())).toMatchObject({ queued_at: NOW, completed_at: null })
    expect(entering(task(), PREPARE, rules())).toMatchObject({ queued_at: null, completed_at: null })
    expect(entering(task(), COMPLETED, rules())).toMatchObject({ queued_at: null, completed_at: NOW })
    const own = task({ labelled_by_id: REVIEWER, stage_assignees: { 3: REVIEWER } })
    expect(entering(own, REVIEW, rules()).assignee_id).toBeNull()
    expect(entering(own, REVIEW, rules({ allow_self_review: true })).assignee_id).toBe(REVIEWER)
  })
})

test('who saves in a label stage is its labeler; a review labels nothing', () => {
  expect(labelling(task(), LABELER, STAGES)).toEqual({ labelled_by_id: LABELER })
  expect(labelling(task({ labelled_by_id: LABELER }), LABELER, STAGES)).toEqual({})
  expect(labelling(task({ labelled_by_id: LABELER }), MANAGER, STAGES)).toEqual({ labelled_by_id: MANAGER })
  for (const { id } of [PREPARE, REVIEW]) expect(labelling(task({ stage_id: id }), REVIEWER, STAGES)).toEqual({})
})
