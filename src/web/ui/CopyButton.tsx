// Copies a text, and says so for a moment.
import { Button, type ButtonProps } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../copy-text.ts'

const SAID_MS = 2000

type Props = ButtonProps & {
  value: string
  /** What is copied, in words; “Copy” if left out. */
  label?: string
}

export function CopyButton({ value, label, ...button }: Props) {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(setCopied, SAID_MS, false)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = () =>
    copyText(value).then(
      () => setCopied(true),
      // It does not say that it did.
      () => undefined,
    )
  return (
    <Button {...button} onClick={copy}>
      {isCopied ? t('action.copied') : (label ?? t('action.copy'))}
    </Button>
  )
}
