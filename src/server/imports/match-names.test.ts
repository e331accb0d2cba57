import { expect, test } from 'vitest'
import { TaskNames } from './match-names.ts'

function namesOf(...paths: string[]): TaskNames {
  const names = new TaskNames()
  names.add(
    paths.map((path, i) => ({ id: i + 1, name: path.replace(/^.*\//, ''), folder: path.replace(/\/?[^/]*$/, '') })),
  )
  return names
}
const matched = (task_id: number) => ({ outcome: 'matched', task_id })

test('the exact name comes first, then any case, then without extension', () => {
  const tasks = namesOf('a.JPG', 'a.jpg', 'b.png')
  expect(tasks.match({ names: ['a.jpg'], folders: [] })).toEqual(matched(2))
  expect(tasks.match({ names: ['B.PNG'], folders: [] })).toEqual(matched(3))
  expect(tasks.match({ names: ['b'], folders: [] })).toEqual(matched(3))
  expect(tasks.match({ names: ['B.jpeg'], folders: [] })).toEqual(matched(3))
  expect(tasks.match({ names: ['c.jpg'], folders: [] })).toEqual({ outcome: 'unmatched' })
})

test('a name that no task has gives way to the next one', () => {
  expect(namesOf('frame7.jpg').match({ names: ['000001.jpg', 'frame7'], folders: [] })).toEqual(matched(1))
})

test('of several tasks the folder tells which, or the name is ambiguous', () => {
  const tasks = namesOf('day1/cam/a.jpg', 'day2/cam/a.jpg')
  expect(tasks.match({ names: ['a.jpg'], folders: ['day2/cam'] })).toEqual(matched(2))
  expect(tasks.match({ names: ['a.jpg'], folders: ['data/day1/cam'] })).toEqual(matched(1))
  expect(tasks.match({ names: ['a.jpg'], folders: ['cam'] })).toEqual({ outcome: 'ambiguous' })
  expect(tasks.match({ names: ['a.jpg'], folders: ['cam', 'day1/cam'] })).toEqual(matched(1))
  expect(tasks.match({ names: ['a.jpg'], folders: [] })).toEqual({ outcome: 'ambiguous' })
})

test('a.jpg and a.png are told apart by the extension only', () => {
  const tasks = namesOf('a.jpg', 'a.png')
  expect(tasks.match({ names: ['a.png'], folders: [] })).toEqual(matched(2))
  expect(tasks.match({ names: ['a'], folders: [] })).toEqual({ outcome: 'ambiguous' })
})
