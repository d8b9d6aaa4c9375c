// The page starts: in both themes and sizes, below a sub-path, from its own files only, each fetched
// once; and where it cannot start it says why.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { axe, dist, filesRequested, pageTest, started, themes, views } from './support.mjs';

for (const theme of themes) {
  for (const view of Object.keys(views)) {
    pageTest(`starts on a ${view} in the ${theme} theme`, { view, theme }, async ({ page }) => {
      await page.getByRole('heading').first().waitFor();
      assert.equal(await page.locator('.boot').count(), 0, 'the loading state is still there');
      await axe(page);
    });
  }
}

pageTest('fetches its own files, each once, and nothing is said on the console', {}, async ({ page, site, log }) => {
  await page.waitForLoadState('networkidle');
  const repeated = log.requests.filter((url, index) => log.requests.indexOf(url) !== index);
  assert.deepEqual(repeated, []);
  assert.deepEqual(log.warnings, []);
  for (const file of filesRequested(log, site)) {
    assert.ok(existsSync(join(dist, file)), `${file} is not in the site`);
  }
});

pageTest('names its files by their content', { path: null }, async () => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const files = [...page.matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, file]) => file);
  assert.ok(files.length > 0);
  for (const file of files) assert.match(file, /^\.\/[\w-]+-[0-9a-f]{8,}[\w.]*$/);
});

// The policy is what keeps a hostile scenario's text from running; here it is seen to refuse.
pageTest(
  'refuses inline code, inline styles and foreign scripts',
  {
    allowOrigins: ['https://elsewhere.invalid'],
    expectErrors: [/violates the following Content Security Policy directive/, /^(script|style)-src/],
  },
  async ({ page }) => {
    const refused = await page.evaluate(async () => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
      const inline = document.createElement('script');
      inline.textContent = 'globalThis.ran = true';
      const foreign = document.createElement('script');
      foreign.src = 'https://elsewhere.invalid/x.js';
      const styled = document.createElement('p');
      styled.setAttribute('style', 'color: red');
      const handler = document.createElement('p');
      handler.setAttribute('onclick', 'globalThis.ran = true');
      document.body.append(inline, foreign, styled, handler);
      handler.click();
      await new Promise((done) => setTimeout(done, 100));
      return { refused: refused.sort(), ran: 'ran' in globalThis };
    });
    assert.deepEqual(refused, {
      refused: ['script-src-attr', 'script-src-elem', 'script-src-elem', 'style-src-attr'],
      ran: false,
    });
  },
);

for (const theme of themes) {
  pageTest(
    `says what is wrong when a part cannot be loaded, in the ${theme} theme`,
    { theme, path: null, expectErrors: [/net::ERR_FAILED/, /Failed to fetch/] },
    async ({ page, context, site }) => {
      await context.route('**/*.wasm', (route) => route.abort());
      await page.goto(site.url);
      const alert = page.locator('.boot');
      await alert.getByText('could not be loaded').waitFor();
      await axe(page);
      await context.unroute('**/*.wasm');
      await alert.getByRole('button', { name: 'Try again' }).click();
      await started(page);
    },
  );
}

pageTest(
  'says what is wrong when the browser has no WebAssembly',
  { path: null },
  async ({ page, context, site }) => {
    await context.addInitScript(() => delete globalThis.WebAssembly);
    await page.goto(site.url);
    await page.getByRole('alert').getByText('no WebAssembly').waitFor();
  },
);

pageTest(
  'says what is wrong when it is opened as a file',
  { path: null, expectErrors: [/file:/] },
  async ({ page }) => {
    await page.goto(pathToFileURL(join(dist, 'index.html')).href);
    await page.getByRole('alert').getByText('opened as a file').waitFor();
  },
);

pageTest(
  'says what it needs when scripts are off',
  { path: null, context: { javaScriptEnabled: false } },
  async ({ page, site }) => {
    await page.goto(site.url);
    await page.locator('noscript p').waitFor();
    assert.equal(await page.getByRole('status').isVisible(), false);
  },
);
