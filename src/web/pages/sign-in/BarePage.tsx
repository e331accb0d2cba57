// pages/: one folder per page. A page asks the contract and draws; what several pages share lies in ui/ or queries.ts.
// This file: the page of those who are not in yet: a narrow column and nothing else.
import { Stack, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { Mark } from '../../frame/Mark.tsx'
import classes from './bare.module.css'

export function BarePage({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · PixlHub`
  }, [title])
  return (
    <main className={classes.page}>
      <Stack gap="md" className={classes.column}>
        <div className={classes.brand}>
          <Mark size={24} /> PixlHub
        </div>
        <Title order={1}>{title}</Title>
        {children}
      </Stack>
    </main>
  )
}
