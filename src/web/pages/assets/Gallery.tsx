// The gallery: thumbnails with name and stage. Cells out of view are not laid out.
import { UnstyledButton } from '@mantine/core'
import { useProject } from '../../session.tsx'
import { StageIcon } from '../../ui/StageBadge.tsx'
import { Thumbnail } from '../../ui/Thumbnail.tsx'
import type { Asset } from './AssetDetails.tsx'
import classes from './assets.module.css'

export function Gallery({ assets, onOpen }: { assets: readonly Asset[]; onOpen: (asset: Asset) => void }) {
  const { id, stages } = useProject()
  return (
    <div className={classes.gallery}>
      {assets.map((asset) => {
        const stage = stages.find((s) => s.id === asset.stage_id)
        return (
          <UnstyledButton
            key={asset.id}
            className={classes.cell}
            onClick={() => onOpen(asset)}
            title={asset.folder ? `${asset.folder}/${asset.name}` : asset.name}
          >
            <Thumbnail className={classes.picture} project_id={id} asset_id={asset.id} name="" fit="cover" />
            <span className={classes.caption}>
              {stage && <StageIcon kind={stage.kind} size={13} />}
              <span>{asset.name}</span>
            </span>
          </UnstyledButton>
        )
      })}
    </div>
  )
}
