// What the tasks of the run hold: boxes, polygons and a mask on 4000 × 3000, the same in every run.
import type { AnnotationDocument, AnnotationObject } from '../../../src/model/annotation.ts'
import type { LabelSchema } from '../../../src/model/label-schema.ts'
import { SHAPE_TYPES, type Shape } from '../../../src/model/shapes/index.ts'
import { randomOf } from '../bench.ts'

export const WIDTH = 4000
export const HEIGHT = 3000

const COLORS = ['#e5484d', '#3e63dd', '#30a46c', '#f5a623', '#8e4ec6', '#12a594']

export const SCHEMA: LabelSchema = {
  classes: ['Car', 'Person', 'Tree', 'Sign', 'House', 'Animal'].map((name, i) => ({
    id: i + 1,
    name,
    color: COLORS[i] as string,
    hotkey: String(i + 1),
    geometries: SHAPE_TYPES.filter((type) => type !== 'skeleton'),
    attributes: [],
    is_removed: false,
  })),
  global_attributes: [],
}

const documentOf = (shapes: readonly Shape[]): AnnotationDocument => ({
  objects: shapes.map(
    (shape, i): AnnotationObject => ({
      id: `object-${i}`,
      class_id: (i % COLORS.length) + 1,
      shape,
      attributes: {},
      author_id: null,
    }),
  ),
  global_attributes: {},
})

/** Spread over the image, 15 to 115 pixels wide and high. */
export function boxes(count: number): AnnotationDocument {
  const random = randomOf(count)
  return documentOf(
    Array.from({ length: count }, () => {
      const [width, height] = [15 + random() * 100, 15 + random() * 100]
      return { type: 'box', x: random() * (WIDTH - width), y: random() * (HEIGHT - height), width, height }
    }),
  )
}

/** Ragged outlines around places of a grid, as people draw trees. */
export function polygons(count: number, vertices: number): AnnotationDocument {
  const random = randomOf(vertices)
  const columns = Math.ceil(Math.sqrt((count * WIDTH) / HEIGHT))
  const side = WIDTH / columns
  return documentOf(
    Array.from({ length: count }, (_, i) => {
      const [cx, cy] = [((i % columns) + 0.5) * side, (Math.floor(i / columns) + 0.5) * side]
      const points = Array.from({ length: vertices }, (_, n): [number, number] => {
        const radius = side * (0.35 + 0.12 * random())
        const angle = (n / vertices) * 2 * Math.PI
        return [
          Math.min(WIDTH, Math.max(0, cx + radius * Math.cos(angle))),
          Math.min(HEIGHT, Math.max(0, cy + radius * Math.sin(angle))),
        ]
      })
      return { type: 'polygon', points }
    }),
  )
}

export const NOTHING = documentOf([])
