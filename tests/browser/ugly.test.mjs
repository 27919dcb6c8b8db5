// Ugly mails, as agents see them: every mail of crates/channels/tests/ugly comes in through the pipe, and its ticket is
// looked at in both widths and themes. What must hold is checked; whether it is fair to look at, people see in .out/ugly.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { onStage } from './support/stage.mjs';

const mails = join(dirname(fileURLToPath(import.meta.url)), '../../crates/channels/tests/ugly');
const EMAIL = 'noor@desk.example';

test('ugly mails can be read, and look like something', { timeout: 300_000 }, () =>
  onStage('ugly', {}, async (stage) => {
    stage.configure(`base_url = "${stage.url}"\n[[mail.accounts]]\naddress = "it@desk.example"\n`);
    stage.employ(EMAIL, 'Noor Haddad', 'agent');
    const names = readdirSync(mails).filter((name) => name.endsWith('.eml')).sort();
    for (const name of names) stage.run(['mail', 'pipe'], readFileSync(join(mails, name)));
    await stage.open();
    const agent = await stage.agent(EMAIL, '/desk?view=nobodys');
    const { page } = agent;
    await page.locator('a[data-row]').first().waitFor();
    const links = await page.locator('a[data-row]').evaluateAll((all) => all.map((row) => row.href));
    // A bounce of no letter of ours opens nothing.
    assert.equal(links.length, names.length - 1);
    for (const link of links) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(link);
      const subject = await page.locator('#conversation h1').innerText();
      for (const frame of await page.locator('.letter-frame:visible').all()) {
        await frame.scrollIntoViewIfNeeded();
        const inner = frame.contentFrame();
        await inner.locator('.desk-mail').waitFor();
        const [tall, mail] = await Promise.all([
          frame.evaluate((element) => element.clientHeight),
          inner.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height)),
        ]);
        assert.ok(Math.abs(tall - mail) <= 20, `${subject}: the frame is ${tall} px tall, the mail ${mail} px`);
        const broken = await inner.locator('img[src]').evaluateAll((all) => all.filter((one) => one.naturalWidth === 0).length);
        assert.equal(broken, 0, `${subject}: pictures that came along are shown`);
      }
      await agent.look(subject.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40));
      const attached = page.locator('a[href$="/message"]');
      if (await attached.count()) await agent.visit(await attached.evaluate((element) => element.href), 'attached-mail');
    }
    await answer(agent, links[0]);
  }));

/** Why a mail is where it is; who else takes part; and an answer, as it will go out. */
async function answer(agent, link) {
  const { page } = agent;
  await page.goto(link);
  const why = page.getByText('Why is this here?').first();
  const alone = await why.evaluate((element) => element.href);
  await why.click();
  await page.locator('section[id^=why-]').first().waitFor();
  await agent.look('why-here');
  await agent.visit(alone, 'why');

  await page.goto(link);
  await page.locator('input[name=participant]').fill('Emil Berg <emil@lindenhof.example>');
  await page.locator('form[action$="/participants"] button').click();
  await page.locator('#participants summary').first().click();
  await page.locator('summary', { hasText: 'Cc, Bcc' }).click();
  await page.locator('#composer textarea').first().fill('Hello,\n\nwe changed it: please look.\n\nNoor');
  await agent.look('composer');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.locator('#preview-mail').waitFor();
  assert.match(await page.locator('#preview-mail').innerText(), /emil@lindenhof\.example/);
  await agent.look('preview');
}
