import { isIPv6 } from 'node:net';
import { countrySpecs, validateIBAN, ValidationErrorsIBAN } from 'ibantools';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import validator from 'validator';
import { type Finding, scan } from './finding.ts';
import { findIdentities } from './identities.ts';
import type { Traits } from './traits.ts';

const social = /(?<![\d-])(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\d-])/g;
/** `ada(at)example.org`, `ada [at] example.org`. */
const bracketed =
  /(?<![\w.+-])[\w+-][\w.+-]{0,63} ?[[({]at[\])}] ?[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}(?![\w-])/gi;

/** `ada at example dot org`, `ada [at] example [dot] org`. */
const writtenOut =
  /(?<![\w.+-])[\w+-][\w.+-]{0,63} ?(?:\[at\]|\(at\)|\{at\}| at ) ?[\w-]{1,63}(?: ?(?:\[dot\]|\(dot\)|\{dot\}| dot ) ?[\w-]{2,63}){1,4}(?![\w])/gi;
const address4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/g;
const address6 = /(?<![\w:])[0-9A-Fa-f:]{6,39}(?:\.\d{1,3}){0,3}(?![\w:])/g;
const hardware = /(?<![\w:-])[0-9A-F]{2}(?:([:-])[0-9A-F]{2})(?:\1[0-9A-F]{2}){4}(?![\w:-])/gi;
const accountStart = /(?<![A-Z0-9])[A-Z]{2}\d{2}/gi;
const digitGroups = /(?<![A-Za-z0-9])\d{1,19}(?:[ .-]\d{1,19})*(?![A-Za-z0-9])/g;
const called =
  /(?<![\p{L}\p{N}])(?:tel(?:efon|ephone|éfono)?|phone|call(?: me)?(?: (?:at|on))?|mobile|mobil|cell|handy|fax|whatsapp|sms|电话|電話|전화|тел)[.:]?[ \t]{0,3}(?:\(?[a-z]{1,10}\)?:?[ \t])?([+(]?\d[\d ().\-/]{5,20}\d)/giu;
const international = /(?<![\w+])(?:\+|00(?=[1-9]))\d[\d ().\-/\u2011]{5,22}\d(?!\d)/g;
const american = /(?<![\w.-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])/g;
const grouped = /(?<![\w.,:/-])\(?\d{1,5}\)?(?:[ -]\d{2,5}){1,4}(?![\w:/-]|[.,]\d)/g;
const local = /(?<![\w.:/-])\(?0\d{1,5}\)?[ /-]\d[\d /-]{4,14}\d(?![\w:/-])/g;

/** Personal data with a shape or a checksum. `region` is the country whose national phone numbers are meant. */
export function findPersonal(text: string, traits: Traits, region?: string): Finding[] {
  const { digits, number } = traits;
  const findings: Finding[] = traits.at ? emails(text) : [];
  if (/ at |[[({]at[\])}]/i.test(text)) {
    findings.push(...scan(text, writtenOut, 'EMAIL'), ...scan(text, bracketed, 'EMAIL'));
  }
  if (/[0-9a-f]:[0-9a-f:]/i.test(text)) findings.push(...networks(text));
  if (digits < 3) return findings;
  findings.push(...findIdentities(text, digits));
  if (digits < 4) return findings;
  findings.push(...scan(text, address4, 'IP', (match) => publicAddress(match)));
  if (number < 6) return findings;
  findings.push(...scan(text, social, 'SSN'), ...phones(text, region));
  if (digits >= 8) findings.push(...accounts(text));
  if (number >= 13) findings.push(...cards(text));
  return findings;
}

/** Addresses of the sixth version, and of network cards. */
function networks(text: string): Finding[] {
  return [
    ...scan(
      text,
      address6,
      'IP',
      ([all]) => all.split(':').length > 3 && !/^[0:]+1?$|^::ffff:127\./i.test(all) && isIPv6(all),
    ),
    ...hardwareAddresses(text),
  ];
}

/** Grown outwards from each `@`, so the cost is bounded by the longest legal address. */
function emails(text: string): Finding[] {
  const findings: Finding[] = [];
  const name = /[\p{L}\p{N}._%+'-]/u;
  const host = /[\p{L}\p{N}.-]/u;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && name.test(text[start - 1]!)) start -= 1;
    let end = at + 1;
    while (end < text.length && end - at < 254 && host.test(text[end]!)) end += 1;
    while (end > at && /[.-]/.test(text[end - 1]!)) end -= 1;
    while (start < at && /['.%-]/.test(text[start]!)) start += 1;
    const domain = text.slice(at + 1, end);
    if (start === at || !/\.[\p{L}]{2,63}$/u.test(domain)) continue;
    if (/^\d(?:\.\d)?x\.\w{2,5}$/.test(domain)) continue;
    // `git@host:path` names a repository, not a person.
    if (text.slice(start, at) === 'git' && text[end] === ':') continue;
    findings.push({ start, end, type: 'EMAIL' });
  }
  return findings;
}

/** Every run of digit groups, and in it every stretch of whole groups that is a card number. */
function cards(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(digitGroups)) {
    const groups = [...match[0].matchAll(/\d+/g)];
    for (let first = 0; first < groups.length; first += 1) {
      const begin = match.index + groups[first]!.index;
      if (/[\d.][.]?$/.test(text.slice(Math.max(0, begin - 2), begin)) && text[begin - 1] === '.') continue;
      let digits = '';
      for (let last = first; last < groups.length && digits.length <= 19; last += 1) {
        digits += groups[last]![0];
        if (digits.length < 13 || digits.length > 19 || !isCard(digits)) continue;
        // Points part a card's number in fours, a document's identifier anyhow.
        if (/\d{7}\.|\.\d{7}/.test(match[0])) continue;
        const end = match.index + groups[last]!.index + groups[last]![0].length;
        findings.push({ start: begin, end, type: 'CARD' });
        first = last;
        break;
      }
    }
  }
  return findings;
}

/** Known issuers' numbers with a valid check digit (ISO/IEC 7812), Maestro and Mir included. */
function isCard(digits: string): boolean {
  if (/^(\d)\1+$/.test(digits)) return false;
  if (validator.isCreditCard(digits)) return true;
  return /^(?:5[06-8]|6[0-9]|220[0-4])\d{10,17}$/.test(digits) && validator.isLuhnNumber(digits);
}

/** Country, check digits and exactly as many characters as that country's accounts have, spaces allowed. */
function accounts(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(accountStart)) {
    const length = countrySpecs[match[0].slice(0, 2).toUpperCase()]?.chars;
    if (!length) continue;
    let value = match[0];
    let end = match.index + 4;
    while (value.length < length && end < text.length) {
      const character = text[end]!;
      const gap = /[ -]/.test(character) && /[A-Za-z0-9]/.test(text[end + 1] ?? '');
      if (!gap && !/[A-Za-z0-9]/.test(character)) break;
      if (!gap) value += character;
      end += 1;
    }
    if (isAccount(value.toUpperCase())) findings.push({ start: match.index, end, type: 'IBAN' });
  }
  return findings;
}

