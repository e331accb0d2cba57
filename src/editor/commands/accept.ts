// A suggestion becomes an object of the person who accepts it, and remembers what it was.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { Suggestion } from '../suggestions.ts'

export const acceptedObjects = (
  suggestions: readonly Suggestion[],
  createId: () => string,
  author_id: number | null,
): AnnotationObject[] =>
  suggestions.map(({ id, class_id, shape }) => ({
    id: createId(),
    class_id,
    shape,
    attributes: {},
    author_id,
    prediction_id: id,
  }))
