/** Against warcio.js, whose rules ReplayWeb.page looks requests up by. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { postToGetUrl } from 'warcio';
import { addressWithQuery, requestQuery } from '../../../evidence/wacz/request-query.ts';
import { exchange } from './plan.ts';

const url = 'https://board.test/api?x=1';

function ours(type: string, body: Uint8Array, method = 'POST'): { url: string; requestBody: string | null } {
  const { start } = exchange(0, url, {
    start: {
      method,
      requestHeaders: [['Content-Type', type]],
      requestBody: Buffer.from(body).toString('base64'),
      requestBodySize: body.length,
    },
  });
  const requestBody = requestQuery(start);
  return { url: addressWithQuery(url, method, requestBody ?? ''), requestBody };
}

function theirs(type: string, body: Uint8Array): { url: string; requestBody: string | undefined } {
  const request: Parameters<typeof postToGetUrl>[0] = {
    url,
    method: 'POST',
    headers: new Headers({ 'Content-Type': type }),
    postData: body,
  };
  postToGetUrl(request, 4096);
  return { url: request.url, requestBody: request.requestBody };
}

test.each([
  [
    'application/json',
    '{"type":"event","id":44.0,"values":[true,false,null],"source":{"type":"a","id":"a+b&c= d"}}',
  ],
  ['application/json; charset=utf-8', '{"a":"渡船","b":"","c":{},"d":[],"e":0,"a":2}'],
  ['application/json', '[1,[2,{"x":3}],4]'],
  ['application/json', 'no json'],
  ['application/json', '"text"'],
  ['text/plain', '{"a":1}'],
  ['text/plain;charset=UTF-8', 'hello'],
  ['application/x-www-form-urlencoded', 'say=Hi&to=Mom+%26%20Dad'],
  ['application/x-www-form-urlencoded', '%zz=1'],
  [
    'multipart/form-data; boundary=AaB03x',
    '--AaB03x\r\nContent-Disposition: form-data; name="a"\r\n\r\none two\r\n--AaB03x\r\nContent-Disposition: form-data; name="b"\r\n\r\n\r\n--AaB03x--\r\n',
  ],
  ['application/octet-stream', 'bytes'],
  ['', ''],
])('%s: %s', (type, body) => {
  expect(ours(type, Buffer.from(body))).toEqual(theirs(type, Buffer.from(body)));
});

test('any JSON, any form and any bytes', () => {
  const json = fc.json({ maxDepth: 4 }).filter((text) => !text.includes('""'));
  const body = fc.oneof(
    fc.tuple(
      fc.constant('application/json'),
      json.map((text) => Buffer.from(text)),
    ),
    fc.tuple(
      fc.constant('application/x-www-form-urlencoded'),
      fc.webQueryParameters().map((text) => Buffer.from(text)),
    ),
    fc.tuple(
      fc.constant('image/png'),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    ),
  );
  fc.assert(
    fc.property(body, ([type, bytes]) => {
      expect(ours(type, bytes)).toEqual(theirs(type, bytes));
    }),
    { numRuns: 300 },
  );
});

test('GET has no query; other methods say which they are', () => {
  expect(ours('text/html', Buffer.alloc(0), 'GET').requestBody).toBeNull();
  expect(ours('x/y', Buffer.from('z'), 'PUT').url).toBe(`${url}&__wb_method=PUT&__wb_post_data=eg==`);
});

test('JSON as deep as a page can send it', () => {
  const deep = Buffer.from(`${'['.repeat(400_000)}${']'.repeat(400_000)}`);
  expect(ours('application/json', deep).requestBody).toBe('');
  const wide = Buffer.from(JSON.stringify(Array.from({ length: 200_000 }, (_, i) => i)));
  expect(ours('application/json', wide).requestBody?.length).toBeLessThanOrEqual(4096);
});
