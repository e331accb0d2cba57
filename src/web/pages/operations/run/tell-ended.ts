// After a reload: tells of what was begun in this browser, ended, and was told in no tab.
import { api } from '../../../api.ts'
import { type Navigate, openWith, showOperation } from './OperationToast.tsx'
import { told, untold } from './untold.ts'

type At = { project_id: number; person_id: number }

export async function tellEnded(
  { project_id, person_id }: At,
  running: ReadonlySet<number>,
  navigate: Navigate,
): Promise<void> {
  for (const operation_id of untold(project_id, person_id).filter((id) => !running.has(id))) {
    const operation = await api.get_operation({ project_id, operation_id })
    // Another tab may have told it meanwhile.
    if (operation.state !== 'running' && told(project_id, operation))
      showOperation(project_id, operation, openWith(navigate, project_id))
  }
}
