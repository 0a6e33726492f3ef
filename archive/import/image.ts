/** A picture by itself: one post of kind 'picture', so that it stands in the library and can be tagged. */
import type { PostContent } from '../../contract/model/post.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { emptyContents, type FileContents, type FileSource } from './contents.ts';

export async function readImageFile(source: FileSource): Promise<FileContents> {
  const picture: PostContent = {
    kind: 'picture',
    platform: null,
    platformId: null,
    url: null,
    author: { name: null, handle: null, platformId: null, url: null },
    postedAt: null,
    editedAt: null,
    title: source.name,
    text: '',
    textLossy: false,
    language: null,
    direction: null,
    media: [{ kind: 'image', url: source.name, alt: null, sha256: toHex(source.sha256) }],
    readFrom: 'the file itself',
  };
  return {
    ...emptyContents,
    readings: [{ reader: { name: 'picture', version: '1' }, posts: [picture], notes: [] }],
  };
}
