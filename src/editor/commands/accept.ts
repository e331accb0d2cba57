// A suggestion becomes an object of the person who accepts it, and remembers what it was.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { Suggestion } from '../suggestions.ts'

export const acceptedObjects = (
  suggestions: readonly Suggestion[],
  create: (class_id: number, shape: AnnotationObject['shape']) => AnnotationObject,
): AnnotationObject[] =>
  suggestions.map(({ id, class_id, shape }) => ({ ...create(class_id, shape), prediction_id: id }))
