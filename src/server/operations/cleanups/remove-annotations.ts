// cleanups/: what Change status may take away, one thing a file: what it is worth, and the change that removes it.
// Nothing is deleted: a marker moves, so that undo can move it back.
import { own } from '../../../model/task.ts'
import type { Cleanup } from './cleanup.ts'

/** No objects and no global values remain. The revision stays in the database for undo. */
export const removeAnnotations: Cleanup = {
  param: 'remove_annotations',
  applies: (task) => task.has_annotations,
  loses: ['objects', 'image_values'],
  change: () => ({
    patch: { revision_id: null, object_count: 0, class_counts: {} },
    event: { kind: 'annotations_removed', before: { object_count: own('object_count') }, after: { object_count: 0 } },
  }),
}
