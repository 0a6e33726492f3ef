/** Answers and pages of YouTube as small as they can be. Channels, people and words are invented. */

type Json = Record<string, unknown>;

export const video = 'aB3_dEf-9h1';
export const channel = 'UCaaaaaaaaaaaaaaaaaaaaaa';
export const writer = 'UCbbbbbbbbbbbbbbbbbbbbbb';
export const comment = 'UgxAAAAAAAAAAAAAAAAAAAAA';
export const watch = `https://www.youtube.com/watch?v=${video}`;
export const next = 'https://www.youtube.com/youtubei/v1/next?prettyPrint=false';

export function player(change: Json = {}, format: Json = {}): Json {
  return {
    playabilityStatus: { status: 'OK' },
    videoDetails: {
      videoId: video,
      title: 'The harbour at night',
      lengthSeconds: '95',
      channelId: channel,
      shortDescription: 'First line\nhttps://example.org/ می‌خواهم',
      thumbnail: {
        thumbnails: [{ url: 'https://i.ytimg.com/vi/a/s.jpg' }, { url: 'https://i.ytimg.com/vi/a/l.jpg' }],
      },
      viewCount: '12345',
      author: 'Harbour Films',
    },
    microformat: {
      playerMicroformatRenderer: {
        ownerProfileUrl: 'http://www.youtube.com/@harbourfilms',
        externalChannelId: channel,
        publishDate: '2021-01-08T07:30:00-08:00',
        uploadDate: '2021-01-07T22:00:00-08:00',
        likeCount: '77',
        ...format,
      },
    },
    ...change,
  };
}

export function entity(properties: Json = {}, change: Json = {}): Json {
  return {
    payload: {
      commentEntityPayload: {
        properties: {
          commentId: comment,
          content: { content: 'words below' },
          publishedTime: '2 years ago (edited)',
          replyLevel: 0,
          ...properties,
        },
        author: { channelId: writer, displayName: '@ada-example', isCreator: false },
        toolbar: { likeCountNotliked: '1.2K', replyCount: '3' },
        ...change,
      },
    },
  };
}

export function comments(...mutations: Json[]): Json {
  return {
    onResponseReceivedEndpoints: [{ url: `/watch?v=${video}&lc=${comment}` }],
    frameworkUpdates: { entityBatchUpdate: { mutations } },
  };
}

export function community(change: Json = {}): Json {
  return {
    backstagePostThreadRenderer: {
      post: {
        backstagePostRenderer: {
          postId: 'UgkxAAAAAAAAAAAAAAAAAAAA',
          authorText: { runs: [{ text: 'Harbour Films' }] },
          authorEndpoint: { browseEndpoint: { browseId: channel, canonicalBaseUrl: '/@harbourfilms' } },
          contentText: {
            runs: [
              { text: 'Look at ' },
              {
                text: 'example.org/lo...',
                navigationEndpoint: {
                  urlEndpoint: { url: 'https://www.youtube.com/redirect?q=https%3A%2F%2Fexample.org%2Flong' },
                },
              },
            ],
          },
          publishedTimeText: { runs: [{ text: '3 days ago' }] },
          voteCount: { simpleText: '512' },
          backstageAttachment: {
            backstageImageRenderer: { image: { thumbnails: [{ url: '//yt3.ggpht.com/picture' }] } },
          },
          ...change,
        },
      },
    },
  };
}

export function watchPage(given: unknown = player(), data: unknown = {}): string {
  return `<!doctype html><html lang="en"><head><title>The harbour at night - YouTube</title>
<script nonce="a">var ytInitialPlayerResponse = ${JSON.stringify(given).replaceAll('<', '\\u003c')};var meta = document.createElement('meta');</script></head>
<body><div id="player"></div><script nonce="a">var ytInitialData = ${JSON.stringify(data).replaceAll('<', '\\u003c')};</script></body></html>`;
}
