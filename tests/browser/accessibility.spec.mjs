// axe finds nothing on any page, in any main state, in either theme, wide or narrow.
import { boardReady, answer, first, keep, part, score, spoiled, until } from './scenario-page.mjs';
import { axe, open, pageTest, themes, views } from './support.mjs';

for (const theme of themes) {
  for (const view of Object.keys(views)) {
    const options = { theme, view };

    pageTest(`axe finds nothing on the site's pages on a ${view} in the ${theme} theme`, options, async ({ page, site, t }) => {
      await state(t, page, 'the list, for the first time', () => page.getByRole('link', { name: /The first service/ }).first().waitFor());
      await state(t, page, 'the list with nothing found', async () => {
        await page.getByRole('searchbox').fill('no such thing');
        await page.getByText('No matching scenarios.').waitFor();
      });
      await state(t, page, 'traps', async () => {
        await open(page, `${site.url}#/traps`);
        await page.getByRole('link', { name: /Target type instance/ }).waitFor();
      });
      await state(t, page, 'a trap', async () => {
        await page.getByRole('link', { name: /Target type instance/ }).click();
        await page.getByRole('heading', { name: 'AWS today' }).waitFor();
        await page.getByRole('heading', { name: 'Practice it in' }).waitFor();
      });
      await state(t, page, 'facts, one of them open', async () => {
        await open(page, `${site.url}#/facts`);
        await page.getByRole('searchbox').fill('awsvpc');
        await page.getByText('Tasks in awsvpc mode, and so all Fargate tasks').click();
        await page.getByRole('heading', { name: 'AWS today' }).first().waitFor();
      });
      await state(t, page, 'a fact', async () => {
        await page.getByRole('link', { name: 'Scenarios, traps and sources' }).first().click();
        await page.getByRole('heading', { name: 'Practice it in' }).waitFor();
        await page.getByRole('link', { name: /^Target type instance/ }).waitFor();
      });
      await state(t, page, 'about', async () => {
        await open(page, `${site.url}#/about`);
        await page.getByRole('heading', { name: 'How it checks' }).waitFor();
      });
      await state(t, page, 'an unknown page', async () => {
        await open(page, `${site.url}#/no/such/page`);
        await page.getByRole('heading').first().waitFor();
      });
      await state(t, page, 'nothing opened yet', async () => {
        await open(page, `${site.url}#/opened`);
        await page.getByRole('heading', { name: 'Open a scenario' }).waitFor();
      });
      await state(t, page, 'opened with problems', async () => {
        const buffer = Buffer.from('{ "schemaVersion": 1, "id": "x", "tilte": "X", "difficulty": "easy" }');
        await page.getByLabel('Open files…').setInputFiles([{ name: 'scenario.json', mimeType: 'application/json', buffer }]);
        await page.locator('.excerpt mark').first().waitFor();
      });
      await state(t, page, 'a scenario from elsewhere', async () => {
        await open(page, `${site.url}?scenario=https://elsewhere.invalid/scenario.json`);
        await page.getByRole('button', { name: /^Fetch it from/ }).waitFor();
      });
      await state(t, page, 'the list with progress and something set aside', async () => {
        await page.evaluate(() => localStorage.setItem('trapwise.aside.0001.first-service', '{'));
        await keep(page, answer(), { checks: 1, best: { passed: true, score: 100 } });
        await open(page, `${site.url}?again`);
        await page.getByText('set aside').first().click();
        await page.getByText('100 %').first().waitFor();
      });
    });

    pageTest(`axe finds nothing on a scenario on a ${view} in the ${theme} theme`, options, async ({ page, site, t }) => {
      await keep(page, spoiled());
      await open(page, `${site.url}?again${first}`);
      const panes = page.getByRole('navigation', { name: 'Panes' });
      const pane = async (name) => {
        if (view === 'phone') await panes.getByRole('button', { name }).click();
      };
      const tab = (name) => page.getByRole('tab', { name }).click();

      await state(t, page, 'brief with the deciding words', () => page.getByRole('button', { name: 'Mark the deciding words' }).click());
      await state(t, page, 'question', async () => {
        await tab('Question');
        await page.getByRole('radio').first().check();
      });
      await state(t, page, 'question answered', () => page.getByRole('button', { name: 'Answer', exact: true }).click());
      await state(t, page, 'hints', async () => {
        await tab('Hints');
        await page.getByRole('button', { name: 'Give me a nudge' }).first().click();
        await page.getByText('You have opened 1 hint.').waitFor();
      });
      await state(t, page, 'board and inspector with a part selected', async () => {
        await pane('Board');
        await boardReady(page);
        const box = await part(page, 'Shop').boundingBox();
        await page.mouse.click(box.x + box.width * 0.3, box.y + box.height / 2);
        await page.getByRole('toolbar', { name: 'With Shop' }).waitFor();
      });
      await state(t, page, 'the figures, one of them pointed out', async () => {
        await page.locator('.figures summary').first().click();
        await page.getByRole('region', { name: 'Cost and operations' }).getByRole('button').first().click();
        await page.locator('.figures summary').last().click();
      });
      await state(t, page, 'inspector', async () => {
        await page.locator('.figures summary').first().click();
        await pane('Inspect');
      });
      await state(t, page, 'a link asked about', async () => {
        await pane('Board');
        const box = await part(page, 'Shop task').boundingBox();
        await page.mouse.click(box.x + box.width * 0.3, box.y + box.height / 2);
        await pane('Inspect');
        await page.getByRole('tabpanel', { name: 'Inspect' }).getByLabel('Connect to').selectOption({ label: 'Role tickets' });
        await page.getByRole('tabpanel', { name: 'Inspect' }).getByRole('button', { name: 'Connect', exact: true }).click();
        await page.getByRole('dialog').getByRole('button', { name: /^Task execution role/ }).waitFor();
      });
      await state(t, page, 'outline', async () => {
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        await pane('Inspect');
        await tab('Outline');
        await page.getByRole('treeitem', { name: /^Shop task/ }).click();
        for (const name of ['Place', 'Properties']) {
          const summary = page.getByRole('tabpanel', { name: 'Outline' }).locator('summary', { hasText: name });
          if (await summary.count()) await summary.click();
        }
      });
      await state(t, page, 'parts with one picked', async () => {
        await pane('Parts');
        if (view === 'phone') return;
        await page.getByRole('button', { name: /^Security group/ }).click();
        await page.getByText('Tap where to place Security group').waitFor();
      });
      await state(t, page, 'results before a check', async () => {
        await page.keyboard.press('Escape');
        await pane('Results');
        await tab('Results');
      });
      await state(t, page, 'results with findings', async () => {
        await page.getByRole('button', { name: 'Check', exact: true }).first().click();
        await score(page);
      });
      await state(t, page, 'the board with a finding traced', async () => {
        await page.locator('.finding h3 button').first().click();
        await pane('Board');
        await page.locator('#board .blocks-path').first().waitFor();
      });
      await state(t, page, 'several parts selected', async () => {
        await page.locator('#board').focus();
        await page.keyboard.press('Control+a');
        await page.getByRole('toolbar', { name: 'With several components' }).waitFor();
      });
      await state(t, page, 'several parts in the inspector, with what was found', async () => {
        await pane('Inspect');
        await page.getByRole('heading', { name: /components selected$/ }).waitFor();
      });
      await state(t, page, 'asked in which subnets', async () => {
        await pane('Board');
        await page.locator('#board').focus();
        await page.keyboard.press('Escape');
        const box = await part(page, 'Shop').boundingBox();
        await page.mouse.click(box.x + box.width * 0.3, box.y + box.height / 2);
        await page.getByRole('button', { name: /^Place in…/ }).click();
        await page.getByRole('dialog', { name: 'Place Shop' }).waitFor();
      });
      await state(t, page, 'a finding open, its fix previewed', async () => {
        await page.getByRole('button', { name: 'Done', exact: true }).click();
        await pane('Results');
        await tab('Results');
        await page.getByRole('heading', { name: 'AWS today' }).waitFor();
        await page.getByRole('button', { name: 'Preview fix' }).first().click();
      });
      await state(t, page, 'the board with a finding traced and a fix previewed', async () => {
        await pane('Board');
        await page.getByText('Preview:').waitFor();
      });
      await state(t, page, 'a solution asked for', async () => {
        await pane('Brief');
        await tab('Hints');
        await page.getByRole('button', { name: 'Show a solution…' }).click();
        await page.getByRole('dialog', { name: 'Show a solution?' }).waitFor();
      });
      await state(t, page, 'a solution on the board', async () => {
        await page.getByRole('button', { name: 'Show it' }).click();
        await page.getByText(/^Solution 1 of /).first().waitFor();
        await until(async () => (await score(page)).passed, 'it passes');
      });
    });

    pageTest(`axe finds nothing after passing, nor embedded, on a ${view} in the ${theme} theme`, options, async ({ page, site, t }) => {
      await keep(page, answer(), { checks: 1, best: { passed: true, score: 100 } });
      await open(page, `${site.url}?embed=1&scenario=first-service`);
      await state(t, page, 'debrief, embedded', async () => {
        await page.getByRole('tab', { name: 'Debrief' }).click();
        await page.getByText('Three ideas of this board').waitFor();
      });
      await state(t, page, 'passed, embedded', async () => {
        await page.getByRole('button', { name: 'Check', exact: true }).first().click();
        await until(async () => (await score(page)).passed, 'it passes');
      });
    });
  }
}

/** Brings a state about and lets axe look at it. With TRAPWISE_SHOTS, a folder, each is pictured for people too. */
async function state(t, page, name, reach) {
  await reach();
  const folder = process.env.TRAPWISE_SHOTS;
  if (folder) {
    const file = `${t.name} ${name}`.replace(/^axe finds nothing (on|after) /, '').replaceAll(/[^a-z0-9]+/gi, '-');
    await page.screenshot({ path: `${folder}/${file}.png` });
  }
  await axe(page).catch((error) => {
    throw new Error(`${name}: ${error.message}`);
  });
}
