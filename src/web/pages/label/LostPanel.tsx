// The task was moved or taken over: who and when, what became of the work, and what to do now.
import { Button, FocusTrap, Group, Text, Title } from '@mantine/core'
import { IconArrowRight, IconDeviceDesktop, IconUserShare } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatAge, formatMoment } from '../../format.ts'
import { useNow } from '../../ui/Age.tsx'
import type { HeldTask } from './held-task.ts'
import classes from './label.module.css'
import type { Loss } from './loss.ts'
import { useSignal } from './use-signal.ts'

type Props = { loss: Loss; held: HeldTask; onNext: () => void; onOpen: () => void; onBack: () => void }

export default function LostPanel({ loss, held, onNext, onOpen, onBack }: Props) {
  const { t } = useTranslation()
  // What was on its way may have arrived since.
  useSignal(held.saver.state)
  useSignal(held.isKept)
  const now = useNow()
  const isMoved = loss.kind === 'moved'
  const title = isMoved
    ? loss.by
      ? t('label.lost.moved_by', { name: loss.by })
      : t('label.lost.moved')
    : t(`label.lost.${loss.kind}`)
  const isHere = loss.kind === 'not_held'
  const Icon = isHere ? IconDeviceDesktop : IconUserShare
  return (
    <FocusTrap>
      <div className={classes.lost}>
        {/* It comes in the middle of work: Enter that was meant for a shape must not press a button. */}
        <section
          className={classes.lostPanel}
          role="alertdialog"
          tabIndex={-1}
          data-autofocus
          aria-labelledby="lost-title"
          aria-describedby="lost-text"
        >
          <Title order={2} id="lost-title" className={classes.lostTitle}>
            <Icon size={20} stroke={1.6} aria-hidden /> {title}
          </Title>
          <div id="lost-text">
            <Text title={isMoved && loss.at ? formatMoment(loss.at) : undefined}>
              {isMoved ? <When at={loss.at} now={now} /> : (loss.text ?? t('label.lost.other_tab'))}
            </Text>
            <Text mt={6} fw={500}>
              {t(becameOf(loss, held))}
              {held.lostShape() && ` ${t('label.lost.shape')}`}
            </Text>
          </div>
          <Group gap={8} mt={14}>
            <Button leftSection={isHere ? undefined : <IconArrowRight size={15} />} onClick={isHere ? onOpen : onNext}>
              {t(isHere ? 'label.act.take_here' : 'label.act.next')}
            </Button>
            {!isHere && (
              <Button variant="default" onClick={onOpen}>
                {t('label.act.open_again')}
              </Button>
            )}
            <Button variant="subtle" onClick={onBack}>
              {t('label.act.back')}
            </Button>
          </Group>
        </section>
      </div>
    </FocusTrap>
  )
}

function When({ at, now }: { at: string | null; now: number }) {
  const { t } = useTranslation()
  if (!at) return t('label.lost.moved_text_plain')
  const age = formatAge(at, now)
  return age === 'now'
    ? t('label.lost.moved_text_now')
    : t('label.lost.moved_text', { age: t('label.offer.ago', { age }) })
}

/** What became of the work that was not saved yet. */
function becameOf(loss: Loss, { saver, isKept }: HeldTask) {
  if (loss.kind === 'moved' && loss.draft_id !== null) return 'label.lost.draft' as const
  if (!saver.hasUnsaved) return 'label.lost.nothing_lost' as const
  if (!isKept.get()) return 'label.lost.not_kept' as const
  return loss.kind === 'moved' ? ('label.lost.draft_pending' as const) : ('label.lost.kept' as const)
}
