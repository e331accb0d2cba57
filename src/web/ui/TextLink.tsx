// A link in text that knows the routes.
import { Anchor, type AnchorProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ReactNode, Ref } from 'react'

type Props = Omit<AnchorProps, 'href'> & { ref?: Ref<HTMLAnchorElement>; href?: string; children?: ReactNode }

export const TextLink = createLink((props: Props) => <Anchor {...props} />)
