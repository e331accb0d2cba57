// A secret that is shown once, with a button to copy it.
import { Group, Text, TextInput } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { CopyButton } from './CopyButton.tsx'

export function Secret({ label, value, hint }: { label: string; value: string; hint: string }) {
  return (
    <div>
      <Group gap={8} align="flex-end" wrap="nowrap">
        <TextInput
          label={label}
          value={value}
          readOnly
          style={{ flex: 1 }}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={value} leftSection={<IconCopy size={14} />} />
      </Group>
      <Text size="xs" c="dimmed" mt={6}>
        {hint}
      </Text>
    </div>
  )
}
