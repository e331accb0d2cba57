// The way to the details of an operation.
import { useNavigate } from '@tanstack/react-router'
import { useProjectId } from '../../../session.tsx'

export function useOpenOperation(): (operation_id: number) => void {
  const project_id = useProjectId()
  const navigate = useNavigate()
  return (open) =>
    void navigate({
      to: '/projects/$project_id/operations',
      params: { project_id: String(project_id) },
      search: { open },
    })
}
