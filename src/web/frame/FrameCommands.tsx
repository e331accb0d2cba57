// The commands that are always there: places to go to, theme, rail, sign out.
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconFolders, IconLayoutSidebar, IconLogout, IconMoon, IconPlus, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { mayInOrganization } from '../../model/permission.ts'
import { openPalette } from '../commands/palette-store.ts'
import { type Command, useCommands } from '../commands/registry.ts'
import { useOpenProject } from '../session.tsx'
import { useOrganization } from './organization.ts'
import { sectionPath, sectionsOf } from './sections.ts'
import { useSignOut } from './use-sign-out.ts'

const icon = { size: 16, stroke: 1.6 }

export function FrameCommands({ onToggleRail }: { onToggleRail: () => void }) {
  useSectionCommands()
  useAppCommands(onToggleRail)
  return null
}

function useSectionCommands(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const project = useOpenProject()
  const [id, role] = [project?.id, project?.role]
  useCommands(
    useMemo(
      () =>
        id && role
          ? sectionsOf(role).map(
              ({ name, key, icon: Icon }): Command => ({
                id: `go-${name}`,
                title: t(`section.${name}`),
                group: 'go_to',
                icon: <Icon {...icon} />,
                keys: `g ${key}`,
                run: () => void navigate({ to: sectionPath(name), params: { project_id: String(id) }, search: {} }),
              }),
            )
          : [],
      [id, role, t, navigate],
    ),
  )
}

function useAppCommands(onToggleRail: () => void): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { organization } = useOrganization()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const signOut = useSignOut()
  // The latest closures, so that the list itself stays the same object between renders.
  const latest = useRef({ onToggleRail, signOut, setColorScheme, scheme })
  latest.current = { onToggleRail, signOut, setColorScheme, scheme }
  const mayCreate = organization ? mayInOrganization(organization.role, 'create_project') : false
  useCommands(
    useMemo((): Command[] => {
      const now = () => latest.current
      return [
        { id: 'go-projects', title: t('nav.projects'), group: 'go_to', icon: <IconFolders {...icon} />, keys: 'g p', run: () => void navigate({ to: '/projects' }) },
        { id: 'go-account', title: t('nav.account'), group: 'go_to', icon: <IconUser {...icon} />, words: 'password token api', run: () => void navigate({ to: '/account' }) },
        ...(mayCreate
          ? [{ id: 'create-project', title: t('nav.create_project'), group: 'act' as const, icon: <IconPlus {...icon} />, words: 'new', run: () => void navigate({ to: '/projects', search: { create: true } }) }]
          : []),
        { id: 'palette', title: t('command.palette'), group: 'act', keys: '$mod+k', isKeyOnly: true, run: openPalette },
        { id: 'theme', title: t('nav.toggle_theme'), group: 'act', icon: <IconMoon {...icon} />, words: 'dark light', run: () => now().setColorScheme(now().scheme === 'dark' ? 'light' : 'dark') },
        { id: 'rail', title: t('nav.toggle_rail'), group: 'act', icon: <IconLayoutSidebar {...icon} />, keys: '$mod+b', run: () => now().onToggleRail() },
        { id: 'sign-out', title: t('nav.sign_out'), group: 'act', icon: <IconLogout {...icon} />, words: 'log out', run: () => now().signOut.mutate() },
      ] // biome-ignore format: a table
    }, [t, navigate, mayCreate]),
  )
}
