import { chromium } from 'playwright-core';
const url = process.argv[2]; const role = process.argv[3]; const pages = process.argv.slice(4);
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless','--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
const c = await b.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: process.env.THEME ?? 'light', locale: process.env.LOCALE ?? 'en-GB' });
const p = await c.newPage();
p.on('console', m => m.type()==='error' && console.log('console', m.text()));
p.on('pageerror', e => console.log('pageerror', e.message));
if (role !== 'none') {
  await p.goto(`${url}/sign-in`);
  await p.locator('section[aria-labelledby=as] > .stack').nth(Number(role)).locator('button').first().click();
  await p.waitForLoadState();
}
for (const spec of pages) {
  const [name, path, click] = spec.split('=');
  await p.setViewportSize({ width: 1280, height: 900 });
  await p.goto(url + path.replaceAll('~', '='));
  if (click) { await p.locator(click).first().click(); await p.waitForLoadState(); }
  await p.waitForTimeout(700);
  await p.screenshot({ path: `/tmp/shots/${name}-1280.png`, fullPage: process.env.FULL === '1' });
  await p.setViewportSize({ width: 375, height: 812 });
  await p.waitForTimeout(200);
  await p.screenshot({ path: `/tmp/shots/${name}-375.png`, fullPage: process.env.FULL === '1' });
  console.log(name, p.url());
}
await b.close();
