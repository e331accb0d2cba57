export default function UploadPanel() { return null }
