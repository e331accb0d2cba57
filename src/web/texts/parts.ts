// The parts of the catalogue that come with a page, and the type of the whole.
import i18next from 'i18next'
import type { en } from './en.ts'
import type { audit } from './en-audit.ts'
import type { guide } from './en-guide.ts'
import type { history } from './en-history.ts'
import type { label } from './en-label.ts'
import type { landing } from './en-landing.ts'
import type { operations } from './en-operations.ts'
import type { pages } from './en-pages.ts'
import type { review } from './en-review.ts'
import type { tasks } from './en-tasks.ts'
import type { views } from './en-views.ts'

export type Texts = typeof en &
  typeof pages & {
    tasks: typeof tasks & { history: typeof history }
    operations: typeof operations
    label: typeof label & typeof landing
    review: typeof review
    audit: typeof audit
    views: typeof views
    guide: typeof guide
  }

const PARTS = {
  pages: async () => (await import('./en-pages.ts')).pages,
  tasks: async () => ({ tasks: (await import('./en-tasks.ts')).tasks }),
  operations: async () => ({ operations: (await import('./en-operations.ts')).operations }),
  history: async () => ({ tasks: { history: (await import('./en-history.ts')).history } }),
  label: async () => ({ label: (await import('./en-label.ts')).label }),
  landing: async () => ({ label: (await import('./en-landing.ts')).landing }),
  review: async () => ({ review: (await import('./en-review.ts')).review }),
  audit: async () => ({ audit: (await import('./en-audit.ts')).audit }),
  guide: async () => ({ guide: (await import('./en-guide.ts')).guide }),
  views: async () => ({ views: (await import('./en-views.ts')).views }),
}
export type TextPart = keyof typeof PARTS

const loaded = new Set<TextPart>()

/** Code that is drawn only with a part of the catalogue. */
export const withTexts = async <M>(part: TextPart, load: () => Promise<M>): Promise<M> =>
  (await Promise.all([load(), loadTexts(part)]))[0]

/** Adds parts of the catalogue; a page is drawn only after its own. */
export async function loadTexts(...parts: TextPart[]): Promise<void> {
  await Promise.all(
    parts
      .filter((part) => !loaded.has(part))
      .map(async (part) => {
        i18next.addResourceBundle('en', 'translation', await PARTS[part](), true, true)
        loaded.add(part)
      }),
  )
}
