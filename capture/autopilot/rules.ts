/**
 * What the autopilot takes for a post, and which controls it presses. Only what shows more is pressed, and only where
 * nothing says that it acts: both must hold, so that a word that is missing here costs a comment and not a like.
 */

import { parsedUrl } from '../secrets/url.ts';

interface SiteRules {
  hosts: readonly string[];
  /** Selector of posts, as the platform's page marks them. */
  posts: string;
  /** Selector of controls that show more and have no words that say so. */
  opens?: string;
}

const sites: readonly SiteRules[] = [
  {
    hosts: ['x.com', 'twitter.com'],
    posts: 'article[data-testid="tweet"]',
    opens: '[data-testid="tweet-text-show-more-link"]',
  },
  { hosts: ['bsky.app'], posts: '[data-testid^="feedItem-by-"], [data-testid^="postThreadItem-by-"]' },
  { hosts: ['t.me', 'telegram.me'], posts: '.tgme_widget_message' },
  {
    hosts: ['youtube.com'],
    posts: 'ytd-comment-thread-renderer, ytd-backstage-post-thread-renderer',
    opens:
      'ytd-comment-replies-renderer #more-replies button, tp-yt-paper-button#more, tp-yt-paper-button#expand',
  },
  { hosts: ['facebook.com'], posts: '[role="feed"] > div, [role="article"]' },
  {
    hosts: ['tiktok.com'],
    posts: '[data-e2e="recommend-list-item-container"], [data-e2e="comment-level-1"]',
    opens: '[data-e2e^="view-more"]',
  },
  { hosts: ['reddit.com'], posts: 'shreddit-post, shreddit-comment' },
];

/** Where the platform is not known, or its page marks posts in another way than it did. */
const anyPosts =
  'article, [role="article"], [itemtype*="schema.org/SocialMediaPosting"], [itemtype*="schema.org/Comment"], .h-entry, .tgme_widget_message, div.status[data-id], .detailed-status';

/** Attributes in which pages write the id of a post. */
const idAttributes = [
  'data-post',
  'data-post-id',
  'data-id',
  'data-status-id',
  'data-tweet-id',
  'data-message-id',
  'data-comment-id',
  'data-item-id',
  'data-uri',
  'data-urn',
  'data-key',
];

/** Path of an address that is one post's own, where no time stands in the link. */
const postPaths = '/(?:status(?:es)?|posts?|p|reel|comments)/[\\w.-]{3,}|^/@[^/]+/\\d{6,}$';

