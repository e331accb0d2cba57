import { describe, expect, it } from 'vitest'
import { ApiError } from '../../../contract/client.ts'
import type { Task } from '../../../contract/tasks.ts'
import type { EmptyQueue } from '../../../model/queue.ts'
import type { Workflow } from '../../../model/workflow.ts'
import { offlineError } from '../../offline.ts'
import { explainEmpty } from './empty-queue.ts'
import { isWorthRetrying, lossOf } from './loss.ts'
import { refusedObject } from './refused-object.ts'
import { sameDocument } from './same-document.ts'
import { saveWord } from './save-words.ts'
import { viewingReason } from './viewing-reason.ts'
import { registryKeys } from './work-keys.ts'

const nothing: EmptyQueue = {
  total: 0, in_prepare: 0, in_stage: 0, open_by_others: 0, assigned_to_others: 0, skipped: 0, skipped_by_me: 0, own_work: 0,
  waiting_for_review: 0, completed: 0,
} // biome-ignore format: one list

describe('why there is no task', () => {
  it('an empty project is told from a finished one', () => {
    expect(explainEmpty(nothing, 'manager', 'label')).toEqual({ isAllDone: false, reasons: [], advice: 'add_images' })
    expect(explainEmpty({ ...nothing, total: 9, completed: 9 }, 'labeler', 'label')).toMatchObject({
      isAllDone: true,
      advice: 'none',
    })
  })
  it('what is not released yet is the manager’s to release, for others to ask for', () => {
    const empty = { ...nothing, total: 12, in_prepare: 8, completed: 4 }
    expect(explainEmpty(empty, 'manager', 'label').advice).toBe('release')
    expect(explainEmpty(empty, 'labeler', 'label')).toEqual({
      isAllDone: false,
      reasons: [
        { key: 'in_prepare', count: 8 },
        { key: 'completed', count: 4 },
      ],
      advice: 'ask_manager',
    })
  })
  it('whoever waits to review is told what is still to be labelled', () => {
    const empty = { ...nothing, total: 42, in_prepare: 1, completed: 1 }
    expect(explainEmpty(empty, 'reviewer', 'review').reasons).toEqual([
      { key: 'in_prepare', count: 1 },
      { key: 'in_label', count: 40 },
      { key: 'completed', count: 1 },
    ])
  })
  it('a reviewer is sent to review, a labeler is not', () => {
    const empty = { ...nothing, total: 3, waiting_for_review: 3 }
    expect(explainEmpty(empty, 'reviewer', 'label').advice).toBe('review')
    expect(explainEmpty(empty, 'labeler', 'label').advice).toBe('wait')
  })
})

describe('how a task is lost', () => {
  it('a manager’s move names who and when, and the draft', () => {
    const error = new ApiError(409, {
      code: 'stale_generation',
      moved_by: 'Mira',
      moved_at: '2026-01-01T00:00:00.000Z',
      draft_id: 7,
    })
    expect(lossOf(error)).toEqual({ kind: 'moved', by: 'Mira', at: '2026-01-01T00:00:00.000Z', draft_id: 7 })
  })
  it('a move without a name is a move all the same', () => {
    expect(lossOf(new ApiError(409, { code: 'stale_generation', moved_by: null }))).toEqual({
      kind: 'moved',
      by: null,
      at: null,
      draft_id: null,
    })
  })
  it('no connection loses nothing, and neither does a wrong document', () => {
    expect(lossOf(offlineError())).toBeNull()
    expect(lossOf(new ApiError(400, { code: 'invalid_input' }))).toBeNull()
    expect(isWorthRetrying(offlineError())).toBe(true)
    expect(isWorthRetrying(new ApiError(401, { code: 'not_signed_in' }))).toBe(true)
    expect(isWorthRetrying(new ApiError(409, { code: 'no_lease' }))).toBe(false)
  })
})

