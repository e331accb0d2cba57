// While an upload runs: what came in since the images were read is offered, not slipped in under a hand that scrolls.
import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useUploaded } from '../../uploads/upload-store.ts'

type Props = {
  project_id: number
  /** When the images were read. */
  readAt: number
  /** Nothing is shown yet, so nothing can move: they show themselves. */
  isEmpty: boolean
  onShow: () => void
}

export function NewImages({ project_id, readAt, isEmpty, onShow }: Props) {
  const { t } = useTranslation()
  const uploaded = useUploaded(project_id)
  const known = useRef({ readAt, uploaded })
  // An upload that is taken off the screen takes its number along.
  if (known.current.readAt !== readAt || uploaded < known.current.uploaded) known.current = { readAt, uploaded }
  const hasNews = uploaded > known.current.uploaded
  const latest = useRef(onShow)
  latest.current = onShow
  useEffect(() => {
    if (hasNews && isEmpty) latest.current()
  }, [hasNews, isEmpty])
  return hasNews && !isEmpty ? (
    <Button variant="light" leftSection={<IconRefresh size={14} />} onClick={onShow}>
      {t('assets.news')}
    </Button>
  ) : null
}
