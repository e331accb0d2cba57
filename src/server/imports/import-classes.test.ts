import { describe, expect, test } from 'vitest'
import type { LabelClass, LabelSchema } from '../../model/label-schema.ts'
import { CLASS_COLORS, labelSchemaProblem } from '../../model/label-schema.ts'
import { ReportBuilder } from './annotation-report.ts'
import { classesForImport } from './import-classes.ts'
import { mergeOfTask, type NumberedImage, objectsFor } from './task-document.ts'

const cls = (id: number, name: string, more: Partial<LabelClass> = {}): LabelClass => ({
  id,
  name,
  color: CLASS_COLORS[0],
  hotkey: null,
  geometries: ['box'],
  attributes: [],
  is_removed: false,
  ...more,
})
const schema: LabelSchema = {
  classes: [cls(4, 'zebra'), cls(2, 'ant', { is_removed: true }), cls(7, 'Dog')],
  global_attributes: [],
}
const used = (name: string, ...geometries: ('box' | 'polygon')[]) => ({ name, objects: 1, geometries })

describe('classes of an import', () => {
  test('are created after the others, in the given order, with new ids and free colours', () => {
    const after = classesForImport(
      schema,
      {
        known_classes: [used('dog', 'box')],
        unknown_classes: [used('wolf', 'polygon'), used('ant', 'box'), used('bee', 'box', 'polygon')],
      },
      'create',
    )
    expect(after.schema.classes.map((c) => [c.id, c.name, c.geometries])).toEqual([
      [4, 'zebra', ['box']],
      [2, 'ant', ['box']],
      [7, 'Dog', ['box']],
      [8, 'wolf', ['polygon']],
      [9, 'ant', ['box']],
      [10, 'bee', ['box', 'polygon']],
    ])
    expect(new Set(after.schema.classes.slice(3).map((c) => c.color)).size).toBe(3)
    expect(labelSchemaProblem(after.schema)).toBeNull()
    expect(after.targets.map((t) => [t.name, t.id])).toEqual([
      ['Dog', 7],
      ['wolf', 8],
      ['ant', 9],
      ['bee', 10],
    ])
  })

  test('that exist are allowed the geometries of the files, or keep theirs', () => {
    const wanted = { known_classes: [used('DOG', 'polygon')], unknown_classes: [used('wolf', 'box')] }
    const created = classesForImport(schema, wanted, 'create')
    expect(created.targets[0]).toEqual({ name: 'Dog', id: 7, geometries: ['box', 'polygon'] })
    const left = classesForImport(schema, wanted, 'leave_out')
    expect(left).toMatchObject({ is_changed: false, targets: [{ name: 'Dog', id: 7, geometries: ['box'] }] })
    expect(left.targets).toHaveLength(1)
  })
})

const box = (x: number) => ({ type: 'box', x, y: 0, width: 10, height: 10 }) as const
const image = { width: 640, height: 480 }
function fileOf(number: number, ...objects: [string, number, number?][]): NumberedImage {
  const document = {
    names: ['a.jpg'],
    folders: [],
    width: 640,
    height: 480,
    source: `${number}.xml`,
    upload: `${number}`,
    left_out: [],
    objects: objects.map(([class_name, x, class_rank]) => ({ class_name, shape: box(x), class_rank })),
  }
  return { number, name: `${number}.xml`, document }
}

describe('several files about one image', () => {
  test('add up; what an earlier file holds exactly so is taken once', () => {
    const merged = mergeOfTask([fileOf(1, ['cat', 1], ['cat', 1]), fileOf(2, ['Cat', 1], ['cat', 2])], image)
    expect(merged.objects.map((o) => o.shape)).toEqual([box(1), box(1), box(2)])
    expect(merged.adjusted).toEqual([{ name: '2.xml', reason: '1 object is also in an earlier file and taken once' }])
  })
})

describe('the report', () => {
  test('counts only tasks in Prepare, and lists classes by rank, then by first appearance', () => {
    const builder = new ReportBuilder(schema)
    builder.matched({ is_in_prepare: true, object_count: 3 }, mergeOfTask([fileOf(9, ['wolf', 1], ['bee', 2])], image))
    builder.matched(
      { is_in_prepare: true, object_count: 0 },
      mergeOfTask([fileOf(4, ['yak', 1], ['dog', 2], ['bee', 3])], image),
    )
    builder.matched({ is_in_prepare: false, object_count: 5 }, mergeOfTask([fileOf(1, ['unicorn', 1])], image))
    const report = builder.report(3)
    expect(report).toMatchObject({ files: 3, matched_tasks: 3, objects: 5, not_in_prepare_count: 1, replaced_count: 1 })
    expect(report.unknown_classes.map((c) => [c.name, c.objects])).toEqual([
      ['yak', 1],
      ['bee', 2],
      ['wolf', 1],
    ])
    expect(report.known_classes).toEqual([{ name: 'dog', objects: 1, geometries: ['box'] }])
  })

  test('says what Confirm would leave out of a class that does not allow the geometry', () => {
    const builder = new ReportBuilder({ ...schema, classes: [cls(1, 'dog', { geometries: ['polygon'] })] })
    const merged = mergeOfTask([fileOf(1, ['dog', 1], ['dog', 2])], image)
    builder.matched({ is_in_prepare: true, object_count: 0 }, merged)
    expect(builder.report(1).disallowed_geometries).toEqual([{ name: 'dog', geometry: 'box', objects: 2 }])
    expect(objectsFor(merged.objects, new Map([['dog', { name: 'dog', id: 1, geometries: ['polygon'] }]]))).toEqual([])
  })

  test('lists 200 names and counts all', () => {
    const builder = new ReportBuilder(schema)
    for (let i = 0; i < 250; i++) builder.unmatched(`${i}.xml`)
    expect(builder.report(250).unmatched).toHaveLength(200)
    expect(builder.report(250).unmatched_count).toBe(250)
  })
})
