// For tests of documents: objects that differ only where they are told to. Not part of the product.
import type { AnnotationDocument, AnnotationObject } from './annotation.ts'

export const point = (id: string, x = 0): AnnotationObject => ({
  id,
  class_id: 1,
  shape: { type: 'point', x, y: 0 },
  attributes: {},
  author_id: null,
})
export const doc = (...objects: AnnotationObject[]): AnnotationDocument => ({ objects, global_attributes: {} })
