// Which files the label page is built into. Left to itself it would be some thirty, each a request before a task is drawn.
import type { Plugin } from 'vite'

/** What is read of the bundler's modules. */
type Module = { importedIds: readonly string[]; dynamicallyImportedIds: readonly string[]; code: string | null }
type Graph = { getModuleInfo(id: string): Module | null }

/** Files that only pass on thousands of others: of those, what is imported by its name is needed. */
const PASSES_ON = /(icons-react\/dist\/esm\/icons|@mantine\/core\/esm)\/index\.mjs$/
const IMPORTS = /^import \{.*\} from/gm
const FRAME = ['src/web/main.tsx']
const LABEL = ['src/web/pages/label/LabelPage.tsx', 'src/web/texts/en-label.ts']
const AHEAD = ['src/web/ahead.ts']
/** Parts of other pages that draw with the editor: they take the label page's file for it. */
const WITH_EDITOR = ['src/web/pages/schema/SchemaPreview.tsx']

/**
 * `ahead`: what runs before there is a page. `label`: what the label page alone draws with. `common`: what other pages draw
 * with too. A group is closed: with what it imports, but for what other groups have.
 */
export function labelChunks(root: string) {
  let places: ReadonlyMap<string, string> | null = null
  const name = (id: string, graph: Graph) => {
    places ??= divide(graph, root)
    return places.get(id) ?? null
  }
  return { name, debugName: 'label', includeDependenciesRecursively: false, priority: 3 }
}

function divide(graph: Graph, root: string): ReadonlyMap<string, string> {
  const inRoot = (files: readonly string[]) => files.map((file) => root + file)
  const except = new Set(inRoot(WITH_EDITOR))
  const reach = (files: readonly string[], isLazyToo = false) => reached(graph, files, isLazyToo, except)
  const ahead = reach(inRoot(AHEAD))
  const frame = reach(inRoot(FRAME))
  const label = inRoot(LABEL)
  const lazy = [...frame].flatMap((id) => graph.getModuleInfo(id)?.dynamicallyImportedIds ?? [])
  const others = reach(
    lazy.filter((id) => !label.includes(id)),
    true,
  )
  const drawn = [...reach(label)].filter((id) => !frame.has(id))
  return new Map([
    ...drawn.map((id) => [id, others.has(id) && !label.includes(id) ? 'common' : 'label'] as const),
    ...[...ahead].map((id) => [id, 'ahead'] as const),
  ])
}

/** The modules and all that they import, but for some; `isLazyToo`: also what they import later. */
function reached(graph: Graph, from: readonly string[], isLazyToo: boolean, except: ReadonlySet<string>): Set<string> {
  const found = new Set<string>()
  const left = [...from]
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    const module = graph.getModuleInfo(id)
    if (!module || found.has(id) || except.has(id)) continue
    found.add(id)
    const named = new Set(module.code?.match(IMPORTS)?.join().match(/\w+/g))
    for (const next of module.importedIds) {
      if (!PASSES_ON.test(next)) left.push(next)
      else left.push(...(graph.getModuleInfo(next)?.importedIds ?? []).filter((part) => named.has(nameOf(part))))
    }
    if (isLazyToo) left.push(...module.dynamicallyImportedIds)
  }
  return found
}

const nameOf = (id: string) => /(\w+)\.mjs$/.exec(id)?.[1] ?? ''

/** The page's first script: it begins as soon as it is there, while the others are on their way. */
export function aheadFirst(): Plugin {
  return {
    name: 'ahead-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const file = Object.values(bundle).find((part) => part.type === 'chunk' && part.name === 'ahead')
        const attrs = {
          type: 'module',
          async: true,
          crossorigin: true,
          fetchpriority: 'high',
          src: `/${file?.fileName}`,
        }
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }]
      },
    },
  }
}
