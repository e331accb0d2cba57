// How the image and its objects are shown: amounts with a slider, the rest on or off. Each says its key.
import { Button, Group, Slider, Stack, Switch } from '@mantine/core'
import { DISPLAY_AMOUNTS, DISPLAY_RANGES, DISPLAY_TOGGLES, type DisplayAmount, type DisplayToggle } from '../display.ts'
import type { Editor } from '../editor.ts'
import type { KeyEntry } from '../keys.ts'
import { texts } from '../texts.ts'
import { Hinted, KeyCap } from './ToolButton.tsx'
import { useEditor } from './use-editor.ts'
import styles from './view-panel.module.css'

const STEPS: Record<DisplayAmount, readonly [less: KeyEntry['id'], more: KeyEntry['id']]> = {
  brightness: ['darker', 'brighter'],
  contrast: ['less_contrast', 'more_contrast'],
  gamma: ['less_gamma', 'more_gamma'],
  opacity: ['less_opacity', 'more_opacity'],
}
const TOGGLES: Record<DisplayToggle, KeyEntry['id']> = {
  hasGrid: 'grid',
  hasCrosshair: 'crosshair',
  hasLabels: 'labels',
  hasMinimap: 'minimap',
  hasCoordinates: 'coordinates',
}

export default function ViewPanel({ editor }: { editor: Editor }) {
  const display = useEditor(editor, (s) => s.display)
  return (
    <Stack gap={10}>
      {DISPLAY_AMOUNTS.map((name) => {
        const { low, high, step } = DISPLAY_RANGES[name]
        const [less, more] = STEPS[name]
        return (
          <div key={name} className={styles.amount}>
            <span>{texts.display[name]}</span>
            <KeyCap action={less} />
            <Slider
              size="sm"
              min={low}
              max={high}
              step={step}
              value={display[name]}
              label={(value) => `${Math.round(value * 100)} %`}
              thumbLabel={texts.display[name]}
              onChange={(value) => editor.setDisplay({ [name]: value })}
            />
            <KeyCap action={more} />
          </div>
        )
      })}
      {DISPLAY_TOGGLES.map((name) => (
        <Group key={name} justify="space-between" wrap="nowrap">
          <Switch
            size="sm"
            label={texts.actions[TOGGLES[name]]}
            checked={display[name]}
            onChange={(event) => editor.setDisplay({ [name]: event.currentTarget.checked })}
          />
          <KeyCap action={TOGGLES[name]} />
        </Group>
      ))}
      <Group gap={6}>
        {(
          [
            ['reset_tones', editor.resetTones],
            ['actual_size', editor.actualSize],
            ['fit', editor.fit],
          ] as const
        ).map(([action, act]) => (
          <Hinted key={action} action={action}>
            <Button size="compact-sm" variant="default" onClick={() => act()}>
              {texts.display[action]}
            </Button>
          </Hinted>
        ))}
      </Group>
    </Stack>
  )
}
