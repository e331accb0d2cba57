import { describe, expect, test } from 'vitest'
import { Failure } from '../../model/failure.ts'
import { shapeArea } from '../../model/shapes/index.ts'
import { countsText } from '../../model/shapes/rle.ts'
import { coco } from './coco.ts'

const parse = (root: unknown) =>
  coco.parse('instances.json', Buffer.from(typeof root === 'string' ? root : JSON.stringify(root)))
const image = { id: 5, file_name: 'train2017/a.jpg', width: 640, height: 480 }
const categories = [
  { id: 90, name: 'toothbrush' },
  { id: 1, name: 'person' },
  { id: 18, name: 'dog' },
]
const reasonOf = (root: unknown) => {
  try {
    parse(root)
  } catch (error) {
    return error instanceof Failure ? `${error.code}: ${error.message}` : error
  }
  return 'no failure'
}

describe('a COCO file', () => {
  test('gives boxes and polygons, classes ranked by category id', () => {
    const annotations = [
      { id: 1, image_id: 5, category_id: 90, bbox: [10, 20, 30.5, 40], segmentation: [] },
      { id: 2, image_id: 5, category_id: 1, bbox: [0, 0, 4, 4], segmentation: [[0, 0, 4, 0, 4, 4]] },
    ]
    expect(parse({ images: [image], annotations, categories })).toEqual([
      {
        names: ['a.jpg'],
        folders: ['train2017'],
        width: 640,
        height: 480,
        objects: [
          { class_name: 'toothbrush', class_rank: 2, shape: { type: 'box', x: 10, y: 20, width: 30.5, height: 40 } },
          {
            class_name: 'person',
            class_rank: 0,
            shape: {
              type: 'polygon',
              points: [
                [0, 0],
                [4, 0],
                [4, 4],
              ],
            },
          },
        ],
        left_out: [],
      },
    ])
  })

  test('several rings are parts of one polygon; a point that only closes one is dropped', () => {
    const segmentation = [
      [0, 0, 4, 0, 4, 4, 0, 0],
      [10, 10, 14, 10, 14, 14],
    ]
    const objects = parse({
      images: [image],
      categories,
      annotations: [{ id: 1, image_id: 5, category_id: 1, segmentation }],
    })[0]?.objects
    expect(objects?.map((o) => o.shape)).toEqual([
      {
        type: 'polygon',
        points: [
          [0, 0],
          [4, 0],
          [4, 4],
        ],
        rings: [
          [
            [10, 10],
            [14, 10],
            [14, 14],
          ],
        ],
      },
    ])
  })

  test('a mask keeps only its bounding box, from text and from a list of counts', () => {
    const of = (segmentation: object) =>
      parse({ images: [image], categories, annotations: [{ id: 1, image_id: 5, category_id: 1, segmentation }] })[0]
    // A column of three pixels in an image of 5 × 4.
    const mask = { type: 'mask', x: 2, y: 1, width: 1, height: 3, counts: countsText([0, 3]) }
    for (const counts of [[9, 3, 8], [9, 1, 0, 2, 8], countsText([9, 3, 8])])
      expect(of({ size: [4, 5], counts })?.objects).toMatchObject([{ shape: mask }])
    // One row that long would be walked pixel by pixel.
    for (const size of [[1, 2 ** 28], [0, 4], [4], 'x', [2 ** 20, 2 ** 20]])
      expect(of({ size, counts: [0, 2 ** 28] })?.left_out).toEqual([expect.stringContaining('without a usable size')])
    expect(of({ size: [4, 5], counts: [20] })?.left_out).toEqual([expect.stringContaining('covers no pixel')])
  })

  test('rings that overlap or lie in each other are one area, as in COCO, and no hole', () => {
    const square = (x: number, size: number) => [x, x, x + size, x, x + size, x + size, x, x + size]
    const of = (...segmentation: number[][]) =>
      parse({
        images: [image],
        categories,
        annotations: [{ id: 1, image_id: 5, category_id: 1, segmentation }],
      })[0]?.objects.map((o) => shapeArea(o.shape))
    expect(of(square(0, 10), square(5, 10))).toEqual([175])
    expect(of(square(0, 10), square(2, 2))).toEqual([100])
    // Far outside of any image, and of what can be counted exactly.
    expect(of(square(-9e6, 1.9e7), square(2, 2))).toHaveLength(1)
  })

  test('has everything named that cannot be taken over', () => {
    const of = (id: number, more: object) => ({ id, image_id: 5, category_id: 1, ...more })
    const annotations = [
      of(1, { iscrowd: 1, segmentation: { counts: [1], size: [1, 1] } }),
      of(2, { segmentation: { counts: 'abc', size: [1, 1] }, bbox: [1, 1, 2, 2] }),
      of(3, { bbox: [5, 5, 0, 3] }),
      of(4, { bbox: [5, 5, -1, 3] }),
      of(5, { bbox: [5, 5, '1', 3] }),
      of(6, {}),
      of(7, { segmentation: [[1, 1, 2, 2]] }),
      of(8, { segmentation: [[1, 1, 2, 2, 3, 3]] }),
      of(9, { segmentation: [[1, 1, 2, null, 3, 3]] }),
      { id: 10, image_id: 5, category_id: 77, bbox: [1, 1, 2, 2] },
      { id: 11, image_id: 6, category_id: 1, bbox: [1, 1, 2, 2] },
      null,
    ]
    const [known, stray] = parse({ images: [image], annotations, categories })
    expect(known?.objects).toEqual([])
    expect(known?.left_out).toEqual([
      'annotation 1 (person): a mask that covers no pixel',
      'annotation 2 (person): a mask whose run lengths do not fit its size',
      'annotation 3 (person): zero area: [5, 5, 0, 3]',
      'annotation 4 (person): negative size: [5, 5, -1, 3]',
      'annotation 5 (person): bbox is not four numbers',
      'annotation 6 (person): no bbox and no segmentation',
      'annotation 7 (person): a ring of the segmentation has fewer than three points',
      'annotation 8 (person): zero area of a segmentation',
      'annotation 9 (person): a ring of the segmentation is not a list of x, y numbers',
      'annotation 10: its category_id is not among the categories of the file',
    ])
    expect(stray?.names).toEqual([])
    expect(stray?.left_out).toHaveLength(2)
  })
})

