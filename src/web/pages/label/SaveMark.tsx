// Whether the work is saved, in words.
import { IconCloud, IconCloudCheck, IconCloudUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { lazyPart } from '../../ui/lazy-part.tsx'
import type { HeldTask } from './held-task.ts'
import classes from './label.module.css'
import { isTrouble, type SaveWord, saveWord } from './save-words.ts'
import { useSignal } from './use-signal.ts'

/** Without a server its code may be out of reach; the word is said all the same. */
export const SaveTrouble = lazyPart(
  () => import('./SaveTrouble.tsx'),
  ({ text }) => (
    <span className={classes.save} data-trouble>
      {text}
    </span>
  ),
)

const ICONS: Partial<Record<SaveWord, typeof IconCloud>> = { saved: IconCloudCheck, saving: IconCloudUpload }

export function SaveMark({ held }: { held: HeldTask }) {
  const { t } = useTranslation()
  const state = useSignal(held.saver.state)
  const isLost = useSignal(held.loss) !== null
  const word = saveWord(state)
  const Icon = ICONS[word] ?? IconCloud
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
      <SaveTrouble held={held} word={word} text={text} />
    </span>
  )
}

const clockTime = (moment: number): string =>
  new Intl.DateTimeFormat(document.documentElement.lang || 'en', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(moment)
