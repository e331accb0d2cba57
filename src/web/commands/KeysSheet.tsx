// The sheet for `?`: every key that works here, those of the page first.
import { Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Keys } from '../ui/Keys.tsx'
import { COMMAND_GROUPS, type Command } from './registry.ts'

export default function KeysSheet({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const { t } = useTranslation()
  const shown = ([...COMMAND_GROUPS].reverse() as Command['group'][])
    .map((group) => ({ group, list: commands.filter((c) => c.group === group) }))
    .filter(({ list }) => list.length > 0)
  return (
    <Modal opened onClose={onClose} title={t('command.keys')} size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing="lg">
        {shown.map(({ group, list }) => (
          <Stack key={group} gap={4}>
            <Title order={3} c="dimmed">
              {t(`command.group.${group}`)}
            </Title>
            {list.map((c) => (
              <div
                key={c.id}
                style={{
                  display: 'flex',
                  alignItems: 'center',
                  justifyContent: 'space-between',
                  gap: 12,
                  minHeight: 26,
                }}
              >
                <Text>{c.title}</Text>
                <Keys keys={c.keys ?? ''} isHidden={false} />
              </div>
            ))}
          </Stack>
        ))}
      </SimpleGrid>
    </Modal>
  )
}