describe('keypoints of a COCO file', () => {
  const person = { id: 1, name: 'person', keypoints: ['nose', 'left_eye', 'right_eye'], skeleton: [[2, 1], [3, 1]] } // biome-ignore format: short
  const of = (annotation: object, category: object = person) =>
    parse({
      images: [image],
      categories: [category],
      annotations: [{ id: 1, image_id: 5, category_id: 1, bbox: [5, 5, 30, 40], ...annotation }],
    })[0] as NonNullable<ReturnType<typeof parse>[0]>

  test('become a skeleton: its labelled points by number, with the names and lines of the category', () => {
    const found = of({ keypoints: [10, 20, 2, 0, 0, 0, 30.5, 22, 1], num_keypoints: 2 })
    expect(found.objects).toEqual([
      {
        class_name: 'person',
        class_rank: 0,
        shape: {
          type: 'skeleton',
          points: [
            { id: 1, x: 10, y: 20, visibility: 2 },
            { id: 3, x: 30.5, y: 22, visibility: 1 },
          ],
        },
      },
    ])
    expect(found.keypoints).toEqual([
      { class_name: 'person', names: person.keypoints, is_named: true, edges: person.skeleton },
    ])
    expect([found.left_out, found.adjusted]).toEqual([[], undefined])
  })

  test('none of which is labelled leave the word to the segmentation, or to the box', () => {
    const keypoints = Array(9).fill(0)
    expect(of({ keypoints }).objects.map((o) => o.shape.type)).toEqual(['box'])
    expect(of({ keypoints, segmentation: [[0, 0, 4, 0, 4, 4]] }).objects.map((o) => o.shape.type)).toEqual(['polygon'])
  })

  test('win over a segmentation beside them, and it is said; so are crowds, and keypoints without names', () => {
    const keypoints = [10, 20, 2, 0, 0, 0, 0, 0, 0]
    const segmentation = [[0, 0, 4, 0, 4, 4]]
    expect(of({ keypoints, segmentation })).toMatchObject({
      objects: [{ shape: { type: 'skeleton' } }],
      adjusted: ['1 × keypoints and a segmentation, taken as keypoints'],
    })
    expect(of({ iscrowd: 1, segmentation })).toMatchObject({
      objects: [{ shape: { type: 'polygon' } }],
      adjusted: ['1 × a crowd (iscrowd 1), taken as one object'],
    })
    expect(of({ keypoints, num_keypoints: 1 }, { id: 1, name: 'person' })).toMatchObject({
      objects: [{ shape: { type: 'box' } }],
      adjusted: ['1 × keypoints that the category does not name, passed over'],
    })
  })

  test.each([
    ['too few', [1, 2, 2], '3 numbers do not fit the 3 keypoints'],
    ['too many', Array(600).fill(1), '600 numbers do not fit the 3 keypoints'],
    ['no multiple of three', [1, 2, 2, 1], '4 numbers do not fit'],
    ['not a number', [null, 2, 2, 1, 1, 1, 1, 1, 1], 'keypoint 1 is not a place'],
    ['a text', ['1', 2, 2, 1, 1, 1, 1, 1, 1], 'keypoint 1 is not a place'],
    ['huge', [1, 2, 2, 1e300, 1, 1, 1, 1, 1], 'keypoint 2 is not a place'],
    ['of a visibility that is none', [1, 2, 2, 1, 1, 3, 1, 1, 1], 'the visibility of keypoint 2'],
    ['of half a visibility', [1, 2, 0.5, 1, 1, 1, 1, 1, 1], 'the visibility of keypoint 1'],
    ['of a negative visibility', [1, 2, -1, 1, 1, 1, 1, 1, 1], 'the visibility of keypoint 1'],
  ])('that are %s are left out with the reason', (_what, keypoints, reason) => {
    const found = of({ keypoints })
    expect(found.objects).toEqual([])
    expect(found.left_out).toEqual([expect.stringContaining(reason)])
  })

  test.each([
    ['names a point twice', ['nose', 'Nose '], 'has two points called “Nose”'],
    ['names a point with nothing', ['nose', ''], 'names a point with nothing'],
    ['names a point with no text', ['nose', { a: 1 }], 'names a point with nothing'],
    ['has a name without end', ['nose', 'x'.repeat(61)], 'more than 60 characters'],
    ['has too many points', Array.from({ length: 201 }, (_, i) => `p${i}`), 'has 201 points; 1 to 200 are possible'],
  ])('whose category %s are left out with the reason', (_what, names, reason) => {
    const found = of({ keypoints: names.flatMap(() => [1, 1, 2]) }, { id: 1, name: 'person', keypoints: names })
    expect(found.objects).toEqual([])
    expect(found.left_out).toEqual([expect.stringContaining(reason)])
  })

  test('have lines that join nothing dropped', () => {
    const skeleton = [[0, 1], [1, 1], [1, 4], [1.5, 2], ['1', 2], [1, 2, 3], null, [3, 2]] // biome-ignore format: short
    expect(of({ keypoints: [1, 1, 2, 0, 0, 0, 0, 0, 0] }, { ...person, skeleton }).keypoints?.[0]?.edges).toEqual([
      [3, 2],
    ])
  })

  test('of two categories of one name must be the same', () => {
    const [found] = parse({
      images: [image],
      categories: [person, { ...person, id: 2, keypoints: ['tail'] }],
      annotations: [
        { id: 1, image_id: 5, category_id: 1, keypoints: [1, 1, 2, 0, 0, 0, 0, 0, 0] },
        { id: 2, image_id: 5, category_id: 2, keypoints: [1, 1, 2] },
      ],
    })
    expect(found?.objects).toHaveLength(1)
    expect(found?.left_out).toEqual([expect.stringContaining('is not that of another category of this name')])
  })
})

test.each([
  ['no JSON', '{"images": [', 'damaged JSON'],
  ['deep JSON', '['.repeat(200_000), 'damaged JSON'],
  ['a list', [], 'no object'],
  ['results instead of instances', [{ image_id: 1, bbox: [1, 1, 1, 1] }], 'no object'],
  ['no categories', { images: [], annotations: [] }, 'categories'],
  ['no images', { categories, annotations: [] }, 'images'],
  ['no annotations', { categories, images: [] }, 'annotations'],
  ['a category without a name', { images: [], annotations: [], categories: [{ id: 1 }] }, 'no name'],
  [
    'two categories of one id',
    {
      images: [],
      annotations: [],
      categories: [
        { id: 1, name: 'a' },
        { id: 1, name: 'b' },
      ],
    },
    'same id',
  ],
  ['two images of one id', { images: [image, image], annotations: [], categories }, 'two images'],
  ['an image without a name', { images: [{ id: 1 }], annotations: [], categories }, 'file_name'],
])('a file with %s is refused with a sentence', (_what, root, part) => {
  expect(reasonOf(root)).toMatch(/^unsupported_media: instances.json: /)
  expect(reasonOf(root)).toContain(part)
})
