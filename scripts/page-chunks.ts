// Which files the label page and the Tasks page are built into. Left to themselves they would be some thirty and some twenty,
// each a request before anything is drawn.
import type { Plugin } from 'vite'

/** What is read of the bundler's modules. */
type Module = { importedIds: readonly string[]; dynamicallyImportedIds: readonly string[]; code: string | null }
type Graph = { getModuleInfo(id: string): Module | null }

/** Files that only pass on thousands of others: of those, what is imported by its name is needed. */
const PASSES_ON = /(icons-react\/dist\/esm\/icons|@mantine\/core\/esm)\/index\.mjs$/
const IMPORTS = /^import \{.*\} from/gm
/**
 * What every page is made of, as one file: left to itself it would be some forty small ones, which are more to load. But for
 * what only menus, tabs, checkboxes and radios need.
 */
export const BASE =
  /src\/web\/browser-storage|src\/editor\/(lazy|texts)\.ts|node_modules\/(react|react-dom|scheduler|@tanstack\/[\w-]+|@mantine\/core\/esm\/(core|utils|components\/Input))\/(?!Floating\/|InlineInput|InputsGroupFieldset|utils\/create-scoped-keydown)/
/** What tooltips, menus and popovers find their place with. */
export const FLOATING =
  /node_modules\/(@floating-ui\/[\w-]+|@mantine\/core\/esm\/(utils\/Floating|components\/(Tooltip|Popover)))\/(?!use-context-menu)/
const FRAME = ['src/web/main.tsx']
/** The first takes what both draw with. */
const PAGES = [
  { own: 'label', common: 'common', files: ['src/web/pages/label/LabelPage.tsx', 'src/web/texts/en-label.ts'] },
  { own: 'tasks', common: 'listing', files: ['src/web/pages/tasks/TasksPage.tsx'] },
]
const AHEAD = ['src/web/ahead.ts']
/** Parts of other pages that draw with the editor: they take the label page's file for it. */
const WITH_EDITOR = ['src/web/pages/schema/SchemaPreview.tsx']

/**
 * `ahead`: what runs before there is a page. `own`: what a page alone draws with. `common`: what other pages draw with too.
 * A group is closed: with what it imports, but for what other groups have.
 */
export function pageChunks(root: string) {
  let places: ReadonlyMap<string, string> | null = null
  const name = (id: string, graph: Graph) => {
    places ??= divide(graph, root)
    return places.get(id) ?? null
  }
  return { name, debugName: 'pages', includeDependenciesRecursively: false, priority: 3 }
}

function divide(graph: Graph, root: string): ReadonlyMap<string, string> {
  const inRoot = (files: readonly string[]) => files.map((file) => root + file)
  const except = new Set(inRoot(WITH_EDITOR))
  const reach = (files: readonly string[], isLazyToo = false) => reached(graph, files, isLazyToo, except)
  const ahead = reach(inRoot(AHEAD))
  const frame = reach(inRoot(FRAME))
  const lazy = [...frame].flatMap((id) => graph.getModuleInfo(id)?.dynamicallyImportedIds ?? [])
  const places = new Map([...ahead].map((id) => [id, 'ahead']))
  for (const { own, common, files } of PAGES) {
    const page = inRoot(files)
    const others = reach(
      lazy.filter((id) => !page.includes(id)),
      true,
    )
    for (const id of reach(page))
      if (!frame.has(id) && !BASE.test(id) && !places.has(id))
        places.set(id, others.has(id) && !page.includes(id) ? common : own)
  }
  return places
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

/**
 * The page's first script: it begins as soon as it is there, while the others are on their way, and it starts the page. Those are
 * loaded and compiled meanwhile, but not run: the answer to what is asked first would wait for them.
 */
export function aheadFirst(): Plugin {
  return {
    name: 'ahead-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const file = Object.values(bundle).find((part) => part.type === 'chunk' && part.name === 'ahead')
        const attrs = {
          type: 'module',
          async: true,
          crossorigin: true,
          fetchpriority: 'high',
          src: `/${file?.fileName}`,
        }
        const held = html.replace(PAGE_SCRIPT, '<link rel="modulepreload" crossorigin data-page href="$1">')
        if (held === html) throw new Error('index.html has no script of the page')
        return { html: held, tags: [{ tag: 'script', attrs, injectTo: 'head-prepend' }] }
      },
    },
  }
}

const PAGE_SCRIPT = /<script type="module" crossorigin src="([^"]+)"><\/script>/
