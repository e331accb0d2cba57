// Whether the work is saved, in words; what to do if it is not.
import { Anchor, Button, Popover, Text, UnstyledButton } from '@mantine/core'
import { IconCloud, IconCloudCheck, IconCloudOff, IconCloudUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../ui/ErrorState.tsx'
import type { HeldTask } from './held-task.ts'
import classes from './label.module.css'
import type { Saver } from './save-scheduler.ts'
import { isTrouble, type SaveWord, saveWord } from './save-words.ts'
import { useSignal } from './use-signal.ts'

const ICONS: Record<SaveWord, typeof IconCloud> = {
  none: IconCloud, saved: IconCloudCheck, changed: IconCloud, saving: IconCloudUpload, offline: IconCloudOff, signed_out: IconCloudOff,
  server: IconCloudOff, refused: IconCloudOff,
} // biome-ignore format: one list

export function SaveMark({ saver, loss }: { saver: Saver; loss: HeldTask['loss'] }) {
  const { t } = useTranslation()
  const state = useSignal(saver.state)
  const isLost = useSignal(loss) !== null
  const word = saveWord(state)
  const Icon = ICONS[word]
  const time = state.at === 'saved' && state.moment !== null ? clockTime(state.moment) : ''
  const text = t(`label.save.${word}`, { time })
  // What became of the work is said by the panel over the image.
  if (isLost) return null
  if (!isTrouble(word))
    return (
      <span className={classes.save} role="status">
        <Icon size={15} stroke={1.7} aria-hidden />
        <span className="figures">{text}</span>
      </span>
    )
  return (
    <span role="alert">
      <Popover width={300} withRoles trapFocus returnFocus position="bottom-end">
        <Popover.Target>
          <UnstyledButton className={classes.save} data-trouble>
            <Icon size={15} stroke={1.7} aria-hidden />
            {text}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown aria-label={text}>
          {word === 'refused' && 'error' in state && <Text>{messageOf(state.error)}</Text>}
          {(word === 'offline' || word === 'server') && <Text>{t('label.save.retrying')}</Text>}
          {word === 'signed_out' && (
            <Anchor href="/sign-in" target="_blank" rel="noreferrer">
              {t('label.save.sign_in')}
            </Anchor>
          )}
          <Text c="dimmed" mt={6} mb={10}>
            {t('label.save.kept')}
          </Text>
          <Button variant="default" onClick={() => void saver.flush().catch(() => undefined)}>
            {t('label.save.retry')}
          </Button>
        </Popover.Dropdown>
      </Popover>
    </span>
  )
}

const clockTime = (moment: number): string =>
  new Intl.DateTimeFormat(document.documentElement.lang || 'en', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(moment)
