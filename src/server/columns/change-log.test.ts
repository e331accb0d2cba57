import { expect, test } from 'vitest'
import { ChangeLog } from './change-log.ts'

const lacking = (log: ChangeLog, ...columns: ('stage_id' | 'split' | 'priority')[]) => {
  const { columns: behind, ids } = log.lacking(columns)
  return [behind, [...(ids ?? [])]]
}

test('a column lacks what changed since it was read, each task once', () => {
  const log = new ChangeLog(['stage_id', 'split', 'priority'])
  expect(lacking(log, 'stage_id')).toEqual([[], []])
  log.add(Float64Array.of(5, 3, 5), 1000)
  log.add(Float64Array.of(4), 1000)
  expect(lacking(log, 'stage_id')).toEqual([['stage_id'], [3, 4, 5]])
  log.took(['stage_id'], log.number)
  expect(lacking(log, 'stage_id')).toEqual([[], []])
  log.add(Float64Array.of(9), 1000)
  expect(lacking(log, 'stage_id')).toEqual([['stage_id'], [9]])
  expect(lacking(log, 'stage_id', 'split')).toEqual([
    ['stage_id', 'split'],
    [3, 4, 5, 9],
  ])
})

test('a column that does not change lacks nothing', () => {
  const log = new ChangeLog(['stage_id'])
  log.add(Float64Array.of(1), 1000)
  expect(log.lacking(['name', 'created_at']).columns).toEqual([])
})

test('a change that came while a column was read is still lacking', () => {
  const log = new ChangeLog(['stage_id', 'split'])
  log.add(Float64Array.of(1), 1000)
  const { number } = log
  log.add(Float64Array.of(2), 1000)
  log.took(['stage_id'], number)
  expect(lacking(log, 'stage_id')).toEqual([['stage_id'], [2]])
})

test('very many changes are kept as one; who has them does not lack them again', () => {
  const log = new ChangeLog(['stage_id', 'split', 'priority'])
  for (let i = 0; i < 1200; i++) {
    log.add(Float64Array.of(i, i + 1), 10_000)
    log.took(['stage_id'], log.number)
    if (i === 700) log.took(['priority'], log.number)
  }
  expect(lacking(log, 'stage_id')).toEqual([[], []])
  const [, ids] = lacking(log, 'split')
  expect(ids).toEqual(Array.from({ length: 1201 }, (_, i) => i))
  const [, rest] = lacking(log, 'priority') as [string[], number[]]
  expect(rest.filter((id) => id > 701)).toEqual(Array.from({ length: 499 }, (_, i) => i + 702))
  log.add(Float64Array.of(5), 10_000)
  expect(lacking(log, 'stage_id')).toEqual([['stage_id'], [5]])
})

test('when most tasks have changed, all are read', () => {
  const log = new ChangeLog(['stage_id', 'split'])
  for (let i = 0; i < 5; i++) {
    log.add(
      Float64Array.from({ length: 100_000 }, (_, n) => i * 100_000 + n),
      500_000,
    )
    log.took(['stage_id'], log.number)
  }
  expect(log.lacking(['split'])).toEqual({ columns: ['split'], ids: null })
  log.add(Float64Array.of(7), 500_000)
  expect(lacking(log, 'stage_id')).toEqual([['stage_id'], [7]])
  log.took(['split'], log.number)
  expect(lacking(log, 'split')).toEqual([[], []])
})