/** The whole of what stands on a control, in the languages that posts of this field are read in. */
const shows = [
  // English
  String.raw`(?:…|\.\.\.)\s*(?:see |show |read )?more`,
  String.raw`(?:show|see|view|read|load)(?: \d[\d.,]*)?(?: more| full| all| hidden| previous| earlier| older| other| additional)*(?: (?:\d[\d.,]*|the|this))?(?: (?:text|posts?|tweets?|toots?|notes?|repl(?:y|ies)|comments?|answers?|threads?|conversations?|messages?|content|media|photos?|pictures?|videos?|results|probable spam))?`,
  String.raw`\d[\d.,]* (?:more )?(?:repl(?:y|ies)|comments?|answers?)`,
  String.raw`(?:more|hidden) (?:repl(?:y|ies)|comments?|posts?|text)(?: \(\d+\))?`,
  'expand(?: (?:text|post|thread|comment|description))?',
  'play(?: video| audio)?',
  // German
  String.raw`(?:mehr|weitere|alle)(?: \d[\d.,]*)?(?: (?:antworten|kommentare|beiträge|posts))?(?: (?:anzeigen|ansehen|laden|lesen))?`,
  String.raw`\d[\d.,]* (?:weitere )?(?:antworten|kommentare)(?: anzeigen)?`,
  'weiterlesen|ausklappen|inhalt anzeigen|abspielen',
  // French
  String.raw`(?:voir|afficher|lire|charger)(?: (?:\d+|la suite|plus|les|toutes les|tous les|davantage))+(?: de)?(?: (?:réponses|commentaires|publications))?|lire la suite|afficher le contenu`,
  // Spanish, Portuguese, Italian
  String.raw`(?:ver|mostrar|leer|cargar|ler|carregar|vedi|mostra|leggi|carica)(?: (?:\d+|más|mais|altro|altri|di più|tutto|las?|los|as|os|le))*(?: (?:respuestas|comentarios|respostas|comentários|risposte|commenti|contenido|conteúdo|post))?`,
  // Russian, Ukrainian
  String.raw`(?:показать|показати|читать|читати|загрузить|завантажити)(?: (?:\d+|ещё|еще|все|всё|більше|ще|больше|далее|далі|полностью|повністю))*(?: (?:ответы|ответов|ответа|комментарии|комментариев|відповіді|коментарі))?`,
  // Turkish
  '(?:daha fazla(?:sını)?|devamını|tüm)(?: (?:yanıtı?|yorumu?|yanıtları|yorumları))? (?:göster|gör|oku)',
  // Persian, Arabic
  '(?:نمایش|مشاهده|دیدن|خواندن)(?: (?:[0-9۰-۹]+|بیشتر|همه|کامل|متن|پاسخ(?:‌ها|‌های)?|نظر(?:ات)?|دیگر))+|بیشتر بخوانید|ادامه مطلب|بیشتر|پخش',
  '(?:عرض|إظهار|مشاهدة|قراءة|تحميل)(?: (?:[0-9٠-٩]+|المزيد|الكل|كل|الردود|ردود|التعليقات|تعليقات|من|مزيد))+|عرض المحتوى|اقرأ المزيد|تشغيل',
  // Chinese, Japanese, Korean
  '(?:显示|查看|展开|顯示|展開|阅读|閱讀|加载|載入)(?:更多|全文|全部|回复|回覆|评论|留言|\\s|\\d|条|條|则|則)*|もっと見る|さらに表示|続きを読む|返信をさらに表示|返信を表示|더 ?보기|답글 ?(?:\\d+개 ?)?(?:더 ?)?보기',
];

/** Words that act or lead away, whatever stands beside them. */
const acts =
  'like|follow|subscri|repost|retweet|reblog|boost|share|quote|report|block|mute|hide|delete|remove|sign[ -]?(?:in|up|out)|log[ -]?(?:in|out)|join|register|vote|buy|pay|donat|send|publish|submit|save|bookmark|translat|install|download|get the app|accept|agree|option|setting|profile|sponsor|gefällt|folge|teilen|melden|anmelden|abonn|aimer|suivre|partager|signaler|connect|me gusta|seguir|compartir|denunciar|iniciar|curtir|segui|condividi|нравится|подпис|поделит|пожал|войти|beğen|takip|paylaş|giriş|پسند|دنبال|اشتراک|گزارش|ورود|أعجب|إعجاب|متابعة|مشاركة|إبلاغ|تسجيل|赞|讚|关注|關注|分享|举报|檢舉|登录|登入|いいね|フォロー|シェア|報告|ログイン|좋아요|팔로우|공유|신고|로그인';

/** What a page writes while more is on its way. */
const loading =
  '^(?:loading|please wait|wird geladen|lädt|chargement|cargando|carregando|caricamento|загрузка|завантаження|yükleniyor|در حال بارگ|جار[ي]? التحميل|加载中|載入中|読み込み中|로딩|불러오는)';

export interface PageRules {
  /** Selectors, in the order in which they are asked; of the first that finds something all are posts. */
  posts: string[];
  opens: string | null;
  idAttributes: readonly string[];
  postPaths: string;
  /** Sources of regular expressions, case ignored. */
  shows: string;
  acts: string;
  loading: string;
}

/** The rules for a page at this address. */
export function rulesFor(url: string): PageRules {
  const host = parsedUrl(url)?.hostname ?? '';
  const site = sites.find(({ hosts }) => hosts.some((one) => host === one || host.endsWith(`.${one}`)));
  return {
    posts: [...(site === undefined ? [] : [site.posts]), anyPosts],
    opens: site?.opens ?? null,
    idAttributes,
    postPaths,
    shows: `^(?:${shows.join('|')})[\\s:.…›»▾▼+]*$`,
    acts,
    loading,
  };
}
