// The report of an annotation import: what Confirm would do, counted task by task. Pure.
import type { AnnotationReport } from '../../contract/assets.ts'
import { type LabelClass, type LabelSchema, liveClasses } from '../../model/label-schema.ts'
import { SHAPE_TYPES, type ShapeType } from '../../model/shapes/index.ts'
import type { Skeleton, SkeletonTemplate } from '../../model/shapes/skeleton.ts'
import { type KeypointList, templateOf, withTemplate } from './keypoints.ts'
import { classKey, type Merged, type Remark, shapeIn } from './task-document.ts'

/** Names that a list of the report holds. */
const LISTED = 200
/** Classes that a label schema holds (model/label-schema.ts). */
const MAX_CLASSES = 2000

type Used = {
  name: string
  rank: number
  number: number
  index: number
  objects: number
  geometries: Map<ShapeType, number>
  /** Of these, what the class of the schema cannot take as it is. */
  unfit: Map<ShapeType, number>
  /** For each list of points that the class lacks: the skeleton with the most labelled ones. */
  samples: Map<string, { list: KeypointList; skeleton: Skeleton }>
}

export class ReportBuilder {
  readonly #known: ReadonlyMap<string, LabelClass>
  readonly #used = new Map<string, Used>()
  readonly #counts = {
    matched_tasks: 0,
    objects: 0,
    unmatched_count: 0,
    not_in_prepare_count: 0,
    ambiguous_count: 0,
    replaced_count: 0,
    left_out_count: 0,
    adjusted_count: 0,
  }
  readonly #unmatched: string[] = []
  readonly #ambiguous: string[] = []
  readonly #leftOut: Remark[] = []
  readonly #adjusted: Remark[] = []

  constructor(schema: LabelSchema) {
    this.#known = new Map(liveClasses(schema).map((c) => [classKey(c.name), c]))
  }

  unmatched(name: string): void {
    if (++this.#counts.unmatched_count <= LISTED) this.#unmatched.push(name)
  }

  ambiguous(name: string): void {
    if (++this.#counts.ambiguous_count <= LISTED) this.#ambiguous.push(name)
  }

  leaveOut(remark: Remark): void {
    if (++this.#counts.left_out_count <= LISTED) this.#leftOut.push(remark)
  }

  /** Counts objects only of tasks in Prepare: the others stay as they are. */
  matched(task: { is_in_prepare: boolean; object_count: number }, merged: Merged): void {
    this.#counts.matched_tasks++
    if (!task.is_in_prepare) {
      this.#counts.not_in_prepare_count++
      return
    }
    if (task.object_count > 0) this.#counts.replaced_count++
    for (const remark of merged.left_out) this.leaveOut(remark)
    for (const remark of merged.adjusted) if (++this.#counts.adjusted_count <= LISTED) this.#adjusted.push(remark)
    for (const [index, object] of merged.objects.entries()) this.#use(object, index)
  }

  #use(object: Merged['objects'][number], index: number): void {
    const key = classKey(object.class_name)
    let used = this.#used.get(key)
    if (!used) {
      if (this.#used.size >= MAX_CLASSES) {
        this.leaveOut({ name: object.class_name, reason: `more than ${MAX_CLASSES.toLocaleString('en')} classes` })
        return
      }
      used = {
        name: object.class_name,
        rank: object.class_rank ?? 0,
        number: object.number,
        index,
        objects: 0,
        geometries: new Map(),
        unfit: new Map(),
        samples: new Map(),
      }
      this.#used.set(key, used)
    }
    if (object.number < used.number)
      Object.assign(used, { name: object.class_name, rank: object.class_rank ?? 0, number: object.number, index })
    this.#counts.objects++
    used.objects++
    raise(used.geometries, object.shape.type)
    const known = this.#known.get(key)
    if (known && shapeIn(known, object)) return
    raise(used.unfit, object.shape.type)
    keepSample(used.samples, object, known)
  }

  /** @param files how many files were read */
  report(files: number): AnnotationReport {
    // By the file's own list of classes, if it has one, else by first appearance. Never by the alphabet.
    const used = [...this.#used.entries()].sort(
      ([, a], [, b]) => a.rank - b.rank || a.number - b.number || a.index - b.index,
    )
    const line = (u: Used) => ({
      name: u.name,
      objects: u.objects,
      geometries: SHAPE_TYPES.filter((g) => u.geometries.has(g)),
      ...(u.samples.size > 0 ? { skeleton: templateFrom(u.samples) } : {}),
    })
    return {
      files,
      ...this.#counts,
      unmatched: this.#unmatched,
      ambiguous: this.#ambiguous,
      unknown_classes: used.filter(([key]) => !this.#known.has(key)).map(([, u]) => line(u)),
      known_classes: used.filter(([key]) => this.#known.has(key)).map(([, u]) => line(u)),
      disallowed_geometries: used
        .filter(([key]) => this.#known.has(key))
        .flatMap(([, u]) => [...u.unfit].map(([geometry, objects]) => ({ name: u.name, geometry, objects }))),
      left_out: this.#leftOut,
      adjusted: this.#adjusted,
    }
  }
}

const raise = (counts: Map<ShapeType, number>, type: ShapeType) => counts.set(type, (counts.get(type) ?? 0) + 1)

/** Points that are only counted add nothing to a class that has points: their order would mean nothing there. */
function keepSample(
  samples: Used['samples'],
  { shape, keypoints: list }: Merged['objects'][number],
  known: LabelClass | undefined,
): void {
  if (shape.type !== 'skeleton' || !list || (known?.skeleton && !list.is_named)) return
  const key = JSON.stringify(list.names)
  const labelled = samples.get(key)?.skeleton.points.length ?? 0
  if (shape.points.length > labelled) samples.set(key, { list, skeleton: shape })
}

function templateFrom(samples: Used['samples']): SkeletonTemplate {
  return [...samples.values()]
    .map(({ list, skeleton }) => templateOf(list, skeleton))
    .reduce((template, more) => withTemplate(template, more))
}
