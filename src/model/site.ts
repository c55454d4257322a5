import type { Event } from './event.ts';

/** The host a page belongs to, lower case and without `www.`; undefined for anything that is not http or https. */
export function siteOf(page: string): string | undefined {
  const url = URL.parse(page);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  const host = url.hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\./, '');
  return host === '' || host.length > 253 ? undefined : host;
}

/** The host of the page an event is about; undefined when it names none. */
export function siteOfEvent(event: Event): string | undefined {
  return event.kind === 'window' && event.data.page !== undefined ? siteOf(event.data.page) : undefined;
}

/** A site as a person writes it (`www.Example.org`, an address) in the form that events carry. */
export function siteKey(text: string): string {
  const written = text.trim();
  return siteOf(written) ?? siteOf(`https://${written}`) ?? written.toLowerCase();
}

/** Whether `site` is the one a person means by `written`, or lies below it. */
export function isWithin(site: string, written: string): boolean {
  const key = siteKey(written);
  return site === key || site.endsWith(`.${key}`);
}
