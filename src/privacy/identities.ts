import { type Finding, scan } from './finding.ts';

/**
 * Numbers that states give to people. What has a shape or check digits of its own is found anywhere; bare digits only
 * behind a word that says what they are. Rules of check digits are from the issuers' public descriptions.
 */
const shaped: readonly (readonly [pattern: RegExp, check: (value: string) => boolean])[] = [
  [/(?<![\d-])9\d\d-[5-9]\d-\d{4}(?![\d-])/g, () => true],
  [/(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z0-9])/g, () => true],
  [/(?<![\d.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)/g, () => true],
  [/(?<![\w-])\d{8}-?[A-Z](?![\w-])/g, (value) => isSpanish(value)],
  [
    /(?<![\w-])[XYZ]\d{7}-?[A-Z](?![\w-])/g,
    (value) => isSpanish(`${'XYZ'.indexOf(value[0]!)}${value.slice(1)}`),
  ],
  [/(?<!\w)[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?!\w)/g, isItalian],
  [/(?<![\d.])\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?![\d.])/g, () => true],
  [
    /(?<![\d.])756\.\d{4}\.\d{4}\.\d{2}(?![\d.])/g,
    (value) => weighed(value, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  ],
  [/(?<![\w-])\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y](?![\w-])/g, isFinnish],
  [/(?<![\w-])(?:19|20)?\d{6}[-+]\d{4}(?![\w-])/g, isSwedish],
  [/(?<![\w-])\d{6}-[1-8]\d{6}(?![\w-])/g, (value) => isDay(value.slice(2, 4), value.slice(4, 6))],
  [/(?<!\w)[1-9]\d{5}(?:19|20)\d{9}[\dX](?!\w)/g, isChinese],
  [/(?<!\w)[A-Z][AEIOUX][A-Z]{2}\d{6}[HM][A-Z]{5}[A-Z\d]\d(?!\w)/g, () => true],
  [/(?<![\w.])[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?![\w.])/g, isFrench],
  [/(?<!\w)\d{8}[A-Z]\d{3}(?!\w)/g, isGermanPension],
  [/(?<!\w)[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z](?!\w)/g, () => true],
  [/(?<![\w.,])\d{11}(?![\w]|[.,]\d)/g, (value) => isPolish(value) || isNorwegian(value)],
];

const said = (labels: string, value: string, flags = 'giu'): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${labels})(?:[- ]?(?:n(?:umber|ummer|[or°º]\\.?|úmero)|code))?["']?[.:：= ]{0,3}(?:is )?[:= #"']{0,3}${value}(?![\\p{L}\\p{N}])`,
    flags,
  );

const named: readonly RegExp[] = [
  said('ssn|social security(?: n(?:umber|o\\.?))?', '(\\d{9})'),
  said('nhs(?: n(?:umber|o\\.?))?', '(\\d{3}[ -]?\\d{3}[ -]?\\d{4})'),
  said(
    'steuer-?id(?:entifikationsnummer)?|steuerliche identifikationsnummer|idnr|tax id|tin',
    '(\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}|\\d{11})',
  ),
  said('bsn(?:-nummer)?|burgerservicenummer|sofinummer', '(\\d{9})'),
  said('aadh?aa?r(?: card)?(?: n(?:umber|o\\.?))?|uidai', '(\\d{4}[ -]?\\d{4}[ -]?\\d{4})'),
  said('sin|social insurance(?: n(?:umber|o\\.?))?|nas ?', '(\\d{3}[ -]?\\d{3}[ -]?\\d{3})'),
  said('tfn|tax file n(?:umber|o\\.?)', '(\\d{3} ?\\d{3} ?\\d{2,3})'),
  said('マイナンバー|個人番号|my number', '(\\d{4}[ -]?\\d{4}[ -]?\\d{4})'),
  said('tc kimlik(?: no)?|t\\.c\\. kimlik numarası|tckn', '([1-9]\\d{10})'),
  said('(?:sa )?id(?:entity)?(?: number)?', '(\\d{10}[01][89]\\d)'),
  said('cpr(?:-n(?:ummer|r\\.?))?|personnummer|pnr', '(\\d{6}-?\\d{4})'),
  said('fødselsnummer|fnr|personnummer|pesel', '(\\d{11})'),
];

const papers =
  /(?<![\p{L}\p{N}])(?:passports?|reisepass(?:nummer)?|passeport|pasaporte|passaporto|passaporte|护照(?:号码)?|паспорт|driver'?s? licen[cs]e|driving licen[cs]e|führerschein(?:nummer)?|permis de conduire|dl|id card|personalausweis(?:nummer)?|ausweisnummer)(?: ?(?:number|no\.?|nr\.?|n°|№|#))?["']?[:：= ]{1,3}(?:is )?["']?((?=[A-Z0-9]{0,14}\d)[A-Z0-9]{6,18})(?![\p{L}\p{N}])/giu;
const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\p{L}{0,6}\\.?';
const birth = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:date of birth|birth ?date|birthday|dob|d\\.o\\.b\\.?|born(?: on)?|geboren(?: am)?|geburtsdatum|geb\\.|née? le|date de naissance|fecha de nacimiento|data de nascimento|data di nascita|geboortedatum|дата рождения|出生日期|生年月日|생년월일)["']?[:：= ]{1,3}["']?(\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}|\\d{1,2}(?:st|nd|rd|th)?[. ]{1,2}${month} ?\\d{4}|${month} \\d{1,2},? \\d{4})`,
  'giu',
);
const address =
  /(?<![\p{L}\p{N}])(?:(?:home|billing|shipping|postal|delivery|mailing|street) address|address|ship to|deliver to|(?:liefer|rechnungs)?(?:anschrift|adresse)|dirección|indirizzo|endereço|adres)["']? ?[:：=] {0,2}["']?([^\n"'<>{}()[\]!@;=]{8,120})/giu;
