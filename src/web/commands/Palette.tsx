// ⌘K: go to a place, do an act, find a task by its name.
import '@mantine/spotlight/styles.css'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { IconPhoto, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayInProject } from '../../model/permission.ts'
import { api } from '../api.ts'
import { useOpenProject } from '../session.tsx'
import { filterOf } from '../task-search.ts'
import { Keys } from '../ui/Keys.tsx'
import classes from './palette.module.css'
import { giveFocusBack, paletteStore, selectFirst } from './palette-store.ts'
import { COMMAND_GROUPS, type Command, useBoundCommands } from './registry.ts'

const FOUND_TASKS = 8
/** Of one group. A project may have 2,000 classes. */
const MOST_LISTED = 200

export default function Palette() {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState(0)
  const commands = useBoundCommands().filter((c) => c.run && !c.isKeyOnly && fits(c, query))
  const groups = COMMAND_GROUPS.map((group) => ({ group, list: commands.filter((c) => c.group === group) }))
  // Enter takes the first one, unless the arrows chose another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is listed has changed
  useEffect(selectFirst, [query, found])
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      scrollable
      maxHeight={440}
      shortcut={null}
      returnFocus={false}
      onSpotlightClose={giveFocusBack}
      overlayProps={{ blur: 0, backgroundOpacity: 0.3 }}
      attributes={{ content: { 'aria-label': t('command.palette') } }}
      classNames={classes}
    >
      <Spotlight.Search
        placeholder={t('command.search')}
        leftSection={<IconSearch size={16} />}
        aria-label={t('command.search')}
      />
      <Spotlight.ActionsList>
        <FoundTasks query={query} onFound={setFound} />
        {groups.map(({ group, list }) =>
          list.length === 0 ? null : (
            <Spotlight.ActionsGroup key={group} label={t(`command.group.${group}`)}>
              {list.slice(0, MOST_LISTED).map((c) => (
                <Spotlight.Action
                  key={c.id}
                  label={c.title}
                  leftSection={c.icon}
                  rightSection={c.keys ? <Keys keys={c.keys} /> : undefined}
                  onClick={() => {
                    giveFocusBack()
                    c.run?.()
                  }}
                />
              ))}
            </Spotlight.ActionsGroup>
          ),
        )}
        {commands.length + found === 0 && <Spotlight.Empty>{t('command.nothing', { query })}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function fits(command: Command, query: string): boolean {
  const text = `${command.title} ${command.words ?? ''}`.toLocaleLowerCase()
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function FoundTasks({ query, onFound }: { query: string; onFound: (n: number) => void }) {
  const { t } = useTranslation()
  const project = useOpenProject()
  const navigate = useNavigate()
  const [name] = useDebouncedValue(query.trim(), 150)
  const project_id = project?.id ?? 0
  const filter = JSON.stringify(filterOf({ field: 'name', op: 'contains', value: name }))
  const found = useQuery({
    queryKey: ['project', project_id, 'palette', name],
    queryFn: ({ signal }) => api.list_tasks({ project_id, filter, limit: FOUND_TASKS }, { signal }),
    enabled: project !== null && mayInProject(project.role, 'view_tasks') === true && name.length >= 2,
  })
  const tasks = found.data?.tasks ?? []
  const shown = name.length < 2 ? 0 : tasks.length
  useEffect(() => onFound(shown), [shown, onFound])
  if (shown === 0) return null
  const open = (task: number) =>
    navigate({
      to: '/projects/$project_id/tasks',
      params: { project_id: String(project_id) },
      search: { filter: filterOf({ field: 'name', op: 'contains', value: name }), task },
    })
  return (
    <Spotlight.ActionsGroup label={t('command.group.find')}>
      {tasks.map((task) => (
        <Spotlight.Action
          key={task.id}
          label={task.name}
          description={task.folder || undefined}
          leftSection={<IconPhoto size={16} stroke={1.5} />}
          onClick={() => void open(task.id)}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}
