/** Ids in Facebook's answers: digits, and node ids that hold such in base 64. Attacker-controlled. */
import { digitsAt, stringAt } from '../json/members.ts';

/** The numbers in a node id such as 'S:_I100:VK:200' or 'comment:200_300'; none where it is not of this form. */
function numbersIn(nodeId: string | null, form: RegExp): string[] {
  if (nodeId === null || nodeId.length > 400 || !/^[A-Za-z0-9+/]+={0,2}$/.test(nodeId)) return [];
  try {
    const text = atob(nodeId);
    return form.test(text) ? (text.match(/\d{3,25}/g) ?? []) : [];
  } catch {
    return [];
  }
}

const storyForm = /^S:_I\d+:[\w:]+$/;
const commentForm = /^comment:\d+_\d+$/;

/** The post that an object is, or is a part of; null where it names none. */
export function postIdOf(story: unknown): string | null {
  return digitsAt(story, 'post_id') ?? numbersIn(stringAt(story, 'id'), storyForm).at(-1) ?? null;
}

/** The account that a post's node id names. */
export function accountIdOf(story: unknown): string | null {
  return numbersIn(stringAt(story, 'id'), storyForm)[0] ?? null;
}

/** A comment, and the post under which it stands; null for what names no comment. */
export function commentIdsOf(comment: unknown): { id: string; post: string | null } | null {
  const [post = null, inNode = null] = numbersIn(stringAt(comment, 'id'), commentForm);
  const id = digitsAt(comment, 'legacy_fbid') ?? inNode;
  if (id === null) return null;
  const token = /^(\d{3,25})_\d+$/.exec(stringAt(comment, 'legacy_token') ?? '')?.[1] ?? null;
  return { id, post: token ?? post ?? digitsAt(comment, 'parent_feedback', 'share_fbid') };
}
