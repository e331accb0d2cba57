// The menu of the organization's name: the others, its people, a new project.
import { Menu } from '@mantine/core'
import { IconBuilding, IconCheck, IconPlus, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { mayInOrganization } from '../../model/permission.ts'
import { useSession } from '../session.tsx'
import { MenuItems } from '../ui/MenuItems.tsx'
import type { OfMenu } from '../ui/use-menu.ts'
import { useOrganization } from './organization.ts'

export default function OrganizationItems(menu: OfMenu) {
  const { t } = useTranslation()
  const { organizations } = useSession()
  const { organization, choose } = useOrganization()
  return (
    <MenuItems {...menu} position="bottom-start">
      <Menu.Label>{t('nav.organizations')}</Menu.Label>
      {organizations.map((o) => (
        <Menu.Item
          key={o.id}
          leftSection={<IconBuilding size={15} />}
          rightSection={o.id === organization?.id ? <IconCheck size={14} /> : null}
          onClick={() => choose(o.id)}
        >
          {o.name}
        </Menu.Item>
      ))}
      {organization && mayInOrganization(organization.role, 'manage_members') && (
        <>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconUsers size={15} />}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/organization/$organization_id/members"
                params={{ organization_id: String(organization.id) }}
              />
            )}
          >
            {t('nav.people')}
          </Menu.Item>
        </>
      )}
      {organization && mayInOrganization(organization.role, 'create_project') && (
        <Menu.Item
          leftSection={<IconPlus size={15} />}
          renderRoot={(props) => <Link {...props} to="/projects" search={{ create: true }} />}
        >
          {t('nav.create_project')}
        </Menu.Item>
      )}
    </MenuItems>
  )
}
