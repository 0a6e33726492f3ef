/** Messages as Telegram's previews mark them up. Channels, people and words are invented. */

export interface MessageParts {
  name?: string;
  view?: string | null;
  peer?: string | null;
  before?: string;
  text?: string;
  after?: string;
  meta?: string;
  views?: string;
  classes?: string;
  datetime?: string;
}

/** {"c":-1500000001,"p":7,"t":1700000000,"h":"x"} */
const view = 'eyJjIjotMTUwMDAwMDAwMSwicCI6NywidCI6MTcwMDAwMDAwMCwiaCI6IngifQ';

export function message({
  name = 'harbour_news/7',
  view: given = view,
  peer = null,
  before = '',
  text = 'Words of the channel',
  after = '',
  meta = '',
  views = '1,234',
  classes = '',
  datetime = '2024-01-08T19:23:51+00:00',
}: MessageParts = {}): string {
  const [channel] = name.split('/');
  return `<div class="tgme_widget_message_wrap js-widget_message_wrap">
  <div class="tgme_widget_message text_not_supported_wrap ${classes} js-widget_message" data-post="${name}"${given === null ? '' : ` data-view="${given}"`}${peer === null ? '' : ` data-peer="${peer}"`}>
    <div class="tgme_widget_message_user"><a href="https://t.me/${channel}"><i class="tgme_widget_message_user_photo"><img src="https://cdn4.telesco.pe/file/avatar.jpg"></i></a></div>
    <div class="tgme_widget_message_bubble">
      <div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/${channel}"><span dir="auto">Harbour News <i class="emoji" style="background-image:url('//telegram.org/img/emoji/40/F09F8C8A.png')"><b>🌊</b></i></span></a></div>
      ${before}
      ${text === '' ? '' : `<div class="tgme_widget_message_text js-message_text" dir="auto">${text}</div>`}
      ${after}
      <div class="tgme_widget_message_footer compact js-message_footer"><div class="tgme_widget_message_info short js-message_info"><span class="tgme_widget_message_views">${views}</span><span class="copyonly"> views</span><span class="tgme_widget_message_meta">${meta}<a class="tgme_widget_message_date" href="https://t.me/${name}"><time datetime="${datetime}" class="time">19:23</time></a></span></div></div>
    </div>
  </div>
</div>`;
}

export function previewPage(...messages: string[]): string {
  return `<!doctype html><html><head><title>Harbour News – Telegram</title><meta property="og:title" content="Harbour News"></head><body class="widget_frame_base tgme_webpreview">
<section class="tgme_channel_info"><div class="tgme_channel_info_header_title">Harbour News</div><div class="tgme_channel_info_counter"><span class="counter_value">1.2M</span> <span class="counter_type">subscribers</span></div></section>
<section class="tgme_channel_history js-message_history">${messages.join('\n')}</section></body></html>`;
}
