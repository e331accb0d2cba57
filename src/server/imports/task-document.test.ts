// Several files about one image.
import { expect, test } from 'vitest'
import { documentProblem, OBJECTS_MAX } from '../../model/annotation.ts'
import { TWO_CLASSES } from '../testing.ts'
import type { NumberedImage } from './task-document.ts'
import { mergeOfTask, objectsFor } from './task-document.ts'

const image = { width: 640, height: 480 }
const cars = (number: number, count: number): NumberedImage => ({
  number,
  name: `part-${number}.json`,
  document: {
    source: `part-${number}.json`,
    upload: 'token',
    names: ['a.jpg'],
    folders: [],
    ...image,
    objects: Array.from({ length: count }, (_, i) => ({
      class_name: 'car',
      shape: { type: 'box', x: number, y: i / 100, width: 10, height: 10 },
    })),
    left_out: [],
  },
})

test('together they bring no more objects than a task can be saved with; the rest is left out and told', () => {
  const merged = mergeOfTask([cars(1, OBJECTS_MAX - 1), cars(2, 3)], image)
  const targets = new Map([['car', { name: 'car', id: 1, geometries: ['box' as const] }]])
  const objects = objectsFor(merged.objects, targets)
  expect(documentProblem({ objects, global_attributes: {} }, TWO_CLASSES, image)).toBeNull()
  expect(objects).toHaveLength(OBJECTS_MAX)
  const leftOut = { name: 'part-2.json', reason: 'an object (car): a task holds at most 20,000 objects' }
  expect(merged.left_out).toEqual([leftOut, leftOut])
})