/** Country, length and check digits are right; the bank's own check digits inside may be mistyped or made up. */
function isAccount(value: string): boolean {
  return validateIBAN(value).errorCodes.every(
    (code) => code === ValidationErrorsIBAN.WrongAccountBankBranchChecksum,
  );
}

/** Loopback and wildcard addresses say nothing about anybody; a leading `v` makes it a version. */
function publicAddress(match: RegExpExecArray): boolean {
  const parts = match[0].split('.').map(Number);
  if (parts.some((part) => part > 255) || /(?:^|\.)0\d/.test(match[0])) return false;
  if (parts[0] === 127 || parts[0] === 0 || match[0] === '255.255.255.255') return false;
  return !/(?:\bv|version |release |ver\.? |[-_])$/i.test(
    match.input.slice(Math.max(0, match.index - 9), match.index),
  );
}

function hardwareAddresses(text: string): Finding[] {
  return [...text.matchAll(hardware)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    type: 'MAC',
  }));
}

function phones(text: string, region?: string): Finding[] {
  const home = region && isSupportedCountry(region) ? region : undefined;
  return [
    ...scan(text, international, 'PHONE', ([all]) => valid(all.replace(/^00/, '+'), [undefined])),
    ...scan(text, american, 'PHONE', ([all]) => parsePhoneNumberFromString(all, 'US')?.isValid() === true),
    ...scan(
      text,
      called,
      'PHONE',
      (match) => !dated(match[1] ?? '') && valid(match[1] ?? '', [home, 'US', 'GB', 'DE']),
    ),
    ...scan(text, grouped, 'PHONE', ([all]) => ours(all, home)),
    ...scan(text, local, 'PHONE', ([all]) => !dated(all) && valid(all, [home ?? 'GB', 'DE', 'FR'])),
  ];
}

function valid(value: string, countries: readonly (CountryCode | undefined)[]): boolean {
  return countries.some((country) => parsePhoneNumberFromString(value, country)?.isPossible() === true);
}

/** National writing of the user's own country, in groups, checked against that country's numbering plan; no `2026-00417`. */
function ours(value: string, home: CountryCode | undefined): boolean {
  const digits = value.replace(/\D/g, '').length;
  if (!home || digits < 8 || digits > 11 || dated(value) || /^(?:19|20)\d\d-\d{3,6}$/.test(value))
    return false;
  return parsePhoneNumberFromString(value, home)?.isValid() === true;
}

function dated(value: string): boolean {
  return /^\d{4}[-/.]\d{2}[-/.]\d{2}|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$/.test(value.trim());
}
