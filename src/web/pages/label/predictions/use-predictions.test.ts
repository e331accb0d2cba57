import { expect, it } from 'vitest'
import type { TaskReply } from '../work-api.ts'
import type { WorkState } from '../work-state.ts'
import { type PredictionSet, predictionsFor } from './use-predictions.ts'

it('predictions of a task are not those of the next one, which comes a frame sooner than the rest of the page', () => {
  const predictions = [{ id: 1 }] as unknown as PredictionSet['predictions']
  const set = { model: 'm', version: '1', predictions } as PredictionSet
  const showing = (id: number) => {
    const view = { task: { id } } as TaskReply
    const state: WorkState = { at: 'viewing', view, refusal: { code: '', text: '' } }
    return { state: { get: () => state, subscribe: () => () => {} } }
  }
  expect(predictionsFor(showing(5), 5, set)).toBe(predictions)
  expect(predictionsFor(showing(6), 5, set)).toEqual([])
  expect(predictionsFor(showing(5), null, null)).toEqual([])
})
