import { describe, expect, test } from 'vitest'
import { Failure } from '../../model/failure.ts'
import { shapeArea } from '../../model/shapes/index.ts'
import { fitToImage } from './fit-to-image.ts'
import type { AnnotationFormat } from './format.ts'
import { yolo, yoloObb } from './yolo.ts'

const image = { width: 640, height: 480 }
const DATA = 'names: [car, person]\n'
const POSE = `${DATA}kpt_shape: [2, 3]\nkpt_names: {1: [nose, tail]}\n`

/** What a label file says, on an image of 640 × 480. */
function read(
  label: string,
  { data = DATA, format = yolo as AnnotationFormat, path = 'set/labels/train/a.b.txt' } = {},
) {
  const [parsed] = format.beside?.read('data.yaml', Buffer.from(data))(path, Buffer.from(label)) ?? []
  if (!parsed) throw new Error('nothing was read')
  const { objects, left_out } = fitToImage(parsed, image, 1)
  return { parsed, objects, left_out: [...parsed.left_out, ...left_out] }
}
const reasonOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return error instanceof Failure ? `${error.code}: ${error.message}` : error
  }
  return 'no failure'
}

describe('a YOLO label file', () => {
  test('gives boxes and outlines in pixels of its image, by the names of data.yaml', () => {
    const { objects, left_out } = read(
      '1 0.5 0.5 0.1 0.2\n\n0 0.1 0.1 0.2 0.1 0.2 0.2 0.1 0.1\r\n1 0.5 0.5 0.5 0.5 0.93\n',
    )
    expect(left_out).toEqual([])
    expect(objects.map((o) => [o.class_name, o.class_rank, o.shape])).toEqual([
      ['person', 1, { type: 'box', x: 288, y: 192, width: 64, height: 96 }],
      ['car', 0, { type: 'polygon', points: [[64, 48], [128, 48], [128, 96]] }],
      ['person', 1, { type: 'box', x: 160, y: 120, width: 320, height: 240 }],
    ]) // biome-ignore format: a table
  })

  test('is of the image of its name without extension, in images/ or where it was moved', () => {
    expect(read('').parsed).toMatchObject({ names: ['a.b.txt'], folders: ['set/images/train', 'train'], objects: [] })
    expect(read('', { path: 'labels/val/day 1/x.txt' }).parsed.folders).toEqual([
      'images/val/day 1',
      'val/day 1',
      'day 1',
    ])
    expect(read('', { path: 'obj_train_data/x.txt' }).parsed.names).toEqual(['x.txt'])
  })

  test('has four corners as a turned box where that is said: of a rectangle, or the smallest around them', () => {
    const { objects, left_out } = read(
      // (140, 80) (140, 140) (120, 140) (120, 80): 60 × 20 at 90 degrees; then a square on its corner, with a score
      '0 0.21875 0.16666667 0.21875 0.29166667 0.1875 0.29166667 0.1875 0.16666667\n0 0.5 0.43333333 0.55 0.5 0.5 0.56666667 0.45 0.5 0.8\n0 0.5 0.5 0.1 0.1\n',
      { format: yoloObb },
    )
    const side = 45.25
    expect(objects.map((o) => o.shape)).toEqual([
      { type: 'box', x: 100, y: 100, width: 60, height: 20, angle: 90 },
      { type: 'box', x: 297.37, y: 217.37, width: side, height: side, angle: 45 },
    ])
    expect(left_out).toEqual(['line 3 (car): 4 numbers are not four corners'])
  })

  test('has keypoints where data.yaml says so; without a labelled one it is its box', () => {
    const { parsed, objects } = read('1 0.5 0.5 0.2 0.2 0.1 0.1 2 0 0 0\n1 0.5 0.5 0.1 0.2 0 0 0 0 0 0\n', {
      data: POSE,
    })
    expect(objects.map((o) => o.shape)).toEqual([
      { type: 'skeleton', points: [{ id: 1, x: 64, y: 48, visibility: 2 }] },
      { type: 'box', x: 288, y: 192, width: 64, height: 96 },
    ])
    expect(parsed.keypoints).toEqual([{ class_name: 'person', names: ['nose', 'tail'], is_named: true, edges: [] }])
    const two = read('0 0.5 0.5 0.2 0.2 0.1 0.1 0 0\n', { data: `${DATA}kpt_shape: [2, 2]` })
    expect(two.objects[0]?.shape).toEqual({ type: 'skeleton', points: [{ id: 1, x: 64, y: 48, visibility: 2 }] })
    expect(two.parsed.keypoints?.[0]).toMatchObject({ names: ['1', '2'], is_named: false })
  })

  test('stands out of its image only as far as it is cut', () => {
    expect(read('0 0 0 0.1 0.2').objects[0]?.shape).toEqual({ type: 'box', x: 0, y: 0, width: 32, height: 48 })
    const cut = read('0 -0.1 0 0.1 0 0.1 0.1 -0.1 0.1').objects[0]?.shape
    expect(cut && shapeArea(cut)).toBe(64 * 48)
    expect(read('0 2 2 0.1 0.2').left_out).toEqual(['object 1 (car): outside the image'])
  })

  test.each([
    ['no number', '0 a b c d', 'not all of it are parts of the image'],
    ['NaN', '0 NaN 0.5 0.1 0.1', 'not all of it are parts of the image'],
    ['infinite', '0 0.5 0.5 1e999 0.1', 'not all of it are parts of the image'],
    ['pixels', '0 320 240 64 48', 'not all of it are parts of the image'],
    ['a class that is not there', '2 0.5 0.5 0.1 0.1', 'line 1: there is no class 2'],
    ['half a class', '0.5 0.5 0.5 0.1 0.1', 'there is no class 0.5'],
    ['a negative class', '-1 0.5 0.5 0.1 0.1', 'there is no class -1'],
    ['a class by name', 'car 0.5 0.5 0.1 0.1', 'there is no class car'],
    ['a negative size', '0 0.5 0.5 -0.1 0.1', 'a negative size'],
    ['no area', '0 0.5 0.5 0 0.1', 'zero area'],
    ['less than a pixel can show', '0 0.5 0.5 0.000001 0.1', 'less than a hundredth of a pixel'],
    ['a line', '0 0.1 0.1 0.2 0.2 0.3 0.3', 'zero area'],
    ['nothing', '0', '0 numbers are neither a box nor an outline'],
    ['a number too few', '0 0.1 0.1 0.2 0.2 0.3 0.3 0.4', '7 numbers are neither a box nor an outline'],
    ['too many points', `0${' 0.1 0.2 0.3'.repeat(6668)}`, 'more than 10,000 points'],
  ])('of %s is left out with the reason', (_what, label, reason) => {
    const { objects, left_out } = read(label)
    expect(objects).toEqual([])
    expect(left_out).toEqual([expect.stringContaining(reason)])
  })

  test.each([
    ['too few', '1 0.5 0.5 0.2 0.2 0.1 0.1 2', '7 numbers do not fit 2 keypoints of 3 numbers'],
    ['too many', `1 0.5 0.5 0.2 0.2${' 0.1 0.1 2'.repeat(3)}`, '13 numbers do not fit'],
    ['of a visibility that is none', '1 0.5 0.5 0.2 0.2 0.1 0.1 3 0 0 0', 'the visibility of keypoint 1'],
  ])('of keypoints %s is left out with the reason', (_what, label, reason) => {
    const { objects, left_out } = read(label, { data: POSE })
    expect(objects).toEqual([])
    expect(left_out).toEqual([expect.stringContaining(reason)])
  })
})

