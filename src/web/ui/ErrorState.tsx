// What failed, why, what to do, and the request id that the server's log knows.
import { Alert, Button, Code, Title } from '@mantine/core'
import { IconAlertTriangle, IconLock, IconPlugOff, IconRefresh, IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../contract/client.ts'
import { OFFLINE } from '../offline.ts'
import { CopyButton } from './CopyButton.tsx'
import classes from './page.module.css'

function iconOf(error: unknown) {
  if (!(error instanceof ApiError)) return IconAlertTriangle
  if (error.code === OFFLINE) return IconPlugOff
  if (error.status === 403) return IconLock
  return error.status === 404 ? IconZoomQuestion : IconAlertTriangle
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

type Props = {
  error: unknown
  onRetry?: () => void
  /** There is nothing else on the page. */
  isPage?: boolean
}

/** A whole view that could not be loaded. */
export function ErrorState({ error, onRetry, isPage = false }: Props) {
  const { t } = useTranslation()
  const Icon = iconOf(error)
  const known = error instanceof ApiError ? error : null
  const isFinal = known?.status === 403 || known?.status === 404
  const title =
    known?.status === 403
      ? t('state.no_rights')
      : known?.status === 404
        ? t('state.not_found')
        : (known?.title ?? t('state.failed'))
  return (
    <div className={classes.state} role="alert">
      <div className={classes.stateIcon}>
        <Icon size={28} stroke={1.5} />
      </div>
      <Title order={isPage ? 1 : 2} size="h2">
        {title}
      </Title>
      <div className={classes.stateText}>
        {known?.status === 403
          ? t('state.no_rights_text')
          : known?.status === 404
            ? t('state.not_found_text')
            : messageOf(error)}
      </div>
      {onRetry && !isFinal && (
        <div className={classes.stateActions}>
          <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
            {t('action.try_again')}
          </Button>
        </div>
      )}
      {known?.request_id && !isFinal && <RequestId id={known.request_id} />}
    </div>
  )
}

export function RequestId({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <span className={classes.requestId}>
      {t('state.request')} <Code>{id}</Code>
      <CopyButton value={id} variant="subtle" size="compact-xs" />
    </span>
  )
}

/** A failed act inside a form: the sentence beside the button. */
export function FormError({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <Alert color="red" icon={<IconAlertTriangle size={16} />} role="alert">
      {messageOf(error)}
    </Alert>
  )
}
