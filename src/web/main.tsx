// Starts the page: styles, texts, theme, queries, router.
import './ahead.ts'
import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import './theme.css'
import './texts/i18n.ts'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onSignedOut, queryClient } from './api.ts'
import { endBegun } from './begun.ts'
import { type Session, sessionQuery } from './queries.ts'
import { router } from './router.tsx'
import { cssVariables, theme } from './theme.ts'
import { Toasts } from './ui/Toasts.tsx'

const PATIENCE_MS = 500

const colorScheme = localStorageColorSchemeManager({ key: 'pixlhub-color-scheme' })

const SIGN_IN = '/sign-in'
// A session that ended leads to sign-in, and from there back to this page; who has unsaved work stays where it is.
onSignedOut(async () => {
  const { pathname, href } = router.state.location
  if (pathname !== SIGN_IN) await router.navigate({ to: SIGN_IN, search: { next: href } })
  if (router.state.location.pathname !== SIGN_IN) return
  queryClient.setQueryData<Session>(sessionQuery.queryKey, (s) => (s ? { ...s, person: null, organizations: [] } : s))
})

// What comes at once is drawn once, whole; who waits longer sees the skeleton of the page meanwhile.
const loaded = router.load().finally(endBegun)
void Promise.race([loaded, new Promise((over) => setTimeout(over, PATIENCE_MS))]).then(draw)

function draw(): void {
  // Mantine says it when everything stands: the styles of every element would be worked out twice.
  const scheme = colorScheme.get('auto')
  const isDark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        colorSchemeManager={colorScheme}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Toasts />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
