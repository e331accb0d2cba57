// Which organization is chosen: that of the open project, else the remembered one, else the first.
import { useNavigate } from '@tanstack/react-router'
import { useOpenProject, useSession } from '../session.tsx'
import { useRemembered } from '../use-remembered.ts'

export function useOrganization() {
  const { organizations } = useSession()
  const project = useOpenProject()
  const navigate = useNavigate()
  const [remembered, remember] = useRemembered('pixlhub-organization', 0)
  const byId = (id: number | undefined) => organizations.find((o) => o.id === id)
  const organization = byId(project?.organization_id) ?? byId(remembered) ?? organizations[0] ?? null
  const choose = (id: number) => {
    remember(id)
    void navigate({ to: '/projects' })
  }
  return { organization, choose }
}
