// The sheet for `?`: every key that works here, those of the page first. A click on a key chooses another.
import { ActionIcon, Button, Group, Text, Title, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconRotate } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/Dialog.tsx'
import { Keys } from '../ui/Keys.tsx'
import classes from './keys-sheet.module.css'
import { ownKeys, resetOwnKeys, setOwnKeys, useOwnKeys } from './own-keys.ts'
import { hinders, keysOfPress, reachable, takenBy } from './pressed-keys.ts'
import { COMMAND_GROUPS, type Command, mayRebind, useAllCommands } from './registry.ts'

/** From so many keys on, the sheet is as wide as three columns. */
const MANY = 24

const keysNow = (c: Command): string => (mayRebind(c) && ownKeys().get(c.keys as string)) || (c.keys as string)

export default function KeysSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const own = useOwnKeys()
  const commands = reachable(useAllCommands().filter((c) => c.keys))
  const { chosen, problem, choose } = useChoice(commands)
  const headings = new Map<string, Command[]>()
  for (const group of [...COMMAND_GROUPS].reverse())
    for (const command of commands.filter((c) => c.group === group)) {
      const heading = command.section ?? t(`command.group.${group}`)
      headings.set(heading, [...(headings.get(heading) ?? []), command])
    }
  return (
    <Dialog
      onClose={onClose}
      closeOnEscape={chosen === null}
      title={t('command.keys')}
      size={commands.length > MANY ? 1080 : 720}
      yOffset="6vh"
    >
      <Group justify="space-between" mb="sm" mih={30}>
        <Text c="dimmed">{t('command.rebind')}</Text>
        {own.size > 0 && (
          <Button variant="default" size="compact-sm" onClick={resetOwnKeys}>
            {t('command.reset_keys')}
          </Button>
        )}
      </Group>
      <div className={classes.sheet}>
        {[...headings].map(([heading, list]) => (
          <section key={heading} className={classes.group}>
            <Title order={3} c="dimmed">
              {heading}
            </Title>
            {list.map((c) => (
              <Line
                key={c.id}
                command={c}
                taker={c.comesFirst ? null : takenBy(commands, keysNow(c))}
                isChosen={chosen === c.keys && mayRebind(c)}
                problem={problem}
                onChoose={choose}
              />
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  )
}

type LineProps = {
  command: Command
  /** What has the key in its place. */
  taker: Command | null
  isChosen: boolean
  problem: string | null
  onChoose: (keys: string | null) => void
}

function Line({ command, taker, isChosen, problem, onChoose }: LineProps) {
  const { t } = useTranslation()
  const usual = command.keys as string
  const now = keysNow(command)
  if (!mayRebind(command))
    return (
      <div className={classes.line}>
        <span>{command.title}</span>
        <Keys keys={now} isHidden={false} />
      </div>
    )
  return (
    <div className={classes.line} data-chosen={isChosen || undefined}>
      <span>
        {command.title}
        {isChosen && problem && (
          <span className={classes.problem} role="alert">
            {problem}
          </span>
        )}
        {taker && !isChosen && (
          <span className={classes.problem}>{t('command.key_shadowed', { title: taker.title })}</span>
        )}
      </span>
      <span className={classes.own}>
        {now !== usual && !isChosen && (
          <Tooltip label={t('command.reset_key')}>
            <ActionIcon size="sm" onClick={() => setOwnKeys(usual, null)} aria-label={t('command.reset_key')}>
              <IconRotate size={14} />
            </ActionIcon>
          </Tooltip>
        )}
        <button type="button" className={classes.change} onClick={() => onChoose(isChosen ? null : usual)}>
          {isChosen ? t('command.press') : <Keys keys={now} isHidden={false} />}
          <VisuallyHidden>{t('command.change_key', { title: command.title })}</VisuallyHidden>
        </button>
      </span>
    </div>
  )
}

/** The act that waits for its new key, and why the last one pressed was not taken. */
function useChoice(commands: readonly Command[]) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const choose = (keys: string | null) => {
    setChosen(keys)
    setProblem(null)
  }
  useEffect(() => {
    if (chosen === null) return
    const take = (event: KeyboardEvent) => {
      event.preventDefault()
      event.stopImmediatePropagation()
      if (event.key === 'Escape') return choose(null)
      const pressed = keysOfPress(event)
      if (pressed === null) return
      const other = commands.find((c) => (c.keys !== chosen || c.comesFirst) && hinders(keysNow(c), pressed))
      if (pressed === 'taken') return setProblem(t('command.key_fixed'))
      if (other) return setProblem(t('command.key_taken', { title: other.title }))
      setOwnKeys(chosen, pressed)
      choose(null)
    }
    window.addEventListener('keydown', take, { capture: true })
    return () => window.removeEventListener('keydown', take, { capture: true })
  })
  return { chosen, problem, choose }
}
