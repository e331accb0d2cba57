// exports/: data out. What was selected is frozen first; a download walks the frozen set as often as it likes.
// This file: what an export format is. A format is one file and one line in index.ts; it gets tasks in pages and
// an archive to write into, and knows no SQL and no HTTP.
import type { Readable } from 'node:stream'
import type { AnnotationObject } from '../../model/annotation.ts'
import type { LabelClass } from '../../model/label-schema.ts'
import type { ShapeType } from '../../model/shapes/index.ts'
import type { Split } from '../../model/task.ts'

/** A split, or tasks that have none. */
export const EXPORT_SPLITS = ['train', 'validation', 'test', 'unassigned'] as const
export type ExportSplit = (typeof EXPORT_SPLITS)[number]
export const splitOf = (split: Split | null): ExportSplit => split ?? 'unassigned'

export type ExportedImage = {
  id: number
  /** Path of the image within the export, unique in it; safe to unpack. */
  path: string
  width: number
  height: number
  split: ExportSplit
}
export type ExportedTask = ExportedImage & { objects: AnnotationObject[] }

export type ExportSource = {
  /** In schema order: the live ones, and removed ones that still have objects here. */
  classes: readonly LabelClass[]
  /** Tasks of each split; splits without any are missing. In the order of EXPORT_SPLITS. */
  splits: ReadonlyMap<ExportSplit, number>
  with_images: boolean
  created_at: string
  project_name: string
  /** Tasks of a split in pages, by id, with their objects: to be walked once. A page is what may be in memory at once. */
  pages(split: ExportSplit): AsyncIterable<ExportedTask[]>
  /** The same tasks without their objects, which costs little. Walks anew on every call. */
  images(split: ExportSplit): AsyncIterable<ExportedImage[]>
  /** The image as it was imported; null if the file is gone. */
  image(image: ExportedImage): Promise<Readable | null>
}

/** A zip that is written while it is read: each call ends when the entry is through. */
export type ExportArchive = {
  text(path: string, parts: AsyncIterable<string> | Iterable<string>): Promise<void>
  file(path: string, bytes: Readable): Promise<void>
}

/** What a format could not take along, or not as it was. */
export type LeftOut = { reason: string; count: number }

export type ExportFormat = {
  name: string
  title: string
  /** How paths must differ: with their extension, or also without it. */
  unique_by: 'name' | 'stem'
  /** Geometries that the format cannot say; counted and named in the archive. */
  omits: readonly ShapeType[]
  /** Lines for README.txt about the layout. */
  layout: readonly string[]
  write(source: ExportSource, archive: ExportArchive, tally: Tally): Promise<void>
}

/** Counts of what went into the archive and what did not. */
export class Tally {
  readonly #written = new Map<ExportSplit, { images: number; objects: number; classes: Map<number, number> }>()
  readonly #leftOut = new Map<string, number>()
  readonly #simplified = new Map<string, number>()

  task(split: ExportSplit, objects: readonly { class_id: number }[]): void {
    const at = this.#written.get(split) ?? { images: 0, objects: 0, classes: new Map<number, number>() }
    this.#written.set(split, at)
    at.images++
    at.objects += objects.length
    for (const { class_id } of objects) at.classes.set(class_id, (at.classes.get(class_id) ?? 0) + 1)
  }

  leaveOut(reason: string, count = 1): void {
    if (count > 0) this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + count)
  }

  /** @param how what says less than it did, and what it became */
  simplify(how: string, count = 1): void {
    if (count > 0) this.#simplified.set(how, (this.#simplified.get(how) ?? 0) + count)
  }

  splits(classes: readonly LabelClass[]) {
    return EXPORT_SPLITS.flatMap((split) => {
      const at = this.#written.get(split)
      if (!at) return []
      return [
        {
          split,
          images: at.images,
          objects: at.objects,
          classes: classes.map((c) => ({ id: c.id, name: c.name, objects: at.classes.get(c.id) ?? 0 })),
        },
      ]
    })
  }

  leftOut(): LeftOut[] {
    return [...this.#leftOut].map(([reason, count]) => ({ reason, count }))
  }

  simplified(): LeftOut[] {
    return [...this.#simplified].map(([reason, count]) => ({ reason, count }))
  }
}

/** Objects that a format can say, and the tally of the others. */
export function sayable(task: ExportedTask, omits: readonly ShapeType[], tally: Tally): AnnotationObject[] {
  const said = task.objects.filter((o) => !omits.includes(o.shape.type))
  for (const type of omits)
    tally.leaveOut(
      `${type} objects, which this format has no form for`,
      task.objects.filter((o) => o.shape.type === type).length,
    )
  return said
}

/** Copies the images of a split into a folder; those whose file is gone are named in the tally. */
export async function writeImages(
  source: ExportSource,
  archive: ExportArchive,
  tally: Tally,
  split: ExportSplit,
  folder: string,
): Promise<void> {
  for await (const page of source.images(split))
    for (const image of page) {
      const bytes = await source.image(image)
      if (bytes) await archive.file(`${folder}/${image.path}`, bytes)
      else tally.leaveOut('image files that are missing on the server')
    }
}
