// Predictions as they are offered: of the score that a person asks for, neither accepted nor rejected yet. Each looks like an
// object, so that it is drawn and found under the pointer like one.
import type { AnnotationObject } from '../model/annotation.ts'
import { type LabelSchema, liveClasses } from '../model/label-schema.ts'
import type { Prediction } from '../model/prediction.ts'
import { fits } from './class-keys.ts'
import type { EditorDocument } from './document.ts'
import type { EditorState } from './state.ts'

/** Its id is the prediction's key. */
export type Suggestion = AnnotationObject & { readonly score: number }

/** Predictions below it are not offered, unless a person asks for them. */
export const USUAL_THRESHOLD = 0.5

const NONE: readonly Suggestion[] = []

/** Those that the schema allows, in their order. */
export function suggestionsFrom(predictions: readonly Prediction[], schema: LabelSchema): readonly Suggestion[] {
  const all = predictions.map(({ key, ...said }) => ({ id: key, ...said, attributes: {}, author_id: null }))
  return allowedBy(schema, all)
}

/** Those that another schema allows too. */
export function allowedBy(schema: LabelSchema, suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const classes = new Map(liveClasses(schema).map((c) => [c.id, c]))
  return suggestions.filter(({ class_id, shape }) => {
    const labelClass = classes.get(class_id)
    return labelClass !== undefined && fits(labelClass, shape)
  })
}

type Asked = Pick<EditorState, 'predictions' | 'threshold'> & { document: EditorDocument }
let last: { asked: Asked; offered: readonly Suggestion[] } | null = null

/** What is offered now; the same list for the same question. */
export function offered({ predictions, threshold, document }: Asked): readonly Suggestion[] {
  if (predictions.length === 0) return NONE
  const known = last?.asked
  if (known?.predictions !== predictions || known.threshold !== threshold || known.document !== document) {
    const decided = decidedOn(document)
    const list = predictions.filter((p) => p.score >= threshold && !decided.has(p.id))
    last = { asked: { predictions, threshold, document }, offered: list }
  }
  return (last as NonNullable<typeof last>).offered
}

/** Keys of what was accepted and is there, and of what was rejected. */
function decidedOn(document: EditorDocument): Set<string> {
  const keys = new Set(document.rejected_predictions)
  for (const o of document.objects) if (o.prediction_id !== undefined) keys.add(o.prediction_id)
  return keys
}

/** What is drawn and can be clicked. */
export const visibleSuggestions = (state: EditorState): readonly Suggestion[] =>
  state.hasSuggestions ? offered(state) : NONE
