// A person at the editor, for tests that read as stories. The screen shows the image 1:1 from its top left corner,
// so that screen and image pixels are the same numbers.
import type { AnnotationObject } from '../model/annotation.ts'
import { documentProblem } from '../model/annotation.ts'
import type { Attribute, LabelClass, LabelSchema } from '../model/label-schema.ts'
import type { Box } from '../model/shapes/box.ts'
import type { XY } from '../model/shapes/geometry.ts'
import type { Shape } from '../model/shapes/index.ts'
import { createEditor, type Editor } from './editor.ts'
import type { Modifiers } from './input.ts'
import type { Keeping } from './workbench.ts'

/** Two points on the diagonal of the box, joined. */
const PAIR = {
  points: [
    { id: 1, name: 'head', x: 0, y: 0 },
    { id: 4, name: 'tail', x: 1, y: 1 },
  ],
  edges: [[1, 4]] as [number, number][],
}

const labelClass = (id: number, name: string, more: Partial<LabelClass> = {}): LabelClass => ({
  id,
  name,
  color: '#e5484d',
  hotkey: null,
  geometries: ['box', 'polygon', 'polyline', 'point', 'ellipse', 'mask', 'skeleton'],
  skeleton: PAIR,
  attributes: [],
  is_removed: false,
  ...more,
})

export const attribute = (
  id: number,
  name: string,
  type: Attribute['type'],
  more: Partial<Attribute> = {},
): Attribute => ({
  id,
  name,
  type,
  is_required: false,
  options: [],
  parent: null,
  ...more,
})

/** Cells: `red` takes any shape, `white` (key w) boxes and polygons, `line` only polylines; `gone` was removed. */
export const CELLS: LabelSchema = {
  classes: [
    labelClass(1, 'red', {
      attributes: [
        attribute(1, 'Stain', 'radio', {
          options: [
            { id: 1, name: 'Good' },
            { id: 2, name: 'Bad' },
          ],
        }),
        attribute(2, 'Why bad', 'text', { parent: { attribute_id: 1, option_id: 2 }, is_required: true }),
      ],
    }),
    labelClass(2, 'white', { hotkey: 'w', geometries: ['box', 'polygon'] }),
    labelClass(3, 'line', { geometries: ['polyline'] }),
    labelClass(4, 'gone', { is_removed: true }),
  ],
  global_attributes: [attribute(1, 'Blurred', 'checkbox')],
}

export const box = (x: number, y: number, width: number, height: number): Box => ({ type: 'box', x, y, width, height })
export const polygon = (...points: XY[]): Shape => ({ type: 'polygon', points })

export const object = (id: string, shape: Shape, more: Partial<AnnotationObject> = {}): AnnotationObject => ({
  id,
  class_id: 1,
  shape,
  attributes: {},
  author_id: 9,
  ...more,
})

export type TestEditor = ReturnType<typeof testEditor>

export function testEditor(
  given: {
    objects?: AnnotationObject[]
    schema?: LabelSchema
    isReadOnly?: boolean
    width?: number
    height?: number
    kept?: Keeping
  } = {},
) {
  let [made, time, x, y] = [0, 0, 0, 0]
  const editor: Editor = createEditor({ createId: () => `new-${++made}`, ...given.kept })
  const image = { width: given.width ?? 400, height: given.height ?? 300 }
  const schema = given.schema ?? CELLS
  const load = (objects: AnnotationObject[], size = image) => {
    const document = { objects, global_attributes: {} }
    editor.load({ document, image: size, schema, authorId: 7, isReadOnly: given.isReadOnly ?? false })
    editor.resize({ width: 1000, height: 800 })
    editor.setView({ scale: 1, x: 0, y: 0 })
  }
  load(given.objects ?? [])

  const test = {
    editor,
    load,
    press(px: number, py: number, modifiers: Modifiers & { button?: number } = {}) {
      ;[x, y, time] = [px, py, time + 1000]
      editor.pointerDown({ x, y, time, ...modifiers })
      return test
    },
    move(px: number, py: number, modifiers: Modifiers = {}) {
      ;[x, y] = [px, py]
      editor.pointerMove({ x, y, ...modifiers })
      return test
    },
    release(modifiers: Modifiers = {}) {
      editor.pointerUp({ x, y, ...modifiers })
      return test
    },
    click: (px: number, py: number, modifiers: Modifiers = {}) =>
      test.move(px, py, modifiers).press(px, py, modifiers).release(modifiers),
    doubleClick(px: number, py: number) {
      test.click(px, py)
      time -= 900
      return test.click(px, py)
    },
    drag: (from: XY, to: XY, modifiers: Modifiers = {}) =>
      test
        .press(from[0], from[1], modifiers)
        .move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, modifiers)
        .move(to[0], to[1], modifiers)
        .release(modifiers),
    /** Keys such as `b`, `Escape`, `ctrl+z`, `shift+ArrowLeft`. */
    keys(...chords: string[]) {
      for (const chord of chords) {
        const parts = chord.split('+')
        const key = parts.pop() as string
        const input = { key, ctrl: parts.includes('ctrl'), shift: parts.includes('shift') }
        editor.keyDown(input)
        editor.keyUp(input)
      }
      return test
    },
    shapes: (): Shape[] => editor.document().objects.map((o) => o.shape),
    ids: (): string[] => editor.document().objects.map((o) => o.id),
    selection: (): readonly string[] => editor.state().selection,
    classes: (): number[] => editor.document().objects.map((o) => o.class_id),
    notice: (): string | null => editor.state().notice?.text ?? null,
    /** What the server would say to a save. */
    problem: (): string | null => documentProblem(editor.document(), schema, editor.state().image),
  }
  return test
}
