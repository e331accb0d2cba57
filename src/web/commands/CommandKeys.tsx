// Binds the keys of all commands, and shows the sheet for `?`.
import { Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tinykeys } from 'tinykeys'
import { Keys } from '../ui/Keys.tsx'
import { COMMAND_GROUPS, type Command, useAllCommands, useCommands } from './registry.ts'

/** Keys do nothing while a person types, or while a modal is open. */
function isBusy(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null
  if (target?.isContentEditable) return true
  if (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)) return true
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null
}

export function CommandKeys() {
  const { t } = useTranslation()
  const commands = useAllCommands()
  const [isOpen, setOpen] = useState(false)
  useCommands(
    useMemo(() => [{ id: 'keys', title: t('command.keys'), group: 'act', keys: 'Shift+?', run: () => setOpen(true) }], [t]),
  )

  useEffect(() => {
    const bound = commands.filter((c) => c.keys && c.run && !c.isBoundElsewhere)
    const bindings = bound.map((c) => [c.keys as string, (event: KeyboardEvent) => press(c, event)] as const)
    return tinykeys(window, Object.fromEntries(bindings))
  }, [commands])

  return (
    <Modal opened={isOpen} onClose={() => setOpen(false)} title={t('command.keys')} size="lg">
      <KeysSheet commands={commands.filter((c) => c.keys)} />
    </Modal>
  )
}

function press(command: Command, event: KeyboardEvent): void {
  const withModifier = command.keys?.includes('$mod') ?? false
  if (!withModifier && isBusy(event)) return
  event.preventDefault()
  command.run?.(event)
}

function KeysSheet({ commands }: { commands: readonly Command[] }) {
  const { t } = useTranslation()
  const shown = ([...COMMAND_GROUPS].reverse() as Command['group'][])
    .map((group) => ({ group, list: commands.filter((c) => c.group === group) }))
    .filter(({ list }) => list.length > 0)
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing="lg">
      {shown.map(({ group, list }) => (
        <Stack key={group} gap={4}>
          <Title order={3} c="dimmed">
            {t(`command.group.${group}`)}
          </Title>
          {list.map((c) => (
            <div key={c.id} style={{ display: 'flex', justifyContent: 'space-between', gap: 12, minHeight: 24 }}>
              <Text>{c.title}</Text>
              <Keys keys={c.keys ?? ''} />
            </div>
          ))}
        </Stack>
      ))}
    </SimpleGrid>
  )
}
