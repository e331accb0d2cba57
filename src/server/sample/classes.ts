// The sample's label schema.
import type { LabelSchema } from '../../model/label-schema.ts'

export const SAMPLE_CLASSES = { car: 1, house: 2, tree: 3, ball: 4 } as const

const plain = { attributes: [], is_removed: false }

export const SAMPLE_SCHEMA: LabelSchema = {
  classes: [
    { id: SAMPLE_CLASSES.car, name: 'Car', color: '#e5484d', hotkey: '1', geometries: ['box'], ...plain },
    {
      id: SAMPLE_CLASSES.house,
      name: 'House',
      color: '#3e63dd',
      hotkey: '2',
      geometries: ['polygon', 'box'],
      ...plain,
    },
    { id: SAMPLE_CLASSES.tree, name: 'Tree', color: '#30a46c', hotkey: '3', geometries: ['polygon', 'box'], ...plain },
    { id: SAMPLE_CLASSES.ball, name: 'Ball', color: '#f5a623', hotkey: '4', geometries: ['mask', 'box'], ...plain },
  ],
  global_attributes: [
    {
      id: 1,
      name: 'Daylight',
      type: 'radio',
      is_required: false,
      options: [
        { id: 1, name: 'Day' },
        { id: 2, name: 'Dusk' },
      ],
      parent: null,
    },
  ],
}
