// Asks once before an act on a view that cannot be taken back, in the popover that its button opened.
import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Props = {
  title: string
  text: string
  act: string
  color?: 'red'
  isPending: boolean
  onCancel: () => void
  onAct: () => void
}

export function AskFirst({ title, text, act, color, isPending, onCancel, onAct }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <Text fw={600}>{title}</Text>
      <Text mt={4}>{text}</Text>
      <Group justify="flex-end" gap={6} mt={12}>
        <Button variant="default" autoFocus onClick={onCancel}>
          {t('action.cancel')}
        </Button>
        <Button color={color} loading={isPending} onClick={onAct}>
          {act}
        </Button>
      </Group>
    </>
  )
}
