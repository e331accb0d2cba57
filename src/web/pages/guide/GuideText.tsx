// A guide's Markdown as elements. Whoever wrote it is not trusted: HTML stays text, links lead to http, https and
// mailto, and images are those of this guide.
import { Component, type ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { urlOf } from '../../../contract/client.ts'
import { guideImageId, guideLink } from '../../../model/guide.ts'
import classes from './guide-text.module.css'

type Image = { id: number; width: number; height: number }
type Props = {
  project_id: number
  text: string
  images: readonly Image[]
  words: { no_image: string; broken: string }
}

const PLUGINS = [remarkGfm]
/** Elements that Markdown makes; whatever a plugin may add besides is left out, its text stays. */
const ALLOWED = [
  'a', 'blockquote', 'br', 'code', 'del', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'img', 'input', 'li', 'ol', 'p', 'pre',
  'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
] // biome-ignore format: one list

export default function GuideText({ project_id, text, images, words }: Props) {
  return (
    <Unbroken key={text} fallback={<AsWritten text={text} word={words.broken} />}>
      <div className={classes.text}>
        <Markdown
          remarkPlugins={PLUGINS}
          allowedElements={ALLOWED}
          unwrapDisallowed
          urlTransform={keepUrl}
          components={componentsOf(project_id, images, words.no_image)}
        >
          {text}
        </Markdown>
      </div>
    </Unbroken>
  )
}

/** Only what is looked at again below gets this far. */
const keepUrl = (url: string): string => (guideImageId(url) !== null || guideLink(url) !== null ? url : '')

function componentsOf(project_id: number, images: readonly Image[], noImage: string): Components {
  return {
    a: ({ href, children }) => {
      const link = guideLink(href ?? '')
      if (link === null) return <>{children}</>
      return (
        <a href={link} target="_blank" rel="noopener noreferrer">
          {children}
        </a>
      )
    },
    img: ({ src, alt }) => {
      const id = guideImageId(typeof src === 'string' ? src : '')
      const image = images.find((i) => i.id === id)
      if (!image) return <span className={classes.missing}>{alt ? `${alt}: ${noImage}` : noImage}</span>
      const url = urlOf('get_guide_image', { project_id, image_id: image.id })
      return <img src={url} alt={alt ?? ''} width={image.width} height={image.height} loading="lazy" />
    },
  }
}

function AsWritten({ text, word }: { text: string; word: string }) {
  return (
    <div className={classes.text}>
      <p className={classes.missing}>{word}</p>
      <pre>{text}</pre>
    </div>
  )
}

/** A text nested too deep for the parser must not take the page along. */
class Unbroken extends Component<{ fallback: ReactNode; children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }
  static getDerivedStateFromError() {
    return { isBroken: true }
  }
  override render() {
    return this.state.isBroken ? this.props.fallback : this.props.children
  }
}