describe('why a task is only shown', () => {
  const workflow: Workflow = [
    { id: 1, position: 1, kind: 'prepare', name: 'Prepare' },
    { id: 2, position: 2, kind: 'label', name: 'Label' },
    { id: 3, position: 3, kind: 'completed', name: 'Done' },
  ]
  const task = {
    stage_id: 2,
    is_archived: false,
    is_skipped: false,
    skipped_by_id: null,
    assignee_id: null,
    lease: null,
  } as unknown as Task
  const taken = { code: 'task_taken', text: 'Somebody else has this task open.' }
  it('names the stage, the person, or the role', () => {
    expect(viewingReason({ ...task, stage_id: 3 }, workflow, 1, taken)).toEqual({ key: 'completed', stage: 'Done' })
    expect(viewingReason({ ...task, lease: { person_id: 1, expires_at: '' } }, workflow, 1, { code: 'other_tab', text: '' })).toEqual({ key: 'other_tab' }) // biome-ignore format: one line
    expect(viewingReason({ ...task, lease: { person_id: 5, expires_at: '' } }, workflow, 1, taken)).toEqual({
      key: 'open',
      person_id: 5,
    })
    expect(viewingReason({ ...task, assignee_id: 6 }, workflow, 1, taken)).toEqual({ key: 'assigned', person_id: 6 })
    expect(viewingReason({ ...task, is_skipped: true, skipped_by_id: 6 }, workflow, 1, taken)).toEqual({
      key: 'skipped',
      person_id: 6,
    })
    expect(viewingReason(task, workflow, 1, { code: 'not_allowed', text: '' })).toEqual({ key: 'role', stage: 'Label' })
    expect(viewingReason(task, workflow, 1, { code: 'wrong_stage', text: '' })).toEqual({
      key: 'other_kind',
      stage: 'Label',
      kind: 'label',
    })
  })
  it('falls back to the server’s sentence', () => {
    expect(viewingReason(task, workflow, 1, taken)).toEqual({ key: 'other', text: taken.text })
  })
})

it('two documents say the same whatever the order of keys and whoever drew', () => {
  const a = { objects: [{ id: 'x', author_id: null, shape: { type: 'box', x: 1 } }], global_attributes: {} }
  const b = { objects: [{ shape: { x: 1, type: 'box' }, id: 'x', author_id: 3 }], global_attributes: {} }
  expect(sameDocument(a, b)).toBe(true)
  expect(sameDocument(a, { ...b, objects: [] })).toBe(false)
  expect(sameDocument(a, { ...b, global_attributes: { 1: 2 } })).toBe(false)
})

it('a save says why it is not done', () => {
  expect(saveWord({ at: 'saved', moment: null })).toBe('none')
  expect(saveWord({ at: 'retrying', error: offlineError() })).toBe('offline')
  expect(saveWord({ at: 'retrying', error: new ApiError(401, { code: 'not_signed_in' }) })).toBe('signed_out')
  expect(saveWord({ at: 'retrying', error: new ApiError(500, {}) })).toBe('server')
})

it('a refused save names the object by its number in the list', () => {
  expect(refusedObject('document.objects[3].shape: class “Car” does not allow box.')).toEqual({
    number: 4,
    problem: 'class “Car” does not allow box.',
  })
  expect(refusedObject('document.objects[0].class_id 7 is not a class of this project.')?.number).toBe(1)
  expect(refusedObject('document.global_attributes: this project has no attribute 1.')).toBeNull()
})

it('the editor’s keys read in the notation of the sheet', () => {
  expect(registryKeys({ chords: ['ctrl+shift+z', 'ctrl+y'] })).toBe('$mod+Shift+z')
  expect(registryKeys({ chords: ['+', '='] })).toBe('=')
  expect(registryKeys({ chords: [], gesture: 'Alt + click on a vertex' })).toBe('Alt+click\u00a0on\u00a0a\u00a0vertex')
})
