// The button with the dots, at the right of the page's bar.
import { ActionIcon } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useMenu } from '../../ui/use-menu.ts'

export const PageItems = lazyPart(() => import('./PageItems.tsx'))

type Props = { total: number; onDownload: () => void }

export function PageMenu(props: Props) {
  const { t } = useTranslation()
  const { button, items } = useMenu(PageItems)
  return (
    <>
      <ActionIcon {...button} variant="default" aria-label={t('tasks.menu.label')}>
        <IconDots size={15} />
      </ActionIcon>
      {items && <PageItems {...items} {...props} />}
    </>
  )
}
