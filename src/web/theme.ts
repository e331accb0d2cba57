// One accent colour, compact sizes, small radius, Inter. Contrast of Mantine's defaults is raised to AA here, once.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef1ff', '#dfe4fb', '#bfc8f5', '#9caaf0', '#8395ec', '#6b7ee4', '#5a6fdb', '#4a5fc9', '#4053b4', '#33459b',
] // biome-ignore format: one list
/** Greys of the dark scheme: index 7 is the page, 6 fields, 4 borders, 0 text. */
const dark: MantineColorsTuple = [
  '#dcdfe5', '#b9bec8', '#9aa1ad', '#6b717d', '#3b3f49', '#2b2f36', '#1c1f24', '#141619', '#101214', '#0b0c0e',
] // biome-ignore format: one list
const red: MantineColorsTuple = [
  '#fff0f0', '#fddedf', '#f8b9bb', '#f39295', '#ee7277', '#e75a60', '#d94047', '#c22f35', '#a8262c', '#8c1d23',
] // biome-ignore format: one list

/** Buttons of a page are 30 px high with 13 px text; compact ones keep Mantine's measure. */
const buttonSizes = (_: unknown, props: { size?: unknown }) => ({
  root: (props.size === 'xs' ? { '--button-fz': '13px', '--button-padding-x': '12px' } : {}) as Record<string, string>,
})

/** A long list of choices is itself what scrolls: one that its field controls need not be reached by key. */
const CHOICES = { size: 'xs', withScrollArea: false }
const LIST = { options: { maxHeight: 220, overflowY: 'auto' } } as const

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  colors: { accent, dark, red },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '17px', lineHeight: '1.4' },
      h2: { fontSize: '14px', lineHeight: '1.4' },
      h3: { fontSize: '13px', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'xs' }, vars: buttonSizes },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs', autosize: true, minRows: 2 } },
    ColorInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { ...CHOICES, checkIconPosition: 'right', allowDeselect: false }, styles: LIST },
    MultiSelect: { defaultProps: { ...CHOICES, checkIconPosition: 'right' }, styles: LIST },
    TagsInput: { defaultProps: CHOICES, styles: LIST },
    Autocomplete: { defaultProps: CHOICES, styles: LIST },
    Checkbox: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm', withThumbIndicator: false } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Text: { defaultProps: { size: 'sm' } },
    Anchor: { defaultProps: { size: 'sm' } },
    Loader: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 350, fz: 12, px: 8, py: 4 } },
    // The canvas of the editor lets no mousedown through: a press anywhere closes what is open.
    Menu: {
      defaultProps: {
        shadow: 'md',
        width: 220,
        transitionProps: { duration: 80 },
        clickOutsideEvents: ['pointerdown', 'keydown'],
        // A menu has nothing but its items in it: the first of them takes the focus.
        withInitialFocusPlaceholder: false,
      },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, clickOutsideEvents: ['pointerdown'] } },
    Modal: {
      defaultProps: {
        padding: 'lg',
        radius: 'md',
        yOffset: '12vh',
        transitionProps: { duration: 100, transition: 'fade' },
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      styles: { title: { fontSize: 15, fontWeight: 600 }, content: { border: '1px solid var(--line)' } },
    },
    Drawer: {
      defaultProps: {
        padding: 'lg',
        closeButtonProps: { 'aria-label': 'Close' },
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 0.3 },
      },
      styles: { title: { fontSize: 15, fontWeight: 600 } },
    },
    Table: {
      defaultProps: { verticalSpacing: 6, horizontalSpacing: 10, fz: 13, borderColor: 'var(--line)' },
      styles: { th: { fontSize: 12, fontWeight: 500, color: 'var(--text-quiet)' } },
    },
    Skeleton: { defaultProps: { radius: 'sm' } },
    Badge: { defaultProps: { size: 'sm', radius: 'sm', tt: 'none', fw: 500 } },
    Alert: { defaultProps: { p: 'sm', variant: 'light' } },
    Progress: { defaultProps: { size: 6, radius: 'xl' } },
    Input: { defaultProps: { size: 'xs' }, vars: () => ({ wrapper: { '--input-fz': '13px' } }) },
    InputWrapper: {
      defaultProps: { size: 'xs' },
      vars: () => ({
        label: { '--input-label-size': '13px', '--input-asterisk-color': 'var(--mantine-color-error)' },
        description: { '--input-description-size': '12px' },
        error: { '--input-error-size': '12px' },
      }),
      styles: { label: { fontWeight: 500, marginBottom: 3 }, description: { marginBottom: 4 } },
    },
    Pagination: {
      defaultProps: {
        getControlProps: (control: string) => ({
          'aria-label': { first: 'First page', previous: 'Previous page', next: 'Next page', last: 'Last page' }[
            control
          ],
        }),
      },
    },
    Pill: { styles: { root: { fontSize: 12 } } },
    Notification: { defaultProps: { withBorder: true, closeButtonProps: { 'aria-label': 'Dismiss' } } },
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1b1e24',
    '--mantine-color-dimmed': '#5d6470',
    '--mantine-color-placeholder': '#6b727e',
    '--mantine-color-default-border': '#d5d9df',
    '--mantine-color-error': '#c22f35',
    '--mantine-color-anchor': '#4053b4',
    '--mantine-color-gray-light-color': '#454b56',
  },
  dark: {
    '--mantine-color-body': '#141619',
    '--mantine-color-text': '#dcdfe5',
    '--mantine-color-dimmed': '#9aa1ad',
    '--mantine-color-placeholder': '#868d99',
    '--mantine-color-default': '#1a1d21',
    '--mantine-color-default-hover': '#23262c',
    '--mantine-color-default-border': '#343841',
    '--mantine-color-error': '#f58287',
    '--mantine-color-anchor': '#9caaf0',
    '--mantine-color-accent-text': '#9caaf0',
    '--mantine-color-accent-light-color': '#b4bff6',
    '--mantine-color-red-light-color': '#f7a3a6',
    '--mantine-color-red-text': '#f58287',
    '--mantine-color-gray-light-color': '#c3c8d1',
    '--mantine-color-gray-text': '#c3c8d1',
  },
})
