// frame/: what stands around every page: the rail, the top bar, the uploads. No page's content.
// This file: the sections of a project, with who may use each and its key after `g`.
import {
  IconArrowBarToDown, IconBoxMultiple, IconChartBar, IconEyeCheck, IconFileImport, IconHistory, IconLayoutList, IconListSearch,
  IconPencil, IconPhoto, type IconProps,IconSettings, IconTags, IconUsers,
} from '@tabler/icons-react' // biome-ignore format: one list
import type { ComponentType } from 'react'
import { mayInProject, type ProjectAction, type ProjectRole } from '../../model/permission.ts'

export type Section = {
  name: SectionName
  icon: ComponentType<IconProps>
  key: string
  action: ProjectAction
}
export const SECTION_NAMES = [
  'overview', 'tasks', 'assets', 'label', 'review', 'schema', 'batches', 'imports', 'exports', 'operations', 'members', 'audit', 'settings',
] as const // biome-ignore format: one list
export type SectionName = (typeof SECTION_NAMES)[number]

export const SECTIONS: readonly Section[] = [
  { name: 'overview', icon: IconChartBar, key: 'o', action: 'view_tasks' },
  { name: 'tasks', icon: IconLayoutList, key: 't', action: 'view_tasks' },
  { name: 'assets', icon: IconPhoto, key: 'a', action: 'view_tasks' },
  { name: 'label', icon: IconPencil, key: 'l', action: 'annotate' },
  { name: 'review', icon: IconEyeCheck, key: 'r', action: 'review' },
  { name: 'schema', icon: IconTags, key: 'c', action: 'manage_project' },
  { name: 'batches', icon: IconBoxMultiple, key: 'b', action: 'view_tasks' },
  { name: 'imports', icon: IconFileImport, key: 'i', action: 'manage_project' },
  { name: 'exports', icon: IconArrowBarToDown, key: 'e', action: 'manage_project' },
  { name: 'operations', icon: IconHistory, key: 'h', action: 'run_operation' },
  { name: 'members', icon: IconUsers, key: 'm', action: 'view_tasks' },
  { name: 'audit', icon: IconListSearch, key: 'u', action: 'view_audit' },
  { name: 'settings', icon: IconSettings, key: 's', action: 'manage_project' },
]

/** The sections a role may use. `own` rights do not open a whole page. */
export function sectionsOf(role: ProjectRole): Section[] {
  return SECTIONS.filter((s) => mayInProject(role, s.action) === true)
}

/** Where a person lands in a project: who labels lands on the work, who manages on the numbers. */
export function landingOf(role: ProjectRole): SectionName {
  return role === 'labeler' ? 'label' : 'overview'
}

/** The route of a section, as the router knows it. */
export const sectionPath = <N extends SectionName>(name: N) => `/projects/$project_id/${name}` as const
