// Prepared statements of PGlite. Its own `query` parses and plans the text each time, in six messages to the database;
// a statement prepared here is one message with everything in it.
import { type PGlite, parse, protocol, type Results } from '@electric-sql/pglite'
import { boundMessage } from './embedded-message.ts'

const { serialize } = protocol
type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number]
type Statement = { types: number[]; fields: Message[] }

export class PreparedStatements {
  readonly #db: PGlite
  readonly #known = new Map<string, Statement>()

  constructor(db: PGlite) {
    this.#db = db
  }

  /** The caller holds the database: nobody else's message comes between. @param text the same for a name each time */
  async run(name: string, text: string, parameters: readonly unknown[]): Promise<Results> {
    const { types, fields } = this.#known.get(name) ?? (await this.#prepare(name, text))
    const values = parameters.map((value, i) => {
      if (value === null || value === undefined) return null
      // Sent in PostgreSQL's binary form, which for text and json is the same.
      if (value instanceof Uint8Array) return value
      const made = this.#db.serializers[types[i] as number]
      return made ? made(value) : String(value)
    })
    const answers = await this.#db.execProtocolStream(boundMessage(name, values))
    return parse.parseResults([...fields, ...answers], this.#db.parsers)[0] as Results
  }

  async #prepare(name: string, text: string): Promise<Statement> {
    const messages = [serialize.parse({ name, text }), serialize.describe({ type: 'S', name }), serialize.sync()]
    const answers = await this.#db.execProtocolStream(Buffer.concat(messages))
    const fields = answers.filter((m) => m.name === 'rowDescription')
    const statement = { types: parse.parseDescribeStatementResults(answers), fields }
    this.#known.set(name, statement)
    return statement
  }
}
