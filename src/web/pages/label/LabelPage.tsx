export default function LabelPage({ kind }: { kind: 'label' | 'review' }) { return <p>{kind}</p> }
