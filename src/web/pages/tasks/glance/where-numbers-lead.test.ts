import { expect, test, vi } from 'vitest'
import { filterProblem } from '../../../../model/filter-problem.ts'
import { TASK_FIELDS } from '../../../../model/task-fields.ts'
import { type Figure, type PersonNumber, tasksOfFigure, tasksOfPerson } from './where-numbers-lead.ts'

const NOW = Date.parse('2026-11-28T17:05:09.123Z')
const WORKFLOW = [
  { id: 1, kind: 'prepare', name: 'Prepare' },
  { id: 2, kind: 'label', name: 'Label' },
  { id: 9, kind: 'completed', name: 'Completed' },
] as never

test.each<Figure>(['open', 'oldest', 'done_today', 'objects', 'time', 'archived'])(
  '%s leads to a filter and an order that the server takes',
  (figure) => {
    const { filter, sort } = tasksOfFigure(figure, NOW)
    expect(filterProblem(filter)).toBeNull()
    if (sort) expect(TASK_FIELDS[sort.replace('-', '') as 'name'].sortable).toBe(true)
  },
)

test('today begins at this person’s midnight, as it does for the count', () => {
  vi.stubEnv('TZ', 'Asia/Tokyo')
  expect(tasksOfFigure('done_today', NOW).filter?.conditions).toEqual([
    { field: 'completed_at', op: 'between', value: ['2026-11-28T15:00:00.000Z', null] },
  ])
  vi.unstubAllEnvs()
})

test('the queue comes with the oldest first', () => {
  expect(tasksOfFigure('oldest', NOW).sort).toBe('queued_at')
})

test.each<PersonNumber>(['open', 'assigned', 'completed'])(
  'a person’s %s leads to a filter that the server takes',
  (number) => {
    expect(filterProblem(tasksOfPerson(number, 4, WORKFLOW).filter)).toBeNull()
  },
)

test('completed by a person are those that stand in a stage of that kind', () => {
  expect(tasksOfPerson('completed', 4, WORKFLOW).filter?.conditions).toEqual([
    { field: 'labelled_by_id', op: 'any_of', value: [4] },
    { field: 'stage_id', op: 'any_of', value: [9] },
  ])
})
