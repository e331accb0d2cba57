// A source of tasks in memory and an archive that keeps its texts, for tests of formats.
import { expect } from 'vitest'
import type { AnnotationObject } from '../../model/annotation.ts'
import type { LabelClass } from '../../model/label-schema.ts'
import type { Shape } from '../../model/shapes/index.ts'
import {
  EXPORT_SPLITS,
  type ExportArchive,
  type ExportedTask,
  type ExportFormat,
  type ExportSource,
  type ExportSplit,
  Tally,
} from './format.ts'

export const cls = (id: number, name: string): LabelClass => ({
  id,
  name,
  color: '#e5484d',
  hotkey: null,
  geometries: ['box', 'polygon', 'polyline', 'point'],
  attributes: [],
  is_removed: false,
})
// Not by alphabet, not by id: schema order.
const skeleton = {
  points: [
    { id: 8, name: 'nose', x: 0, y: 0 },
    { id: 5, name: 'eye', x: 0, y: 1 },
    { id: 3, name: 'ear', x: 1, y: 1 },
  ],
  edges: [
    [8, 5],
    [3, 8],
  ] as [number, number][],
}
export const classes = [cls(7, 'zebra'), { ...cls(2, 'ant'), skeleton }, cls(4, 'yes: "no" # ~ \\  é')]
let next = 1
export const object = (class_id: number, shape: Shape): AnnotationObject => ({
  id: `o${next++}`,
  class_id,
  shape,
  attributes: {},
  author_id: null,
})
export const box = (x: number, y: number, width: number, height: number): Shape => ({
  type: 'box',
  x,
  y,
  width,
  height,
})
export const task = (
  id: number,
  split: ExportSplit,
  objects: AnnotationObject[],
  path = `${id}.jpg`,
): ExportedTask => ({
  id,
  path,
  width: 640,
  height: 480,
  split,
  objects,
})

/** @property walks the splits whose objects were walked through @property longest piece of text that was handed on */
export async function run(
  format: ExportFormat,
  tasks: ExportedTask[],
  labelClasses: LabelClass[] = classes,
  with_images = false,
) {
  const texts = new Map<string, string>()
  const tally = new Tally()
  const walks: ExportSplit[] = []
  let longest = 0
  const archive: ExportArchive = {
    async text(path, parts) {
      expect(texts.has(path)).toBe(false)
      let text = ''
      for await (const part of parts) {
        text += part
        longest = Math.max(longest, part.length)
      }
      texts.set(path, text)
    },
    async file() {},
  }
  const source: ExportSource = {
    classes: labelClasses,
    splits: new Map(
      EXPORT_SPLITS.map((s) => [s, tasks.filter((t) => t.split === s).length] as const).filter(([, n]) => n > 0),
    ),
    with_images,
    created_at: '2026-11-24T12:00:00.000Z',
    project_name: 'Farm\n: #1',
    pages(split) {
      walks.push(split)
      return pagesOf(tasks, split)
    },
    async *images(split) {
      for await (const page of pagesOf(tasks, split)) yield page.map(({ objects: _, ...image }) => image)
    },
    image: async () => null,
  }
  await format.write(source, archive, tally)
  return { texts, tally, classes: labelClasses, walks, longest }
}

async function* pagesOf(tasks: ExportedTask[], split: ExportSplit) {
  const own = tasks.filter((t) => t.split === split)
  for (let i = 0; i < own.length; i += 2) yield own.slice(i, i + 2)
}
