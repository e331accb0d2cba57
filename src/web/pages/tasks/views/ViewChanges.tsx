// The line below the bar: that the page shows something else than the open view, and what of the view is out of date.
import { Button, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ColumnsState } from '../columns-state.ts'
import type { TaskUrl } from '../use-task-search.ts'
import { ButtonDialog } from './ButtonDialog.tsx'
import { differsFromView, type TaskView } from './open-view.ts'
import { SaveOver } from './SaveOver.tsx'
import { useViewActs } from './use-view-acts.ts'
import { ViewForm } from './ViewForm.tsx'
import classes from './views.module.css'

type Props = { url: TaskUrl; view: TaskView; columns: ColumnsState }

export default function ViewChanges({ url, view, columns }: Props) {
  const { t } = useTranslation()
  const { saveOver, create } = useViewActs(url, columns)
  const [isSavingAs, setSavingAs] = useState(false)
  const { name } = view
  return (
    <div className={classes.line}>
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
            <SaveOver
              view={view}
              isPending={saveOver.isPending}
              isDisabled={url.problem !== null}
              onSave={() => saveOver.mutate(view)}
            />
          )}
          <ButtonDialog
            button={t('views.changes.save_as')}
            label={t('views.form.new')}
            isOpen={isSavingAs}
            isDisabled={url.problem !== null}
            onOpen={setSavingAs}
          >
            <ViewForm
              title={t('views.form.new')}
              hint={t('views.form.hint')}
              initial={{ name: '', is_shared: false }}
              error={create.error}
              isPending={create.isPending}
              onCancel={() => {
                create.reset()
                setSavingAs(false)
              }}
              onSave={(input) => create.mutate(input, { onSuccess: () => setSavingAs(false) })}
            />
          </ButtonDialog>
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
    </div>
  )
}
