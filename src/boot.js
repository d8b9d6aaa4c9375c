// Starts the app, and says in words why it cannot where it cannot. Who has asked for a scenario reads
// its brief meanwhile: it is a hundredth of the download, so it comes first.
//
// A classic script, not a module: browsers refuse modules to a page opened as a file, and that is
// one of the cases to explain. Trunk writes the two file names into the page (see Trunk.toml).
// How it went is left in `<html data-boot="started|failed">` for whoever waits for it.
(() => {
  'use strict';

  class CannotStart extends Error {}

  async function start() {
    if (location.protocol === 'file:') {
      throw new CannotStart(
        'The page was opened as a file. Browsers run WebAssembly only from a web server: serve this folder with any static file server and open its address.',
      );
    }
    if (typeof WebAssembly !== 'object') {
      throw new CannotStart(
        'This browser has no WebAssembly, or it is switched off. A current version of Chrome, Edge, Firefox or Safari has it.',
      );
    }
    await soon(brief().catch(() => undefined));
    await soon(new Promise((next) => requestAnimationFrame(() => setTimeout(next))));
    const names = document.querySelector('meta[name="trapwise-app"]').content.split(' ');
    const [script, wasm] = names.map((name) => new URL(name, document.baseURI).href);
    const { default: init } = await import(script);
    await init({ module_or_path: wasm });
    document.documentElement.dataset.boot = 'started';
  }

  /** Waits for something, but not for long. */
  function soon(something) {
    return Promise.race([something, new Promise((next) => setTimeout(next, 400))]);
  }

  /** Shows the brief of the scenario that the address names, unless its work is gone on with. */
  async function brief() {
    const query = new URLSearchParams(location.search);
    if (query.has('embed')) document.querySelector('.site-header').remove();
    const id = /^#\/scenario\/([a-z0-9-]+)$/.exec(location.hash)?.[1];
    if (!id || localStorage.getItem(`trapwise.work.${id}`)) return;
    const answer = await fetch(`scenarios/${id}/scenario.json`);
    const { title, brief } = await answer.json();
    const text = document.querySelector('.boot-text');
    if (!text) return;
    document.querySelector('.boot h1').textContent = title;
    text.replaceChildren(...brief.replaceAll(/\*\*|`/g, '').split(/\n{2,}/).map(block));
  }

  /** A paragraph or a list, without the finer points. */
  function block(source) {
    if (!source.startsWith('- ')) return element('p', source);
    const list = document.createElement('ul');
    list.append(...source.split(/^- /m).slice(1).map((item) => element('li', item)));
    return list;
  }

  function explain(error) {
    const known = error instanceof CannotStart;
    const alert = document.createElement('div');
    alert.setAttribute('role', 'alert');
    alert.append(
      element('h1', 'Trapwise cannot start'),
      element(
        'p',
        known
          ? error.message
          : 'A part of the page could not be loaded or run. Check the connection and try again; if it stays, the browser may be too old.',
      ),
    );
    if (!known) {
      alert.append(element('pre', String(error)));
      console.error(error);
    }
    const again = element('button', 'Try again');
    again.type = 'button';
    again.addEventListener('click', () => location.reload());
    const main = document.createElement('main');
    main.className = 'boot';
    main.append(alert, again);
    (document.getElementById('app') ?? document.body).replaceChildren(main);
    document.documentElement.dataset.boot = 'failed';
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  start().catch(explain);
})();
