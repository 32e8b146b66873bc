/* What the server is asked: it gets all that stands in the rows, and draws, searches and reads them. */

import { Refused } from '../parts.js';

export class Server {
  constructor(builder) {
    this.builder = builder;
  }

  async ask(url, more, entries = this.builder.entries()) {
    const body = new FormData();
    entries.forEach(([name, value]) => body.append(name, value));
    Object.entries(more).forEach(([name, value]) => body.append(name, value));
    body.append('builder', this.builder.nameValue);
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        'X-Requested-With': 'XMLHttpRequest',
        [window.wagtailConfig.CSRF_HEADER_NAME]: window.wagtailConfig.CSRF_TOKEN,
      },
      body,
    });
    if (!response.ok) throw new Refused(String(response.status));
    return response;
  }

  /* HTML, or what is wrong. */
  async draw(more, entries) {
    const response = await this.ask(this.builder.rowsUrlValue, more, entries);
    if (response.headers.get('Content-Type').startsWith('application/json')) return response.json();
    return { html: await response.text() };
  }

  async offers(more) {
    const response = await this.ask(this.builder.fieldsUrlValue, more);
    return (await response.json()).offers;
  }

  async check() {
    return (await this.ask(this.builder.checkUrlValue, {})).json();
  }
}
