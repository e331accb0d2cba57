// Stands in for i18next in the page (see vite.config.ts), with what the catalogue uses of it: nested keys, {{values}}, numbers
// as the language writes them, plurals. i18next itself would be 12 KB of JavaScript on every page. Its types stay.

type Texts = { [name: string]: string | Texts }
type Values = Readonly<Record<string, unknown>>

const texts: Texts = {}
const VALUE = /\{\{\s*(\w+)\s*(?:,\s*(number)\s*)?\}\}/g

let language = 'en'
let plurals = new Intl.PluralRules(language)
let numbers = new Intl.NumberFormat(language)

/** The text of a key, of the plural that `count` asks for; the key itself where there is no text. */
function t(key: string, values: Values = {}): string {
  const { count } = values
  const plural = typeof count === 'number' ? (found(`${key}_${plurals.select(count)}`) ?? found(`${key}_other`)) : null
  const text = plural ?? found(key) ?? key
  return text.replace(VALUE, (_, name: string, format?: string) => shown(values[name], format === 'number'))
}

const shown = (value: unknown, isNumber: boolean): string =>
  value === undefined || value === null ? '' : isNumber ? numbers.format(Number(value)) : String(value)

function found(key: string): string | null {
  let at: string | Texts | undefined = texts
  for (const name of key.split('.')) at = typeof at === 'object' && Object.hasOwn(at, name) ? at[name] : undefined
  return typeof at === 'string' ? at : null
}

function add(to: Texts, from: Texts): void {
  for (const [name, value] of Object.entries(from)) {
    const known = to[name]
    if (typeof value === 'object' && typeof known === 'object') add(known, value)
    else to[name] = typeof value === 'object' ? structuredClone(value) : value
  }
}

const catalogue = {
  t,
  get language() {
    return language
  },
  init(options: { lng: string; resources: Record<string, { translation: Texts }> }) {
    language = options.lng
    plurals = new Intl.PluralRules(language)
    numbers = new Intl.NumberFormat(language)
    add(texts, options.resources[language]?.translation ?? {})
    return Promise.resolve(t)
  },
  addResourceBundle: (_language: string, _namespace: string, part: Texts) => add(texts, part),
}
export default catalogue

const own = { t }

/** Stands in for the hook of react-i18next: the language is chosen before the page is drawn. */
export const useTranslation = (): typeof own => own
