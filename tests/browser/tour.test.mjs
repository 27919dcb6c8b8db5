// A tour of the demo: every page that a role meets, with a company's data in it, looked at in both widths and themes.
// With THEDESK_TEST_PICTURES=1 it also renews the pictures of the documentation.
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { onStage } from './support/stage.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const ROLES = { customer: 0, agent: 1, lead: 2, stakeholder: 3, admin: 4 };

test('a tour of the demo', { timeout: 600_000 }, () =>
  onStage('tour', {}, async (stage) => {
    const { browser } = stage;
    const desk = await stage.open(['demo', '--data', stage.data, '--people', '200', '--months', '4']);
    const enter = async (role) => {
      const person = await browser.person(role);
      await person.page.goto(`${desk.url}/sign-in`);
      const group = person.page.locator('section[aria-labelledby=as] > .stack').nth(ROLES[role]);
      await group.locator('button').first().click();
      await person.page.waitForLoadState();
      return person;
    };
    const visitor = await browser.person('visitor');
    await visitor.visit(desk.url, 'portal');
    await visitor.visit(`${desk.url}/sign-in`, 'sign-in');
    await visitor.visit(`${desk.url}/requests/new`, 'ask');
    await visitor.visit(`${desk.url}/said-and-done`, 'said-and-done');
    await visitor.visit(`${desk.url}/nowhere`, 'not-found');

    const customer = await enter('customer');
    await customer.visit(`${desk.url}/requests`, 'requests');
    await customer.page.locator('main a.card').first().click();
    await customer.look('request');
    await customer.visit(`${desk.url}/journey`, 'my-journey');

    const agent = await enter('agent');
    await agent.visit(`${desk.url}/desk?view=longest`, 'inbox');
    await agent.page.locator('[data-row]').first().click();
    await agent.page.locator('#conversation').waitFor();
    await agent.look('ticket');
    await agent.visit(`${desk.url}/desk/search?q=vpn`, 'search');
    await agent.visit(`${desk.url}/desk/quarantine`, 'quarantine');

    const lead = await enter('lead');
    await lead.visit(`${desk.url}/programme`, 'programme');
    await lead.visit(`${desk.url}/programme/measures`, 'measures');
    await lead.visit(`${desk.url}/programme/follow-ups`, 'follow-ups');
    await lead.visit(`${desk.url}/programme/improvements`, 'improvements');
    await lead.visit(`${desk.url}/programme/journeys/map`, 'map');
    await lead.visit(`${desk.url}/programme/imports`, 'imports');

    const stakeholder = await enter('stakeholder');
    await stakeholder.visit(`${desk.url}/programme/improvements`, 'improvements-without-names');
    const admin = await enter('admin');
    await admin.visit(`${desk.url}/admin/components`, 'components');
    if (process.env.THEDESK_TEST_PICTURES) keepPictures();
  }));

function keepPictures() {
  const pictures = join(here, '../../docs/pictures');
  mkdirSync(pictures, { recursive: true });
  const wanted = { inbox: 'ticket-1280-light', portal: 'portal-375-light', programme: 'programme-1280-light', map: 'map-1280-light' };
  for (const [name, look] of Object.entries(wanted)) copyFileSync(join(here, '.out/tour', `${look}.png`), join(pictures, `${name}.png`));
}
