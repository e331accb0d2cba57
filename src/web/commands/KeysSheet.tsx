// The sheet for `?`: every key that works here, those of the page first.
import { Modal, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Keys } from '../ui/Keys.tsx'
import classes from './keys-sheet.module.css'
import { COMMAND_GROUPS, type Command } from './registry.ts'

/** From so many keys on, the sheet is as wide as three columns. */
const MANY = 24

export default function KeysSheet({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const { t } = useTranslation()
  const headings = new Map<string, Command[]>()
  for (const group of [...COMMAND_GROUPS].reverse())
    for (const command of commands.filter((c) => c.group === group)) {
      const heading = command.section ?? t(`command.group.${group}`)
      headings.set(heading, [...(headings.get(heading) ?? []), command])
    }
  return (
    <Modal opened onClose={onClose} title={t('command.keys')} size={commands.length > MANY ? 1080 : 720} yOffset="6vh">
      <div className={classes.sheet}>
        {[...headings].map(([heading, list]) => (
          <section key={heading} className={classes.group}>
            <Title order={3} c="dimmed">
              {heading}
            </Title>
            {list.map((c) => (
              <div key={c.id} className={classes.line}>
                <span>{c.title}</span>
                <Keys keys={c.keys ?? ''} isHidden={false} />
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  )
}
