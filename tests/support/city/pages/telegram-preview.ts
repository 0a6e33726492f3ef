/** Telegram: the public preview of a channel, with a photograph, a reply, a forwarded message and a poll. */
import { message, previewPage } from '../../../sites/telegram/messages.ts';
import { poster } from '../../page-fixtures/picture.ts';
import { bytes, html } from '../../site-server.ts';
import { type CityPage, incomplete } from '../page.ts';

const photo = 'https://cdn4.telesco.pe/file/pier.png';
const picture = bytes(poster([120, 150, 180], [250, 220, 120]), { 'content-type': 'image/png' });

const messages = [
  message({
    name: 'harbour_news/5',
    before: `<a class="tgme_widget_message_photo_wrap" href="https://t.me/harbour_news/5" style="width:800px;background-image:url('${photo}')"><div class="tgme_widget_message_photo" style="padding-top:60%"></div></a>`,
    text: 'The pier is shut.<br/>اسکله بسته است',
    meta: 'edited ',
  }),
  message({
    name: 'harbour_news/6',
    before:
      '<a class="tgme_widget_message_reply" href="https://t.me/harbour_news/5"><div class="tgme_widget_message_metatext js-message_reply_text">Photo</div></a>',
    text: 'Since when?',
  }),
  message({
    name: 'harbour_news/7',
    before:
      '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/origin_news/55"><span dir="auto">Origin</span></a></div>',
    text: 'Words of another channel',
    views: '1.2M',
  }),
];

export const page: CityPage = {
  what: 'a preview of a channel of Telegram',
  address: 'https://t.me/s/harbour_news',
  routes: () => ({
    't.me/s/harbour_news': html(
      previewPage(...messages).replaceAll('https://cdn4.telesco.pe/file/avatar.jpg', photo),
    ),
    'cdn4.telesco.pe/file/pier.png': picture,
    'telegram.org/img/emoji/40/F09F8C8A.png': picture,
  }),
  captures: () => [
    // What was forwarded stands in another channel.
    incomplete(
      ['context-not-captured'],
      {
        id: 'harbour_news/5',
        text: 'The pier is shut.\nاسکله بسته است',
        source: 'network',
        notices: ['other'],
      },
      { id: 'harbour_news/6', text: 'Since when?', source: 'network' },
      {
        id: 'harbour_news/7',
        text: 'Words of another channel',
        source: 'network',
        notices: ['other', 'other'],
      },
    ),
  ],
  shows: 'The pier is shut.',
};
