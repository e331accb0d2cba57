// npm run new -- operation|export|import|migration NAME: a file in its place, ready to be filled in.
import { writeFile } from 'node:fs/promises'

const [kind = '', name = ''] = process.argv.slice(2)
const camel = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
const title = name.charAt(0).toUpperCase() + name.slice(1).replace(/-/g, ' ')

const TEMPLATES: Record<string, { path: string; text: string; next: string }> = {
  operation: {
    path: `src/server/operations/${name}.ts`,
    next: `Add ${camel} to OPERATIONS in src/server/operations/index.ts.`,
    text: `// ${title}: what it does, in one line.
import { Fields } from '../../model/schema.ts'
import { UNCHANGED } from '../../model/task.ts'
import { defineOperation } from './operation.ts'

const ParamsSchema = Fields({})

/** The second argument names the facts of a task that \`decide\` looks at. */
export const ${camel} = defineOperation(ParamsSchema, ['stage_id'], {
  name: '${name}',
  title: '${title}',
  in_menu: true,
  decide: (_task) => UNCHANGED,
})
`,
  },
  migration: {
    path: `src/server/db/migrations/${name}.sql`,
    next: 'Add the columns to src/server/db/tables.ts.',
    text: `-- ${title}\n`,
  },
  export: {
    path: `src/server/exports/${name}.ts`,
    next: `Add ${camel} to the list in src/server/exports/index.ts and its name to EXPORT_FORMATS in src/contract/assets.ts; take coco.ts as the model.`,
    text: `// ${title}. A format gets tasks in pages and a stream; it knows no SQL and no HTTP.\n`,
  },
  import: {
    path: `src/server/imports/${name}.ts`,
    next: `Add ${camel} to the list in src/server/imports/index.ts and its name to ANNOTATION_FORMATS in src/contract/assets.ts; take voc.ts as the model.`,
    text: `// ${title}. A format turns bytes into images with objects; it knows no SQL and no HTTP.\n`,
  },
}

const template = TEMPLATES[kind]
if (!template || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
  process.stderr.write('npm run new -- operation|export|import|migration name-in-kebab-case\n')
  process.exit(1)
}
await writeFile(template.path, template.text, { flag: 'wx' })
process.stdout.write(`${template.path}\n${template.next}\n`)
