// imports/: files in, images and annotations. What the files become lives in tasks/ and operations/.
// This file: what an annotation format is. A format is one file and one line in index.ts; it knows no SQL and no HTTP.
import type { Box } from '../../model/shapes/box.ts'
import type { Ellipse } from '../../model/shapes/ellipse.ts'
import type { Mask } from '../../model/shapes/mask.ts'
import type { Polygon } from '../../model/shapes/polygon.ts'
import type { Skeleton } from '../../model/shapes/skeleton.ts'
import type { KeypointList } from './keypoints.ts'

export type ParsedObject = {
  class_name: string
  /** Pixels as the file counts them, or parts of the image (`is_relative`); not yet turned upright, not yet clipped. Of a skeleton the labelled points, by number. */
  shape: Box | Ellipse | Mask | Polygon | Skeleton
  /** Where the class stands in the file's own list of classes, if it has one; new classes are made in this order. */
  class_rank?: number
  /** A polygon of four corners that mean a box, which can be told only in pixels. */
  is_turned_box?: true
  /** How sure a model is, if the file says so. Read for predictions only. */
  score?: number
}

/** What a file says about one image. */
export type ParsedImage = {
  /** Names that the image may have, best first; may hold folders. Empty: objects that belong to no image. */
  names: string[]
  /** Folders that tell images of the same name apart, best first. */
  folders: string[]
  /** Pixels, as the file believes; null if it does not say. */
  width: number | null
  height: number | null
  /** Coordinates are parts of the image, 0…1: boxes, polygons and skeletons. */
  is_relative?: true
  objects: ParsedObject[]
  /** Of each class that has skeletons here. */
  keypoints?: KeypointList[]
  /** What was taken over, but is worth a look. */
  adjusted?: string[]
  /** Objects that cannot be taken over, one reason each. */
  left_out: string[]
}

export type AnnotationFormat = {
  name: string
  title: string
  /** Lower case, with the dot. Other entries of a zip are passed over. */
  extensions: readonly string[]
  /** Where in a zip its files lie, if not anywhere. */
  folders?: RegExp
  /** One file, at most. */
  max_bytes: number
  /** Pure. @throws Failure unsupported_media with a sentence if the file is not of this format */
  parse: Parse
  /** A file of the same zip without which the others mean nothing. */
  beside?: {
    what: string
    /** Best first; of those that fit one, the one in the fewest folders. */
    paths: readonly RegExp[]
    /** Pure. @returns how the others are read. @throws Failure unsupported_media */
    read(name: string, bytes: Uint8Array): Parse
  }
}

export type Parse = (name: string, bytes: Uint8Array) => ParsedImage[]
