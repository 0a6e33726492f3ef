"""Counts of the page of a profile as X's servers made it, in a WARC file: python3 count-old-page.py FILE URL"""

import gzip
import json
import re
import sys
from html.parser import HTMLParser

data = open(sys.argv[1], 'rb').read()
if data[:2] == b'\x1f\x8b':
    data = gzip.decompress(data)
start = data.index(b'WARC-Target-URI: ' + sys.argv[2].encode() + b'\r\n')
while b'WARC-Type: response' not in data[data.rindex(b'WARC/1.', 0, start) : data.index(b'\r\n\r\n', start)]:
    start = data.index(b'WARC-Target-URI: ' + sys.argv[2].encode() + b'\r\n', start + 1)
record = data[data.index(b'\r\n\r\n', start) + 4 :]
head, _, body = record.partition(b'\r\n\r\n')
length = int(re.search(rb'Content-Length: (\d+)', data[start - 600 : data.index(b'\r\n\r\n', start)]).group(1))
body = body[: length - len(head) - 4]
if b'chunked' in head.lower():
    plain, rest = b'', body
    while rest:
        size, _, rest = rest.partition(b'\r\n')
        n = int(size.split(b';')[0] or b'0', 16)
        if n == 0:
            break
        plain, rest = plain + rest[:n], rest[n + 2 :]
    body = plain
if b'gzip' in head.lower():
    body = gzip.decompress(body)


class Count(HTMLParser):
    tweets, authors, reposts, replies, threads, media, likes, action = {}, set(), {}, set(), set(), 0, 0, None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        classes = (a.get('class') or '').split()
        if 'data-tweet-id' in a and 'tweet' in classes:
            self.tweets[a['data-tweet-id']] = a
            self.authors.add(a['data-user-id'])
            if a.get('data-is-reply-to') == 'true':
                self.replies.add(a['data-tweet-id'])
            if a['data-conversation-id'] != a['data-tweet-id']:
                self.threads.add(a['data-tweet-id'])
            if 'data-retweet-id' in a:
                self.reposts[a['data-retweet-id']] = a['data-retweeter']
        if 'data-image-url' in a:
            self.media += 1
        for name in classes:
            if name.startswith('ProfileTweet-action--'):
                self.action = name
        if 'data-tweet-stat-count' in a and self.action == 'ProfileTweet-action--favorite':
            self.likes += int(a['data-tweet-stat-count'])


count = Count()
count.feed(body.decode('utf-8'))
print(
    json.dumps(
        {
            'posts': len(count.tweets) + len(count.reposts),
            'authors': len(count.authors),
            'reposts': len(count.reposts),
            'replies': len(count.replies),
            'threads': len(count.threads),
            'media': count.media,
            'likes': count.likes,
        }
    )
)