const street = /,|\b(?:street|st\.|road|ave|avenue|rue|via|calle)\b|straße|str\.|weg\b|platz\b/iu;

/** A house number, a name with a capital, and a comma or a word for a street; no address of a network or of memory. */
function isPostal(value: string): boolean {
  if (!/\d/.test(value) || !/\p{Lu}\p{Ll}{2}/u.test(value) || !street.test(value)) return false;
  return !/^(?:0x|https?:|\d{1,3}(?:\.\d{1,3}){3}|[\d:]+:)/.test(value);
}

/** National identity numbers, papers, dates of birth and postal addresses. */
export function findIdentities(text: string, digits: number): Finding[] {
  if (digits < 3) return [];
  const findings: Finding[] = [];
  if (digits >= 4)
    for (const [pattern, check] of shaped)
      findings.push(...scan(text, pattern, 'SSN', ([all]) => check(all)));
  if (!trigger.test(text)) return findings;
  for (const pattern of named) findings.push(...scan(text, pattern, 'SSN'));
  findings.push(...scan(text, papers, 'SSN'), ...scan(text, birth, 'BIRTH'));
  findings.push(...scan(text, address, 'ADDRESS', (match) => isPostal(match[1] ?? '')));
  return findings;
}

const trigger =
  /ssn|social|nhs|steuer|idnr|tax|tin|bsn|burger|sofi|aad|uidai|sin|nas|tfn|マイナ|個人|my number|kimlik|tckn|id|cpr|nummer|pnr|fnr|pesel|pass|pasap|护照|паспорт|licen|führer|permis|dl|ausweis|birth|born|dob|d\.o\.b|gebor|geburt|geb\.|née?\b|naissance|nacim|nascim|nascita|рожд|出生|生年|생년|address|adres|ship to|deliver|anschrift|direcci|indirizzo|endere/iu;

function digitsOf(value: string): string {
  return value.replace(/\D/g, '');
}

function weighed(value: string, weights: readonly number[]): number {
  const digits = digitsOf(value);
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0);
}

function isDay(month: string, day: string): boolean {
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}

function isSpanish(value: string): boolean {
  return value.at(-1) === 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digitsOf(value)) % 23];
}

const italianOdd = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function isItalian(value: string): boolean {
  let sum = 0;
  for (let at = 0; at < 15; at += 1) {
    const code = value.charCodeAt(at);
    const place = code < 65 ? code - 48 : code - 65;
    sum += at % 2 === 0 ? italianOdd[place]! : place;
  }
  return value.charCodeAt(15) - 65 === sum % 26;
}

function isFinnish(value: string): boolean {
  if (!isDay(value.slice(2, 4), value.slice(0, 2))) return false;
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(value.slice(0, 6) + value.slice(7, 10)) % 31] === value[10];
}

function isSwedish(value: string): boolean {
  const ten = digitsOf(value).slice(-10);
  if (!isDay(ten.slice(2, 4), String(Number(ten.slice(4, 6)) % 60))) return false;
  let sum = 0;
  for (let at = 0; at < 10; at += 1) {
    const double = Number(ten[at]) * (at % 2 === 0 ? 2 : 1);
    sum += double > 9 ? double - 9 : double;
  }
  return sum % 10 === 0;
}

function isChinese(value: string): boolean {
  if (!isDay(value.slice(10, 12), value.slice(12, 14))) return false;
  const sum = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce(
    (all, weight, at) => all + weight * Number(value[at]),
    0,
  );
  return '10X98765432'[sum % 11] === value[17];
}

function isFrench(value: string): boolean {
  const digits = digitsOf(value);
  return 97 - (Number(digits.slice(0, 13)) % 97) === Number(digits.slice(13));
}

function isGermanPension(value: string): boolean {
  if (!isDay(value.slice(4, 6), value.slice(2, 4))) return false;
  const full = value.replace(/[A-Z]/, (letter) => String(letter.charCodeAt(0) - 64).padStart(2, '0'));
  const sum = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].reduce((all, weight, at) => {
    const product = weight * Number(full[at]);
    return all + Math.floor(product / 10) + (product % 10);
  }, 0);
  return sum % 10 === Number(full[12]);
}

function isPolish(value: string): boolean {
  if (!isDay(String(Number(value.slice(2, 4)) % 20), value.slice(4, 6))) return false;
  return (10 - (weighed(value, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(value[10]);
}

function isNorwegian(value: string): boolean {
  if (!isDay(value.slice(2, 4), value.slice(0, 2))) return false;
  return (
    weighed(value, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weighed(value, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  );
}
