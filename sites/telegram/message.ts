/** One message as Telegram's previews and embedded posts show it. */
import type { PostContent, PostMedia } from '../../contract/model/post.ts';
import type { Poll, PostLink, PostNotice, PostReference } from '../../contract/model/post-facts.ts';
import type { Page } from '../general/page.ts';
import { attribute, type HtmlElement } from '../html/parse.ts';
import { backgroundOf, hasClass, Parts, type PartsBudget } from '../html/parts.ts';
import { addressFacts } from '../platforms.ts';
import { counts, finishPost, notice, recordedAddress, reference } from '../post/draft.ts';
import { timeIn } from '../post/times.ts';
import { roundedCount } from '../rounded-count.ts';
import { channelIdOf } from './channel-id.ts';

const prefix = 'tgme_widget_message';

/** What stands inside a message and is not its own: the message that it replies to, the page that it links to. */
function isAside(element: HtmlElement): boolean {
  return hasClass(element, `${prefix}_reply`) || hasClass(element, `${prefix}_link_preview`);
}

export interface MessageContext {
  page: Page;
  budget: PartsBudget;
  from: { n?: number; url: string };
  addresses: ReadonlySet<string> | undefined;
}

/** 'channel/123' of the element, where it is a message. */
export function postNameOf(element: HtmlElement): string | null {
  const name = hasClass(element, prefix) ? attribute(element, 'data-post') : null;
  return name !== null && /^[A-Za-z]\w{2,31}\/\d{1,19}$/.test(name) ? name : null;
}

/** Emoji and custom emoji are pictures with the character beside them: the character is kept. */
function words(page: Page, element: HtmlElement | null): string {
  return element === null ? '' : page.text(element).text;
}

function wordsOrNull(page: Page, element: HtmlElement | null): string | null {
  const text = words(page, element);
  return text === '' ? null : text;
}

/** A message of a channel by its address: 't.me/name/12', 't.me/name', or 't.me/c/1234/12'. */
function referenceTo(relation: PostReference['relation'], url: string | null): PostReference {
  const facts = addressFacts(url);
  const isOurs = facts?.platform === 'telegram';
  const inChannel = /^\/c\/(\d+)\/(?:\d+\/)?\d+/.exec(
    url === null || !URL.canParse(url) ? '' : new URL(url).pathname,
  );
  return reference(relation, {
    url,
    platformId: isOurs ? facts.platformId : null,
    handle: isOurs ? facts.handle : null,
    accountId: inChannel?.[1] ?? null,
  });
}

function mediaOf(parts: Parts, { page, addresses }: MessageContext): { media: PostMedia[]; unshown: number } {
  const found: { kind: PostMedia['kind']; candidates: (string | null)[] }[] = [];
  const videos = new Set<HtmlElement>();
  for (const element of parts.elements) {
    if (hasClass(element, `${prefix}_photo_wrap`))
      found.push({ kind: 'image', candidates: [backgroundOf(element)] });
    else if (element.tagName === 'video' && !videos.has(element)) {
      videos.add(element);
      found.push({ kind: 'video', candidates: [attribute(element, 'src')] });
    } else if (element.tagName === 'audio')
      found.push({ kind: 'audio', candidates: [attribute(element, 'src')] });
    else if (hasClass(element, `${prefix}_sticker`))
      found.push({ kind: 'image', candidates: [attribute(element, 'data-webp'), backgroundOf(element)] });
  }
  const media = found.flatMap(({ kind, candidates }): PostMedia[] => {
    const url = recordedAddress(
      candidates.map((each) => page.absolute(each)),
      addresses,
    );
    return url === null ? [] : [{ kind, url, alt: null, sha256: null }];
  });
  const documents = parts.all(`${prefix}_document_wrap`).length;
  const lost = parts.all('message_media_not_supported').length;
  return { media, unshown: found.length - media.length + documents + lost };
}

/** Telegram gives shares in percent, and the number of voters: votes of an option are not known. */
function pollOf(parts: Parts, page: Page): { poll: Poll; shares: string; title: string } | null {
  const poll = parts.first(`${prefix}_poll`);
  if (poll === null) return null;
  const options = parts.all(`${prefix}_poll_option_text`).map((each) => words(page, each));
  const percents = parts.all(`${prefix}_poll_option_percent`).map((each) => words(page, each));
  const kind = words(page, parts.first(`${prefix}_poll_type`));
  const voters = words(page, parts.first(`${prefix}_voters`));
  return {
    title: words(page, parts.first(`${prefix}_poll_question`)),
    poll: {
      options: options.map((text) => ({ text, votes: null })),
      endsAt: null,
      closed: /final results/i.test(kind) ? true : null,
      multiple: null,
    },
    shares: [
      kind,
      ...options.map((text, i) => `${text}: ${percents[i] ?? 'no share'}`),
      voters && `${voters} voted`,
    ]
      .filter((part) => part !== '')
      .join('; '),
  };
}

