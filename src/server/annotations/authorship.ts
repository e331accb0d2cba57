// Who an object is by: the server's word, whatever a client sends.
import type { AnnotationDocument, AnnotationObject } from '../../model/annotation.ts'
import { partsThatDiffer } from '../../model/compare.ts'
import { setOfKey } from '../../model/prediction.ts'
import type { Tx } from '../db/connect.ts'
import { knownSets } from '../predictions/queries.ts'
import { objectsBeforeSession } from './revision-queries.ts'

/** What is saved: the session that saves, and the revision that it changes. */
type Saving = { project_id: number; task_id: number; session_id: string; author_id: number; base_id: number | null }

/** A sent document with its authors. @param saving `author_id`: who sent it @param before what it changes */
export async function signed(
  tx: Tx,
  saving: Saving,
  sent: AnnotationDocument,
  before: AnnotationDocument,
): Promise<AnnotationDocument> {
  const known = new Map(before.objects.map((o) => [o.id, o]))
  const added = sent.objects.filter((o) => !known.has(o.id))
  for (const o of await broughtBack(tx, saving, added)) known.set(o.id, o)
  const sets = await knownSets(tx, saving.project_id, claimedSets(added))
  return withAuthors(sent, before, known, saving.author_id, sets)
}

/**
 * Undo brings back what an earlier save of the session deleted. What the editor says of its author is why it is looked for, and
 * is not believed: it is as it stood before the session.
 */
async function broughtBack(
  tx: Tx,
  saving: Saving,
  added: readonly AnnotationObject[],
): Promise<readonly AnnotationObject[]> {
  const isMine = (o: AnnotationObject) => o.author_id === saving.author_id && !o.edited_by_id
  const ids = added.filter((o) => !isMine(o)).map((o) => o.id)
  return ids.length === 0 || saving.base_id === null ? [] : objectsBeforeSession(tx, saving, saving.base_id, ids)
}

/** The prediction sets that new objects say they come from. */
function claimedSets(added: readonly AnnotationObject[]): number[] {
  return [...new Set(added.flatMap((o) => (o.prediction_id ? [setOfKey(o.prediction_id)] : [])))]
}

/**
 * Authorship is the server's word: who drew an object is kept, new ones are the caller's; who changes somebody else's is named
 * beside its author. So is the prediction that an object was: it is told once, when the object is new.
 * @param known the objects that are not new, by id
 * @param sets prediction sets of the project, of those that new objects name
 */
function withAuthors(
  document: AnnotationDocument,
  before: AnnotationDocument,
  known: ReadonlyMap<string, AnnotationObject>,
  person_id: number,
  sets: ReadonlySet<number>,
): AnnotationDocument {
  const signed = (sent: AnnotationObject): AnnotationObject => {
    const was = known.get(sent.id)
    // The very same: its text is known.
    if (was && (sent === was || partsThatDiffer(was, sent).length === 0)) return was
    const { edited_by_id: _, prediction_id, ...o } = sent
    if (!was)
      return {
        ...o,
        author_id: person_id,
        ...(prediction_id && sets.has(setOfKey(prediction_id)) ? { prediction_id } : {}),
      }
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
