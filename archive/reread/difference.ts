/** The difference between what was read before and what is read now, for people and machines. */
import type { PostContent } from '../../contract/model/post.ts';
import type { ChangedField, RereadPost, RereadReport } from '../../contract/model/reread.ts';
import { canonicalJson } from '../../evidence/log/canonical.ts';
import { jsonDigest } from '../json-digest.ts';
import type { Comparison, KnownPost } from './compare.ts';

/** Posts of a kind that are listed, and characters of each value. */
const mostListed = 500;
const mostText = 200;
const mostValue = 600;

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text;
}

function described({ platform, url, author, text, title }: PostContent): RereadPost {
  return {
    platform,
    handle: author.handle,
    url,
    text: shortened(text === '' ? (title ?? '') : text, mostText),
  };
}

/** Members whose values differ, in the order of their names. */
export function changedFields(before: PostContent, after: PostContent): ChangedField[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((field) => {
    const [a, b] = [old.get(field), now.get(field)].map((value) =>
      value === undefined || value === null ? null : canonicalJson(value),
    );
    return a === b ? [] : [{ field, before: cut(a), after: cut(b) }];
  });
}

function cut(json: string | null | undefined): string | null {
  return json == null ? null : shortened(json, mostValue);
}

/** Names the difference: whoever is shown it keeps this one and no other. */
function digestOf({ readings, merged, gone }: Comparison): string {
  const said = {
    readings: readings.map(({ reader, notes, posts }) => ({
      reader: { name: reader.name, version: reader.version },
      notes: notes.map((note) => note.toWellFormed()),
      posts: posts.map(({ content, kept, changed }) => ({
        content: jsonDigest(content),
        kept: kept?.id ?? null,
        changed: changed?.id ?? null,
      })),
    })),
    merged: merged.map(({ known }) => known.id),
    gone: gone.map(({ id }) => id),
  };
  return jsonDigest(said);
}

interface Pair {
  earlier: KnownPost;
  content: PostContent;
}

/** `tags`: how many a post has. */
export function reportOf(
  comparison: Comparison,
  about: Pick<RereadReport, 'captureId' | 'sourceName' | 'before'>,
  tags: (postId: string) => number,
): Omit<RereadReport, 'outcome'> {
  const posts = comparison.readings.flatMap((reading) => reading.posts);
  const changed: Pair[] = [
    ...posts.flatMap(({ content, changed: earlier }) => (earlier === null ? [] : [{ earlier, content }])),
    ...comparison.merged.map(({ known: earlier, by }) => ({ earlier, content: by.content })),
  ];
  const added = posts.filter((post) => post.kept === null && post.changed === null);
  const { gone } = comparison;
  const isTagged = ({ id }: KnownPost) => tags(id) > 0;
  return {
    ...about,
    now: comparison.readings.map(({ reader, notes, posts: { length } }) => ({
      name: reader.name,
      version: reader.version,
      posts: length,
      notes,
    })),
    counts: {
      same: posts.filter(({ kept }) => kept !== null).length,
      changed: changed.length,
      new: added.length,
      gone: gone.length,
    },
    tagged: {
      changed: changed.filter(({ earlier }) => isTagged(earlier)).length,
      gone: gone.filter(isTagged).length,
    },
    new: added.slice(0, mostListed).map(({ content }) => described(content)),
    changed: changed.slice(0, mostListed).map(({ earlier, content }) => ({
      ...described(content),
      postId: earlier.id,
      tags: tags(earlier.id),
      fields: changedFields(earlier.content, content),
    })),
    gone: gone.slice(0, mostListed).map(({ id, content }) => ({
      ...described(content),
      postId: id,
      tags: tags(id),
    })),
    digest: digestOf(comparison),
  };
}
