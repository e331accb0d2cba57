// Which organization is chosen: that of the open project, else the remembered one, else the first.
import { useLocalStorage } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useOpenProject, useSession } from '../session.tsx'

export function useOrganization() {
  const { organizations } = useSession()
  const project = useOpenProject()
  const navigate = useNavigate()
  const [remembered, remember] = useLocalStorage<number>({
    key: 'pixlhub-organization',
    defaultValue: 0,
    getInitialValueInEffect: false,
  })
  const byId = (id: number | undefined) => organizations.find((o) => o.id === id)
  const organization = byId(project?.organization_id) ?? byId(remembered) ?? organizations[0] ?? null
  const choose = (id: number) => {
    remember(id)
    void navigate({ to: '/projects' })
  }
  return { organization, choose }
}
