// Who an object is by: the server's word, whatever a client sends.
import type { AnnotationDocument, AnnotationObject } from '../../model/annotation.ts'
import { partsThatDiffer } from '../../model/compare.ts'
import { setOfKey } from '../../model/prediction.ts'
import type { Tx } from '../db/connect.ts'
import { knownSets } from '../predictions/queries.ts'

/** A sent document with its authors. @param before what it changes @param person_id who sent it */
export async function signed(
  tx: Tx,
  project_id: number,
  sent: AnnotationDocument,
  before: AnnotationDocument,
  person_id: number,
): Promise<AnnotationDocument> {
  const known = await knownSets(tx, project_id, claimedSets(sent, before))
  return withAuthors(sent, before, person_id, known)
}

/** The prediction sets that objects say they come from and did not say before. */
function claimedSets(document: AnnotationDocument, before: AnnotationDocument): number[] {
  const known = new Set(before.objects.map((o) => o.id))
  const keys = document.objects.flatMap((o) => (o.prediction_id && !known.has(o.id) ? [o.prediction_id] : []))
  return [...new Set(keys.map(setOfKey))]
}

/**
 * Authorship is the server's word: who drew an object is kept, new ones are the caller's; who changes somebody else's is named
 * beside its author. So is the prediction that an object was: it is told once, when the object is new.
 * @param sets prediction sets of the project, of those that new objects name
 */
function withAuthors(
  document: AnnotationDocument,
  before: AnnotationDocument,
  person_id: number,
  sets: ReadonlySet<number>,
): AnnotationDocument {
  const known = new Map(before.objects.map((o) => [o.id, o]))
  const signed = (sent: AnnotationObject): AnnotationObject => {
    const was = known.get(sent.id)
    if (sent === was) return was
    const { edited_by_id: _, prediction_id, ...o } = sent
    if (!was)
      return {
        ...o,
        author_id: person_id,
        ...(prediction_id && sets.has(setOfKey(prediction_id)) ? { prediction_id } : {}),
      }
    // The very same: its text is known.
    if (partsThatDiffer(was, o).length === 0) return was
    return {
      ...o,
      author_id: was.author_id,
      ...(person_id === was.author_id ? {} : { edited_by_id: person_id }),
      ...(was.prediction_id ? { prediction_id: was.prediction_id } : {}),
    }
  }
  return {
    ...document,
    objects: document.objects.map(signed),
    rejected_predictions: document.rejected_predictions ?? before.rejected_predictions ?? [],
  }
}
