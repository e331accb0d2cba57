// The work is not saved: why, and what to do.
import { Anchor, Button, Popover, Text, UnstyledButton } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../ui/ErrorState.tsx'
import type { HeldTask } from './held-task.ts'
import classes from './label.module.css'
import { refusedObject } from './refused-object.ts'
import type { SaveWord } from './save-words.ts'
import { useSignal } from './use-signal.ts'

type Props = { held: HeldTask; word: SaveWord; text: string }

export default function SaveTrouble({ held: { saver, isKept }, word, text }: Props) {
  const { t } = useTranslation()
  const isSafe = useSignal(isKept)
  const state = useSignal(saver.state)
  return (
    <Popover width={300} withRoles trapFocus returnFocus position="bottom-end">
      <Popover.Target>
        <UnstyledButton className={classes.save} data-trouble>
          <IconCloudOff size={15} stroke={1.7} aria-hidden />
          {text}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={text}>
        {word === 'refused' && 'error' in state && <Refusal message={messageOf(state.error)} />}
        {(word === 'offline' || word === 'server') && <Text>{t('label.save.retrying')}</Text>}
        {word === 'signed_out' && (
          <Anchor href="/sign-in" target="_blank" rel="noreferrer">
            {t('label.save.sign_in')}
          </Anchor>
        )}
        <Text c="dimmed" mt={6} mb={10}>
          {t(isSafe ? 'label.save.kept' : 'label.save.not_kept')}
        </Text>
        <Button variant="default" onClick={() => void saver.flush().catch(() => undefined)}>
          {t('label.save.retry')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

function Refusal({ message }: { message: string }) {
  const { t } = useTranslation()
  const object = refusedObject(message)
  return <Text>{object ? t('label.save.object', object) : message}</Text>
}
