// An act that takes something away: asks once, beside the button, and is named after the act.
import { Button, type ButtonProps, Group, Popover, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = ButtonProps & {
  /** What would happen, as a sentence. */
  question: ReactNode
  /** The act's name, e.g. “Remove Mira”. */
  act: string
  onConfirm: () => void
  'aria-label'?: string
  children: ReactNode
}

export function ConfirmButton({ question, act, onConfirm, children, ...button }: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={280} trapFocus returnFocus withRoles>
      <Popover.Target>
        <Button variant="subtle" color="red" size="compact-xs" {...button} onClick={() => setOpen(!isOpen)}>
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={act}>
        <Text mb={10}>{question}</Text>
        <Group justify="flex-end" gap={6}>
          <Button variant="default" onClick={() => setOpen(false)}>
            {t('action.cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              setOpen(false)
              onConfirm()
            }}
          >
            {act}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  )
}
