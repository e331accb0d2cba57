// Starts the texts with what the frame says.
import i18next from 'i18next'
import { en } from './en.ts'
import type { Texts } from './parts.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: Texts }
  }
}

void i18next.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // React escapes.
  interpolation: { escapeValue: false },
})
document.documentElement.lang = i18next.language
