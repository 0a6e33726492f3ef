/** Paths in manifests and fetch.txt: attacker-controlled, and one file may stand there under several spellings. */

/** UTF-16 units; no file system in use takes longer ones. */
export const maxPath = 32 * 1024;

/** Why a path leads out of the bag on one system or another, as the end of a sentence; null where it does not. */
export function escapeOf(path: string): string | null {
  const parts = path.split(/[/\\]/);
  if (parts.includes('..')) return "has '..' in it";
  if (/^[/\\]/.test(path)) return 'begins at the root of a disk, or names another computer';
  if (/^~/.test(path)) return "begins with '~', the home folder of a person";
  if (/^[A-Za-z]:/.test(path)) return 'names a drive';
  if (/^%[^%/\\]+%/.test(path) || /^\$/.test(path)) return 'begins with a variable of a shell';
  return path.includes('\0') ? 'has a NUL in it' : null;
}

/** Without './' and empty segments: what a system would open. */
export function plainPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '.' && part !== '')
    .join('/');
}

/**
 * Line breaks stand percent-encoded in lists (RFC 8493, section 2.1.3), and so does '%' itself since version 1.0;
 * whatever else looks encoded is part of the name.
 */
export function decodePath(path: string, strict: boolean): string {
  return path.replace(strict ? /%(0A|0D|25)/gi : /%(0A|0D)/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Files that systems make, hide and remove on their own. */
export function isSystemFile(path: string): boolean {
  return /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]+|\.Spotlight-V100|\.Trashes)$/i.test(path);
}

const reserved = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)/i;

/** Why a name cannot be made on every system (RFC 8493, section 6.2), as the end of a sentence; null where it can. */
export function portabilityOf(path: string): string | null {
  for (const part of path.split('/')) {
    if (part.includes('\\')) return "has a '\\' in it, which Windows takes for a folder";
    if (/[<>:"|?*]/.test(part) || [...part].some((character) => character < ' '))
      return 'has a character that Windows does not allow';
    if (reserved.test(part)) return 'is a device on Windows';
    if (/[^.][. ]+$/.test(part)) return 'ends with a dot or a space, which Windows drops';
  }
  return null;
}

/** Two names with the same key are one file on systems that ignore case or normalise. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase().normalize('NFC');
}
