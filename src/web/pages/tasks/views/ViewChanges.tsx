// Beside the views button: that the page shows something else than the open view, and what of the view is out of date.
import { Button, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ColumnsState } from '../columns-state.ts'
import type { TaskUrl } from '../use-task-search.ts'
import { differsFromView, type TaskView } from './open-view.ts'
import { useViewActs } from './use-view-acts.ts'
import classes from './views.module.css'

type Props = { url: TaskUrl; view: TaskView; columns: ColumnsState; onSaveAs: () => void }

export default function ViewChanges({ url, view, columns, onSaveAs }: Props) {
  const { t } = useTranslation()
  const { saveOver } = useViewActs(url, columns)
  const { name } = view
  return (
    <>
      {view.notices.length > 0 && (
        <div className={classes.notices} role="status">
          <IconAlertTriangle size={14} aria-hidden />
          <span>
            {t('views.changes.notices', { name })} {view.notices.join(' ')}
          </span>
        </div>
      )}
      {differsFromView(url.search) && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a form’s look
        <div className={classes.changes} role="group" aria-label={t('views.changes.label')}>
          <Text size="xs" c="dimmed" className={classes.differs} title={t('views.changes.differs', { name })}>
            {t('views.changes.differs', { name })}
          </Text>
          {view.may_change && (
            <Button
              variant="light"
              title={t(view.is_shared ? 'views.changes.save_shared_hint' : 'views.changes.save_hint', { name })}
              loading={saveOver.isPending}
              disabled={url.problem !== null}
              onClick={() => saveOver.mutate(view)}
            >
              {t('views.changes.save')}
            </Button>
          )}
          <Button variant="subtle" disabled={url.problem !== null} onClick={onSaveAs}>
            {t('views.changes.save_as')}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            title={t('views.changes.reset_hint', { name })}
            onClick={() => url.change({ filter: undefined, sort: undefined, columns: undefined })}
          >
            {t('views.changes.reset')}
          </Button>
        </div>
      )}
    </>
  )
}
