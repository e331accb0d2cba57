// A prediction: what a model believes is in an image. It becomes an object only when a person accepts it.
import { type Static, Type } from 'typebox'
import { Fields, Id } from './schema.ts'
import { ShapeSchema } from './shapes/index.ts'

/** A prediction set and an id within it, e.g. `12-a90f3c`. */
export const PredictionKeySchema = Type.String({ pattern: '^[1-9][0-9]{0,15}-[A-Za-z0-9_-]{1,40}$' })
export const predictionKey = (set_id: number, id: string): string => `${set_id}-${id}`
export const setOfKey = (key: string): number => Number(key.slice(0, key.indexOf('-')))

/** How sure the model is, 0…1. */
export const ScoreSchema = Type.Number({ minimum: 0, maximum: 1 })

export const PredictionSchema = Fields({
  key: PredictionKeySchema,
  class_id: Id,
  shape: ShapeSchema,
  score: ScoreSchema,
})
export type Prediction = Static<typeof PredictionSchema>
/** As one set holds it: with its id within the set. */
export type StoredPrediction = Omit<Prediction, 'key'> & { id: string }

/** The most predictions of one set for one task. */
export const PREDICTIONS_MAX = 20_000
/** The most that a person rejects on one task. */
export const REJECTED_MAX = 20_000
