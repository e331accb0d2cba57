// An asset's thumbnail. It is made in the background, so a fresh one is asked for again a few times.
import { IconPhotoOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { urlOf } from '../../contract/client.ts'
import classes from './thumbnail.module.css'

const TRIES = 6
const WAIT_MS = 1500

type Props = { project_id: number; asset_id: number; name: string; fit?: 'cover' | 'contain'; className?: string }

export function Thumbnail({ project_id, asset_id, name, fit = 'cover', className }: Props) {
  const [attempt, setAttempt] = useState(0)
  const [isMissing, setMissing] = useState(false)
  useEffect(() => {
    if (!isMissing || attempt >= TRIES) return
    const timer = setTimeout(() => {
      setMissing(false)
      setAttempt(attempt + 1)
    }, WAIT_MS)
    return () => clearTimeout(timer)
  }, [isMissing, attempt])
  const url = urlOf('get_asset_thumbnail', { project_id, asset_id })
  return (
    <span className={`${classes.box} ${className ?? ''}`} data-fit={fit}>
      {isMissing ? (
        <IconPhotoOff size={16} stroke={1.4} aria-label={name} />
      ) : (
        <img
          src={attempt === 0 ? url : `${url}?try=${attempt}`}
          alt={name}
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setMissing(true)}
        />
      )}
    </span>
  )
}
