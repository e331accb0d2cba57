// How the work goes to the server: what changed since the server's revision; the whole where that is not the one we know.
import { ApiError, type Client } from '../../../contract/client.ts'
import { type EditorDocument, toSaved } from '../../../editor/document.ts'
import { changesOf } from '../../../model/changes.ts'

/** One save at a time. */
export function createSending(
  api: Pick<Client, 'save_document' | 'save_changes'>,
  holder: { project_id: number; task_id: number; session_id: string; generation: number },
  opened: { revision_id: number | null; document: EditorDocument },
) {
  let base_id = opened.revision_id
  let base: EditorDocument = opened.document
  return async (document: EditorDocument) => {
    const whole = (error: unknown) => {
      // After a save whose answer got lost, for one.
      if (error instanceof ApiError && error.code === 'stale_base')
        return api.save_document({ ...holder, document: toSaved(document) })
      throw error
    }
    const changes = changesOf(base, document)
    const saved = await api.save_changes({ ...holder, base_id, changes }).catch(whole)
    base_id = saved.revision_id
    base = document
    return saved
  }
}
