// What the page shows when there is no grid: a filter that cannot be used, no match, no task yet.
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconFilterOff, IconLayoutList } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProject } from '../../session.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import classes from './tasks.module.css'

export function WrongFilter({ problem, onClear }: { problem: string; onClear: () => void }) {
  const { t } = useTranslation()
  const clear = (
    <Button leftSection={<IconFilterOff size={14} />} onClick={onClear}>
      {t('tasks.problem.clear')}
    </Button>
  )
  return (
    <div role="alert" className={classes.state}>
      <EmptyState icon={<IconAlertTriangle size={28} stroke={1.5} />} title={t('tasks.problem.title')} action={clear}>
        {t('tasks.problem.text')}
        <br />
        {problem}
      </EmptyState>
    </div>
  )
}

export function Empty({
  isFiltered,
  canImport,
  onClear,
}: {
  isFiltered: boolean
  canImport: boolean
  onClear: () => void
}) {
  const { t } = useTranslation()
  const { id } = useProject()
  if (isFiltered)
    return (
      <EmptyState
        icon={<IconFilterOff size={28} stroke={1.5} />}
        title={t('tasks.grid.nothing')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('tasks.filter.clear')}
          </Button>
        }
      >
        {t('tasks.grid.nothing_text')}
      </EmptyState>
    )
  const add = canImport && (
    <Button
      renderRoot={(props) => <Link {...props} to="/projects/$project_id/assets" params={{ project_id: String(id) }} />}
    >
      {t('tasks.grid.empty_action')}
    </Button>
  )
  return (
    <EmptyState icon={<IconLayoutList size={28} stroke={1.5} />} title={t('tasks.grid.empty')} action={add}>
      {t(canImport ? 'tasks.grid.empty_text' : 'tasks.grid.empty_viewer')}
    </EmptyState>
  )
}
