// A labelled group of controls.
import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a form’s look
    <div role="group" aria-label={label}>
      <Text size="xs" fw={500} mb={6} aria-hidden>
        {label}
      </Text>
      {children}
    </div>
  )
}