function linksOf(text: HtmlElement | null, page: Page, parts: Parts): PostLink[] {
  const inText = parts.elements.filter((element) => element.tagName === 'a' && isInside(element, text));
  return inText.flatMap((element) => {
    const shown = page.text(element).text;
    const url = page.absolute(attribute(element, 'href'));
    return url === null || shown === '' || !/^https?:/.test(url) ? [] : [{ text: shown, url }];
  });
}

function isInside(element: HtmlElement, root: HtmlElement | null): boolean {
  for (let at: unknown = element; at !== null && typeof at === 'object'; ) {
    if (at === root) return true;
    at = 'parentNode' in at ? at.parentNode : null;
  }
  return false;
}

function reactionsOf(parts: Parts, page: Page): string[] {
  return parts
    .all('tgme_reaction')
    .map((each) => words(page, each))
    .filter((text) => text !== '')
    .slice(0, 50);
}

/** What Telegram says in the place of a message, or of its media. */
function noticesOf(parts: Parts, page: Page): PostNotice[] {
  const labels = parts.all('message_media_not_supported_label').map((each) => words(page, each));
  return labels
    .filter((text) => text !== '')
    .map((text) =>
      notice(
        /terms of service|violat|copyright|local laws/i.test(text) ? 'withheld' : 'other',
        `Telegram says: ${text}`,
      ),
    );
}

/** Null for an element that is no message. */
export function readMessage(root: HtmlElement, context: MessageContext): PostContent | null {
  const name = postNameOf(root);
  if (name === null) return null;
  const { page, budget, from } = context;
  const parts = new Parts(root, budget, isAside);
  const asides = new Parts(root, budget);
  const [handle = ''] = name.split('/');
  const channel = channelIdOf(root);
  const body = parts.all(`${prefix}_text`).find((each) => hasClass(each, 'js-message_text')) ?? null;
  const poll = pollOf(parts, page);
  const forwarded = parts.first(`${prefix}_forwarded_from`);
  const origin = parts.first(`${prefix}_forwarded_from_name`);
  const reply = asides.first(`${prefix}_reply`);
  const meta = parts.first(`${prefix}_meta`);
  const isEdited = meta !== null && /(?:^|\s)edited(?:\s|$)/i.test(page.text(meta).text);
  const signed = wordsOrNull(page, parts.first(`${prefix}_from_author`));
  const { media, unshown } = mediaOf(parts, context);
  const date = parts.first(`${prefix}_date`);
  const time = date === null ? null : new Parts(date, budget).tag('time');
  const views = roundedCount(words(page, parts.first(`${prefix}_views`)));
  const reactions = reactionsOf(parts, page);
  const isForward = forwarded !== null;
  const preview = asides.first(`${prefix}_link_preview`);
  const references = [
    ...(isForward
      ? [referenceTo('reposts', page.absolute(origin === null ? null : attribute(origin, 'href')))]
      : []),
    ...(reply === null ? [] : [referenceTo('replies-to', page.absolute(attribute(reply, 'href')))]),
  ];
  return finishPost({
    kind: isForward ? 'repost' : reply === null ? 'post' : 'reply',
    platform: 'telegram',
    platformId: name,
    url: `https://t.me/${name}`,
    author: {
      name: wordsOrNull(page, parts.first(`${prefix}_owner_name`) ?? parts.first(`${prefix}_author_name`)),
      handle,
      platformId: channel,
      url: `https://t.me/${handle}`,
    },
    postedAt: timeIn(
      time === null ? null : attribute(time, 'datetime'),
      'time element of the message',
      page.notes,
    ),
    editedAt: null,
    title: poll?.title ?? null,
    text: words(page, body),
    language: null,
    direction: null,
    media,
    readFrom: 'Telegram message',
    from,
    facts: {
      references,
      counts: counts({ views: views?.count ?? null }),
      links: linksOf(body, page, parts),
      poll: poll?.poll ?? null,
      notices: [
        ...noticesOf(parts, page),
        ...(hasClass(root, 'service_message')
          ? [notice('other', 'A message of the service, not of a person.')]
          : []),
        ...(isForward
          ? [
              notice(
                'other',
                `Forwarded from ${wordsOrNull(page, origin) ?? 'a source that is not named'}: the words are that source’s.`,
              ),
            ]
          : []),
        ...(isEdited ? [notice('other', 'Marked as edited; when, Telegram does not say here.')] : []),
        ...(signed === null ? [] : [notice('other', `Signed: ${signed}`)]),
        ...(views?.isRounded ? [notice('other', `Views as shown, rounded by Telegram: ${views.shown}`)] : []),
        ...(reactions.length === 0 ? [] : [notice('other', `Reactions as shown: ${reactions.join(', ')}`)]),
        ...(poll === null ? [] : [notice('other', `Poll as shown: ${poll.shares}`)]),
        ...(preview === null
          ? []
          : [
              notice('other', `Preview of a linked page, not the author’s words: ${page.text(preview).text}`),
            ]),
        ...(unshown === 0
          ? []
          : [
              notice(
                'other',
                `${unshown} media or files of the message stand in the page without an address.`,
              ),
            ]),
      ],
    },
  });
}
