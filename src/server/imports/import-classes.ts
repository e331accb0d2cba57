// Which classes of the label schema an import's objects go to, and the schema after new ones are added. Pure.
import type { AnnotationReport } from '../../contract/assets.ts'
import { Failure } from '../../model/failure.ts'
import { CLASS_COLORS, type LabelClass, type LabelSchema, liveClasses } from '../../model/label-schema.ts'
import { SHAPE_TYPES, type ShapeType } from '../../model/shapes/index.ts'
import { MOST_POINTS, type SkeletonTemplate } from '../../model/shapes/skeleton.ts'
import { withTemplate } from './keypoints.ts'
import { type ClassTarget, classKey } from './task-document.ts'

type Classes = Pick<AnnotationReport, 'known_classes' | 'unknown_classes'>

/**
 * `create` adds each class that is missing now, in the report's order, and lets existing ones have the geometries that
 * the files use, and the points of their skeletons. `leave_out` changes nothing: objects without a fitting class are left out.
 * The schema may have changed since the report, so what is missing is decided by the schema, not by the report.
 * Ids of classes, removed ones included, are never given twice, and existing classes keep their order.
 * @throws Failure too_large beyond 2,000 classes, or 200 points of a skeleton
 */
export function classesForImport(
  schema: LabelSchema,
  used: Classes,
  choice: 'create' | 'leave_out',
): { schema: LabelSchema; targets: ClassTarget[]; is_changed: boolean } {
  const wanted = [...used.known_classes, ...used.unknown_classes]
  const after = choice === 'create' ? withClasses(schema, wanted) : schema
  const byKey = new Map(liveClasses(after).map((c) => [classKey(c.name), c]))
  const targets = wanted.flatMap(({ name }) => {
    const c = byKey.get(classKey(name))
    if (!c) return []
    const { id, geometries, skeleton } = c
    return [{ name: c.name, id, geometries, ...(skeleton ? { skeleton } : {}) }]
  })
  return { schema: after, targets, is_changed: JSON.stringify(after) !== JSON.stringify(schema) }
}

function withClasses(schema: LabelSchema, wanted: Classes['unknown_classes']): LabelSchema {
  const classes = schema.classes.map((c) => ({ ...c }))
  let nextId = Math.max(0, ...classes.map((c) => c.id)) + 1
  for (const { name, geometries, skeleton } of wanted) {
    const known = classes.find((c) => !c.is_removed && classKey(c.name) === classKey(name))
    const labelClass = known ?? newClass(nextId++, name, geometries, classes)
    labelClass.geometries = SHAPE_TYPES.filter((g) => labelClass.geometries.includes(g) || geometries.includes(g))
    if (skeleton) labelClass.skeleton = withPoints(labelClass, skeleton)
    if (!known) classes.push(labelClass)
  }
  if (classes.length > 2000)
    throw new Failure(
      'too_large',
      `unknown_classes: with these the project would have ${classes.length} classes; 2,000 are possible.`,
    )
  return { ...schema, classes }
}

/** @throws Failure too_large */
function withPoints({ name, skeleton }: LabelClass, more: SkeletonTemplate): SkeletonTemplate {
  const all = skeleton ? withTemplate(skeleton, more) : more
  if (all.points.length > MOST_POINTS)
    throw new Failure(
      'too_large',
      `unknown_classes: with these the skeleton of “${name}” would have ${all.points.length} points; ${MOST_POINTS} are possible.`,
    )
  return all
}

function newClass(
  id: number,
  name: string,
  geometries: readonly ShapeType[],
  others: readonly LabelClass[],
): LabelClass {
  const taken = new Set(others.filter((c) => !c.is_removed).map((c) => c.color))
  const color = CLASS_COLORS.find((c) => !taken.has(c)) ?? (CLASS_COLORS[(id - 1) % CLASS_COLORS.length] as string)
  return {
    id,
    name: name.trim(),
    color,
    hotkey: freeHotkey(others),
    geometries: [...geometries],
    attributes: [],
    is_removed: false,
  }
}

/** 1…9 as long as they are free, like a class made by hand. */
function freeHotkey(others: readonly LabelClass[]): string | null {
  const taken = new Set(others.filter((c) => !c.is_removed).map((c) => c.hotkey))
  return [...'123456789'].find((key) => !taken.has(key)) ?? null
}
