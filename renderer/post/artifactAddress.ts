/** Where main serves the bytes of an artifact, read-only. In: a SHA-256 in lower-case hexadecimal. */
export function artifactAddress(sha256: string): string {
  return `holdfast-artifact://${sha256}/`;
}

/** Where main shows a recorded page again, without script, or its text. In: the capture's id. */
export function replayAddress(captureId: string, shown: 'page' | 'text'): string {
  return `holdfast-replay://${captureId}/${shown === 'text' ? 'text' : ''}`;
}
