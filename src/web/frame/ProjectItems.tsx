// The menu of the project's name: the other projects.
import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { projectsQuery } from '../queries.ts'
import { MenuItems } from '../ui/MenuItems.tsx'
import type { OfMenu } from '../ui/use-menu.ts'

export default function ProjectItems(menu: OfMenu) {
  const { t } = useTranslation()
  const { data: projects = [] } = useQuery(projectsQuery)
  return (
    <MenuItems {...menu} position="bottom-start" width={260} maxHeight={420}>
      <Menu.Label>{t('nav.projects')}</Menu.Label>
      {projects.map((p) => (
        <Menu.Item
          key={p.id}
          renderRoot={(props) => <Link {...props} to="/projects/$project_id" params={{ project_id: String(p.id) }} />}
        >
          {p.name}
        </Menu.Item>
      ))}
    </MenuItems>
  )
}