describe('data.yaml', () => {
  test('may have its names by number, and classes.txt has them by line', () => {
    expect(read('7 0.5 0.5 0.1 0.1', { data: 'names:\n  7: bus\n' }).objects[0]?.class_name).toBe('bus')
    const [parsed] = yolo.beside?.read('x/classes.txt', Buffer.from('car\r\n\nbus\n'))('labels/a.txt', Buffer.from('1 0.5 0.5 0.1 0.1')) ?? [] // biome-ignore format: short
    expect(parsed?.objects[0]?.class_name).toBe('bus')
  })

  test.each([
    ['no YAML', 'names: [', 'damaged YAML'],
    ['a text', 'just words', 'no data.yaml'],
    ['no names', 'train: images/train', 'no “names”'],
    ['names without end', `names: [${'a,'.repeat(2001)}]`, '2001 classes'],
    ['no UTF-8', Buffer.from([0xff, 0xc3, 0x28]), 'this is not utf-8 text'],
    ['keypoints of one number', `${DATA}kpt_shape: [2, 1]`, 'kpt_shape is not'],
    ['keypoints without end', `${DATA}kpt_shape: [1000000, 3]`, 'kpt_shape is not'],
    ['keypoints that are a text', `${DATA}kpt_shape: many`, 'kpt_shape is not'],
    ['two points of one name', `${DATA}kpt_shape: [2, 3]\nkpt_names: {0: [a, A]}`, 'has two points called “A”'],
    ['aliases that grow', laughs(), 'damaged YAML'],
  ])('with %s is refused with a sentence', (_what, data, reason) => {
    const reasonGiven = reasonOf(() => yolo.beside?.read('data.yaml', Buffer.from(data)))
    expect(reasonGiven).toMatch(/^unsupported_media: data.yaml/)
    expect(reasonGiven).toContain(reason)
  })

  test('named like the innards of JavaScript changes nothing', () => {
    read('0 0.5 0.5 0.1 0.1', { data: `${DATA}__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n` })
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

test('a label file by itself is refused: nothing says what its classes are', () => {
  expect(reasonOf(() => yolo.parse('a.txt', Buffer.from('0 0.5 0.5 0.1 0.1')))).toContain(
    'send a zip that holds data.yaml',
  )
})

function laughs(): string {
  const lines = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(10)}]`)
  return `l0: &l0 [ha]\n${lines.join('\n')}\nnames: *l12\n`
}
