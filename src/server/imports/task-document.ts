// What annotation files together say about one task. Pure; the report counts what the operation applies.
import { type AnnotationObject, OBJECTS_MAX } from '../../model/annotation.ts'
import type { Shape, ShapeType } from '../../model/shapes/index.ts'
import type { SkeletonTemplate } from '../../model/shapes/skeleton.ts'
import { type Fitted, type FittedObject, fitToImage, TOO_MANY } from './fit-to-image.ts'
import type { ParsedImage } from './format.ts'
import { underTemplate } from './keypoints.ts'

/** A parsed image as it waits in `import_item.document`. */
export type StoredImage = ParsedImage & {
  /** Path of the file it came from. The last upload of a path counts, so a repeated upload doubles nothing. */
  source: string
  /** Which upload of that path: a random token. */
  upload: string
  /** EXIF orientation of the image, where it decides how the objects are turned. */
  orientation?: number
}
export type NumberedImage = { number: number; name: string; document: StoredImage }

export type MergedObject = FittedObject & { /** `import_item.number` of its file. */ number: number }
export type Remark = { name: string; reason: string }
export type Merged = { objects: MergedObject[]; left_out: Remark[]; adjusted: Remark[] }

/**
 * Several files about one image add up, e.g. one COCO file per class. An object that an earlier file holds exactly
 * so, class and shape, is taken once.
 * @param files in upload order
 */
export function mergeOfTask(files: readonly NumberedImage[], image: { width: number; height: number }): Merged {
  const merged: Merged = { objects: [], left_out: [], adjusted: [] }
  const earlier = new Set<string>()
  for (const { number, name, document } of files) {
    const fitted: Fitted = fitToImage(document, image, document.orientation ?? 1)
    const keys = files.length > 1 ? fitted.objects.map(sameKey) : []
    const fresh = fitted.objects.filter((_, i) => !earlier.has(keys[i] as string))
    for (const key of keys) earlier.add(key)
    const room = OBJECTS_MAX - merged.objects.length
    for (const object of fresh.slice(0, room)) merged.objects.push({ ...object, number })
    for (const { class_name } of fresh.slice(room))
      merged.left_out.push({ name, reason: `an object (${class_name}): ${TOO_MANY}` })
    const repeated = fitted.objects.length - fresh.length
    if (repeated > 0)
      merged.adjusted.push({
        name,
        reason: `${repeated} ${repeated === 1 ? 'object is' : 'objects are'} also in an earlier file and taken once`,
      })
    for (const reason of [...document.left_out, ...fitted.left_out]) merged.left_out.push({ name, reason })
    for (const reason of fitted.adjusted) merged.adjusted.push({ name, reason })
  }
  return merged
}

/** Objects with the same key are the same object. Which points the numbers of a skeleton mean is part of it. */
const sameKey = ({ class_name, shape, keypoints }: FittedObject): string =>
  JSON.stringify([classKey(class_name), shape, keypoints?.names])

/** Two classes of a project never differ in case only, so names are compared without it. */
export const classKey = (name: string): string => name.trim().toLowerCase()

/** A class of the project that objects of an import go to. */
export type ClassTarget = { name: string; id: number; geometries: readonly ShapeType[]; skeleton?: SkeletonTemplate }

/** The shape as an object of the class has it; null if the class does not allow it, or lacks a point of the skeleton. */
export function shapeIn(
  target: Pick<ClassTarget, 'geometries' | 'skeleton'>,
  { shape, keypoints }: Pick<FittedObject, 'shape' | 'keypoints'>,
): Shape | null {
  if (!target.geometries.includes(shape.type)) return null
  if (shape.type !== 'skeleton') return shape
  return keypoints ? underTemplate(shape, keypoints, target.skeleton) : null
}

/** Objects ready for a revision. Those without a target, or of a shape that their class does not allow, are left out. */
export function objectsFor(
  merged: readonly MergedObject[],
  targets: ReadonlyMap<string, ClassTarget>,
): AnnotationObject[] {
  const objects: AnnotationObject[] = []
  for (const object of merged) {
    const target = targets.get(classKey(object.class_name))
    const shape = target && shapeIn(target, object)
    if (target && shape)
      objects.push({ id: `i${objects.length + 1}`, class_id: target.id, shape, attributes: {}, author_id: null })
  }
  return objects
}
