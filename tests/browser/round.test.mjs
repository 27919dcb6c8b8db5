// The round: one contact, from the first mail to "told", on each engine. Real mail servers, a real database, a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PASSWORD, onStage } from './support/stage.mjs';
import { engines } from './support/testbed.mjs';

const DESK = 'desk@desk.example';
const ANA = 'ana.lima@lindenhof.example';

for (const engine of engines) {
  test(`from the first mail to told, on ${engine}`, { timeout: 300_000 }, () =>
    onStage(`round-${engine}`, { engine, mail: true }, async (stage) => {
      stage.configure(settings(stage.testbed.places.mail, stage.url));
      stage.employ('noor@desk.example', 'Noor Haddad', 'agent,lead', 'First line');
      await stage.open();
      await walk(stage.browser, stage.testbed, stage.url);
    }));
}

function settings(mail, url) {
  const server = `host = "${mail.host}"\ntls = "none"\nuser = "${DESK}"\npassword = "${mail.password}"`;
  return (
    `base_url = "${url}"\n[desk]\nown_domains = ["lindenhof.example"]\n[survey]\nsample_share = 1.0\n`
      + `[[mail.accounts]]\naddress = "${DESK}"\n[mail.accounts.imap]\n${server}\nport = ${mail.imap}\npoll_seconds = 5\n`
      + `[mail.accounts.smtp]\nhost = "${mail.host}"\ntls = "none"\nport = ${mail.smtp}\n`
  );
}

async function walk(browser, testbed, url) {
  const noor = await browser.person('noor');
  await noor.visit(`${url}/sign-in?next=/desk%3Fview%3Dnobodys`, 'sign-in');
  await noor.page.getByText('I work here and have a password').click();
  await noor.page.locator('#staff-email').fill('noor@desk.example');
  await noor.page.locator('#password').fill(PASSWORD);
  await noor.page.locator('#password').press('Enter');
  await noor.page.getByText('Everything has an owner').waitFor();
  await noor.look('inbox-empty');

  // A mail arrives in the real mailbox; the ticket slides into the open inbox without a reload.
  const lines = [
    `From: Ana Lima <${ANA}>`, `To: ${DESK}`, 'Subject: Two logins for travel', `Date: ${new Date().toUTCString()}`,
    'Message-ID: <first-1@lindenhof.example>', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '',
    'I have to log in twice to book a trip.', 'Every single time.', '', '-- ', 'Ana Lima, Sales',
  ];
  await testbed.deliver(DESK, lines.join('\r\n'));
  const row = noor.page.locator('[data-row]', { hasText: 'Two logins for travel' });
  await row.waitFor({ timeout: 60_000 });
  await noor.look('inbox');

  // The agent answers; the mail reaches the person.
  await row.click();
  await noor.page.getByRole('heading', { name: 'Two logins for travel' }).waitFor();
  await noor.look('ticket');
  await noor.page.locator('textarea[name=text]').fill('One login is enough now: please try it.');
  await noor.page.getByRole('button', { name: 'Send, sorted' }).click();
  await noor.page.getByText('Sent.').waitFor();
  await noor.look('ticket-answered');
  const answer = await testbed.waitForMail(ANA, (letter) => letter.text.includes('One login is enough now'));
  assert.match(answer.subject, /\[D-\d+\]/);

  // The person confirms by link. Opening it is not enough.
  const ana = await browser.person('ana');
  const request = answer.links.find((link) => link.includes('/requests/'));
  await ana.visit(request, 'request');
  await ana.page.getByRole('button', { name: 'Yes, it is sorted' }).click();
  await ana.page.getByText('Good to hear').waitFor();
  await ana.look('request-sorted');

  // One question, by mail; answered badly.
  const invitation = await testbed.waitForMail(ANA, (letter) => letter.links.some((link) => link.includes('/surveys/')));
  // The way out that the letter names, which a mail program may take by itself; here it is only looked at.
  const wayOut = invitation.raw.replace(/\r?\n[ \t]+/g, ' ').match(/^List-Unsubscribe: .*?<(http[^>]+)>/im);
  assert.ok(wayOut, 'an invitation can be refused for good');
  await ana.visit(wayOut[1], 'refusal');
  await ana.visit(invitation.links.find((link) => link.includes('/surveys/')), 'survey');
  await ana.page.locator('input[name=satisfaction][value="1"]').check({ force: true });
  await ana.page.locator('input[name=emotion][value="1"]').check({ force: true });
  await ana.page.locator('textarea[name=comment]').fill('Booking a trip still takes two logins.');
  await ana.page.locator('input[name=may_contact]').check({ force: true });
  await ana.page.locator('form button').nth(1).click();
  await ana.page.waitForLoadState();
  await ana.look('survey-answered');

  // It has an owner, joins an improvement, and is done.
  await follow(noor, url);

  // The person is told by mail, exactly once, and the portal shows it.
  const told = (letter) => letter.text.includes('Travel now asks for one login');
  await testbed.waitForMail(ANA, told);
  await ana.visit(`${url}/said-and-done`, 'said-and-done');
  await ana.page.getByText('Travel now asks for one login').first().waitFor();
  await ana.visit(url, 'portal');
  assert.equal((await testbed.letters(ANA)).filter(told).length, 1, 'told exactly once');

  await timeline(noor, url);
}

async function follow(noor, url) {
  const entry = noor.page.locator('[data-row]', { hasText: 'Booking a trip still takes two logins' });
  for (let tries = 0; tries < 60 && (await entry.count()) === 0; tries += 1) {
    await noor.page.goto(`${url}/programme/follow-ups?view=all`);
    await noor.page.waitForTimeout(500);
  }
  await noor.look('follow-ups');
  await entry.first().click();
  await noor.page.locator('input[name=title]').fill('Two logins for travel');
  await noor.look('follow-up');
  await noor.page.locator('form[action$="/improvement"] button').click();
  await noor.page.waitForLoadState();
  await noor.visit(`${url}/programme/improvements`, 'improvements');
  await noor.page.getByRole('link', { name: /Two logins for travel/ }).click();
  await noor.look('improvement');
  await noor.page.locator('input[name=state][value=done]').check({ force: true });
  await noor.page.locator('textarea[name=outcome]').fill('Travel now asks for one login.');
  await noor.page.locator('form[action$="/state"]:has(textarea) button').click();
  await noor.page.waitForLoadState();
  await noor.look('improvement-done');
  await noor.visit(`${url}/programme`, 'programme');
}

/** The person's timeline shows every step, in order. */
async function timeline(noor, url) {
  await noor.page.goto(`${url}/desk?view=sorted`);
  await noor.page.locator('[data-row]', { hasText: 'Two logins for travel' }).click();
  await noor.page.locator('aside a.person').first().click();
  await noor.look('timeline');
  // The first list is the timeline itself, newest first; what they said stands beside it once more.
  const rows = await noor.page.locator('ol.timeline').first().locator('li').allInnerTexts();
  const lived = rows.reverse().map((row) => row.trim().split('\n')[0].trim());
  assert.deepEqual(lived, [
    'Asked: Two logins for travel',
    'Got an answer',
    'We thought it sorted',
    'Said that it is sorted',
    'Was asked how it was',
    'Said how it was',
    'Given to someone to look after',
    'Is one of those who asked for an improvement',
    'Was told what came of “Two logins for travel”',
  ]);
}
