// What Tip shows: its own file, since it comes later.
export { Tooltip as default } from '@mantine/core'
