// Starts the app, and says in words why it cannot where it cannot.
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
    const names = document.querySelector('meta[name="trapwise-app"]').content.split(' ');
    const [script, wasm] = names.map((name) => new URL(name, document.baseURI).href);
    const { default: init } = await import(script);
    await init({ module_or_path: wasm });
    document.documentElement.dataset.boot = 'started';
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
