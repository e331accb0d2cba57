// Saves the page over the open view. One that somebody else made and shared is not changed by one click: it asks first.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../session.tsx'
import { AskFirst } from './AskFirst.tsx'
import { ButtonDialog } from './ButtonDialog.tsx'
import type { TaskView } from './open-view.ts'

type Props = { view: TaskView; isPending: boolean; isDisabled: boolean; onSave: () => void }

export function SaveOver({ view, isPending, isDisabled, onSave }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const [isAsking, setAsking] = useState(false)
  const { name } = view
  if (!view.is_shared || view.owner_id === me.id)
    return (
      <Button
        variant="light"
        title={t(view.is_shared ? 'views.changes.save_shared_hint' : 'views.changes.save_hint', { name })}
        loading={isPending}
        disabled={isDisabled}
        onClick={onSave}
      >
        {t('views.changes.save')}
      </Button>
    )
  const title = t('views.changes.save_shared_title', { name })
  return (
    <ButtonDialog
      button={t('views.changes.save_shared')}
      label={title}
      isOpen={isAsking}
      isDisabled={isDisabled}
      onOpen={setAsking}
    >
      <AskFirst
        title={title}
        text={t('views.changes.save_shared_text', { owner: view.owner_name })}
        act={t('views.changes.save_shared_act')}
        isPending={isPending}
        onCancel={() => setAsking(false)}
        onAct={onSave}
      />
    </ButtonDialog>
  )
}
