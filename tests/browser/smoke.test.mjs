// The harness itself: that it passes a good page, and refuses each thing it is there to refuse.
// With DESK_URL set, it also looks at that address.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { access } from 'node:fs/promises';
import test, { after, before } from 'node:test';
import { openBrowser } from './support/browser.mjs';
import { startTestbed } from './support/testbed.mjs';

const page = (body, style = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"></head><body><main><h1>A page</h1>${body}</main></body></html>`;

const PAGES = {
  '/good': page('<p>All is well.</p><a href="/good">Here again</a>'),
  '/no-alternative': page('<img src="/picture.svg">'),
  '/faint': page('<p class="faint">Can you read this?</p>'),
  '/broad': page('<div class="broad">Too broad for a phone</div>'),
  '/inline-script': page('<script>window.ran = true</script>'),
  '/missing-part': page('<script src="/nowhere.js"></script>'),
  // axe takes an unpainted background for white, in dark too.
  '/style.css': ':root { color-scheme: light dark; background: light-dark(#fff, #111) } .faint { color: light-dark(#ddd, #333) } .broad { inline-size: 900px }',
  '/picture.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
};
const TYPES = { css: 'text/css', svg: 'image/svg+xml' };

let server;
let url;
before(async () => {
  server = createServer((request, response) => {
    const body = PAGES[request.url];
    const type = TYPES[request.url.split('.')[1]] ?? 'text/html';
    response.writeHead(body ? 200 : 404, { 'content-type': type, 'content-security-policy': "default-src 'self'; img-src 'self' data:" });
    response.end(body ?? page('<p>Not here.</p>'));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

async function withPerson(journey, story) {
  const browser = await openBrowser(journey);
  try {
    await story(await browser.person('Ana'));
  } catch (error) {
    await browser.close().catch(() => {});
    throw error;
  }
  await browser.close();
}

test('a good page passes and leaves four pictures', async () => {
  await withPerson('smoke', async (person) => {
    await person.visit(`${url}/good`, 'good');
    for (const picture of ['good-1280-light', 'good-1280-dark', 'good-375-light', 'good-375-dark']) {
      await access(new URL(`.out/smoke/${picture}.png`, import.meta.url));
    }
  });
});

test('a page that answers 404 may be visited', async () => {
  await withPerson('smoke', async (person) => {
    const response = await person.visit(`${url}/not-here`, 'not-here');
    assert.equal(response.status(), 404);
  });
});

const REFUSED = [
  ['/no-alternative', /image-alt/],
  ['/faint', /color-contrast[\s\S]*dark: color-contrast/],
  ['/broad', /at 375 px, light: the page is 9\d\d px wide/],
  ['/inline-script', /Content Security Policy/],
  ['/missing-part', /404 from .*nowhere\.js/],
];
for (const [address, why] of REFUSED) {
  test(`${address} is refused`, async () => {
    await assert.rejects(withPerson('smoke-refused', (person) => person.visit(url + address, address.slice(1))), why);
  });
}

test('the testbed takes a message and shows it', async () => {
  const testbed = await startTestbed();
  try {
    const raw = 'From: ana@lindenhof.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nSee http://127.0.0.1:7300/x\r\n';
    await testbed.deliver('desk@desk.example', raw);
    const letter = await testbed.waitForMail('desk@desk.example', (one) => one.subject === 'Grüße');
    assert.deepEqual(letter.links, ['http://127.0.0.1:7300/x']);
    assert.ok(testbed.port() > 0);
  } finally {
    await testbed.stop();
  }
});

test('any desk: its first page', { skip: !process.env.DESK_URL && 'DESK_URL is not set' }, async () => {
  await withPerson('smoke', (person) => person.visit(process.env.DESK_URL, 'desk'));
});
