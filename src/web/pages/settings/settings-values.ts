// What the settings page edits of a project, and what of it is sent: only what was changed here, so that what another manager
// changed meanwhile stays.
import type { Project } from '../../queries.ts'

export type SettingsValues = Pick<Project, 'name' | 'description' | 'stages' | 'settings'>
type Changes = {
  name?: string
  description?: string
  settings?: Partial<Project['settings']>
  stage_names?: { id: number; name: string }[]
}

export const valuesOf = ({ name, description, stages, settings }: Project): SettingsValues => ({
  name,
  description,
  stages,
  settings,
})

export function changesOf(opened: SettingsValues, now: SettingsValues): Changes {
  const settings = Object.entries(now.settings).filter(
    ([key, value]) => value !== opened.settings[key as keyof Project['settings']],
  )
  const before = new Map(opened.stages.map((s) => [s.id, s.name]))
  const renamed = now.stages.filter((s) => s.name !== before.get(s.id))
  return {
    ...(now.name === opened.name ? {} : { name: now.name }),
    ...(now.description === opened.description ? {} : { description: now.description }),
    ...(settings.length === 0 ? {} : { settings: Object.fromEntries(settings) }),
    ...(renamed.length === 0 ? {} : { stage_names: renamed.map(({ id, name }) => ({ id, name })) }),
  }
}
