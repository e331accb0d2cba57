// The pattern that finds a task's group in its name: `^(video\d+)_`. A subset of regular expressions that any engine
// matches in time polynomial in the name, so that nobody can hang the database with one (the embedded one knows no
// statement timeout): one capture of plain characters and classes, each with one quantifier; no alternatives, no
// repeated groups, no backreferences, no look-around. The same text means the same in every database and locale.

/** Longest pattern, and the most characters that counted quantifiers may unroll to: they bound the automaton. */
const LONGEST = 100
const MOST_STEPS = 64

/** What is in use often, by what it takes. */
export const NAME_PATTERNS = {
  before_first_underscore: '^([^_]+)_',
  before_last_underscore: '^(.+)_[^_]*$',
  before_last_dash: '^(.+)-[^-]*$',
  before_last_number: '^(.*[^0-9])[0-9]+[^0-9]*$',
} as const

/** A checked pattern as PostgreSQL's regular expression, or what is wrong with it as a sentence. */
export type CompiledPattern = { regex: string; problem: null } | { regex: null; problem: string }

export function compileNamePattern(pattern: string): CompiledPattern {
  if (pattern.length > LONGEST) return wrong(`is longer than ${LONGEST} characters`)
  const found = new Reader(pattern).read()
  return typeof found === 'string' ? wrong(found) : { regex: found.regex, problem: null }
}

const wrong = (what: string): CompiledPattern => ({ regex: null, problem: `The pattern ${what}.` })

/** ASCII only: what a letter is elsewhere depends on the locale. */
const CLASSES: Record<string, string> = { d: '0-9', w: 'A-Za-z0-9_', s: ' \\t' }
const SPECIAL = new Set('^$.[]()*+?{}|\\')
const IN_SET = new Set('\\]^[-')

class Reader {
  readonly #text: string
  #at = 0
  #steps = 0
  #captures = 0
  #isInside = false

  constructor(text: string) {
    this.#text = text
  }

  /** @returns the regular expression, or what is wrong */
  read(): { regex: string } | string {
    let regex = ''
    while (this.#at < this.#text.length) {
      const part = this.#part()
      if ('wrong' in part) return part.wrong
      regex += part.regex
    }
    if (this.#isInside) return 'has a “(” without its “)”'
    if (this.#captures !== 1) return 'needs exactly one part in round brackets: what names the group'
    if (this.#steps > MOST_STEPS) return 'repeats too much; use + or * instead of large counts'
    return { regex }
  }

  #part(): { regex: string } | { wrong: string } {
    const c = this.#text[this.#at] as string
    if (c === '^') return this.#at === 0 ? this.#take('^') : { wrong: 'may have “^” only at its beginning' }
    if (c === '$')
      return this.#at === this.#text.length - 1 ? this.#take('$') : { wrong: 'may have “$” only at its end' }
    if (c === '(') return this.#open()
    if (c === ')') return this.#close()
    if (c === '|') return { wrong: 'cannot have alternatives (“|”)' }
    const atom = this.#atom(c)
    return 'wrong' in atom ? atom : this.#quantified(atom.regex)
  }

  #take(regex: string) {
    this.#at += 1
    return { regex }
  }

  #open(): { regex: string } | { wrong: string } {
    if (this.#isInside) return { wrong: 'cannot have brackets within brackets' }
    if (this.#text[this.#at + 1] === '?') return { wrong: 'cannot have “(?”' }
    this.#isInside = true
    this.#captures += 1
    return this.#take('(')
  }

  #close(): { regex: string } | { wrong: string } {
    if (!this.#isInside) return { wrong: 'has a “)” without its “(”' }
    const next = this.#text[this.#at + 1] ?? ''
    if ('*+?{'.includes(next) && next !== '') return { wrong: `cannot repeat a part in round brackets (“)${next}”)` }
    this.#isInside = false
    return this.#take(')')
  }

  /** One character, or one of a class. */
  #atom(c: string): { regex: string } | { wrong: string } {
    if (c === '[') return this.#set()
    if (c === '.') return this.#take('.')
    if (c === '\\') {
      const next = this.#text[this.#at + 1]
      if (next === undefined) return { wrong: 'ends in a “\\”' }
      const known = CLASSES[next]
      if (known) return this.#skip(2, `[${known}]`)
      if (/[A-Za-z0-9]/.test(next)) return { wrong: `has “\\${next}”, which is not known; there are \\d, \\w and \\s` }
      return this.#skip(2, literal(next))
    }
    if (SPECIAL.has(c)) return { wrong: `has a “${c}” that stands for nothing; write “\\${c}” for the character` }
    return this.#take(c)
  }

  #skip(count: number, regex: string) {
    this.#at += count
    return { regex }
  }

  #set(): { regex: string } | { wrong: string } {
    const found = /^\[(\^?)((?:\\.|[^\\\][])+)\]/.exec(this.#text.slice(this.#at))
    if (!found) return { wrong: 'has a “[” without its “]”, or nothing between them' }
    const inside = setOf(found[2] as string)
    return 'wrong' in inside ? inside : this.#skip(found[0].length, `[${found[1]}${inside.regex}]`)
  }

  #quantified(atom: string): { regex: string } | { wrong: string } {
    const found = /^(?:[*+?]|\{(\d{1,3})(,(\d{0,3}))?\})/.exec(this.#text.slice(this.#at))
    if (!found) {
      this.#steps += 1
      return { regex: atom }
    }
    const [whole, low, isRange, high] = found
    const most = Number((isRange && high) || low || 1)
    if (low !== undefined && (most < Number(low) || most === 0))
      return { wrong: `has “${whole}”, which counts nothing` }
    this.#steps += most
    this.#at += whole.length
    if ('*+?{'.includes(this.#text[this.#at] ?? '_')) return { wrong: `has two quantifiers after each other` }
    return { regex: atom + whole }
  }
}

const literal = (c: string) => (SPECIAL.has(c) ? `\\${c}` : c)

/** The inside of a set: characters, \d \w \s, and ranges of letters or digits. */
function setOf(text: string): { regex: string } | { wrong: string } {
  let regex = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string
    if (c === '\\') {
      const next = text[++i] as string
      const known = CLASSES[next]
      if (!known && /[A-Za-z0-9]/.test(next))
        return { wrong: `has “\\${next}”, which is not known; there are \\d, \\w and \\s` }
      regex += known ?? literalInSet(next)
    } else if (text[i + 1] === '-' && i + 2 < text.length) {
      const range = `${c}-${text[i + 2]}`
      if (!/^([a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9])$/.test(range) || c > (text[i + 2] as string))
        return { wrong: `has the range “${range}”; ranges go from a to z, A to Z or 0 to 9` }
      regex += range
      i += 2
    } else regex += literalInSet(c)
  }
  return { regex }
}

const literalInSet = (c: string) => (IN_SET.has(c) ? `\\${c}` : c)
