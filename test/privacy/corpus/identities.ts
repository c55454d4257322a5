import { createRandom, type Random } from './random.ts';

/** One kind of identity number: how it is made, and the sentences it may stand in (`%`). */
export interface Identity {
  readonly make: (random: Random) => string;
  readonly labels: readonly string[];
}

const digits = '0123456789';
const bare = ['%', 'number % on file', '(%)', 'id: %', '"%",'];

function weighed(payload: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(payload[at]), 0);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Makes until `check` gives a digit: some schemes have no number for some remainders. */
function until(make: () => string | undefined): string {
  for (;;) {
    const made = make();
    if (made !== undefined) return made;
  }
}

/** Verhoeff's check digit, by the dihedral group of order ten. */
function verhoeff(payload: string): string {
  const multiply = (a: number, b: number): number =>
    a < 5
      ? b < 5
        ? (a + b) % 5
        : 5 + ((a + b - 5) % 5)
      : b < 5
        ? 5 + ((a - 5 - b + 5) % 5)
        : (a - b + 5) % 5;
  const step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  let state = 0;
  [...payload].toReversed().forEach((each, at) => {
    let digit = Number(each);
    for (let turn = 0; turn <= at; turn += 1) digit = step[digit]!;
    state = multiply(state, digit);
  });
  return String([0, 4, 3, 2, 1, 5, 6, 7, 8, 9][state]);
}

const consonants = 'BCDFGHLMNPRSTV';
const odd: Readonly<Record<string, number>> = Object.fromEntries(
  [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23].flatMap(
    (value, at) => [
      [String.fromCharCode(65 + at), value],
      ...(at < 10 ? [[String(at), value] as const] : []),
    ],
  ),
);

/** The last digit of a number by Luhn's rule (ISO/IEC 7812-1). */
export function luhn(payload: string): string {
  let sum = 0;
  for (let at = 0; at < payload.length; at += 1) {
    const digit = Number(payload[payload.length - 1 - at]);
    const twice = at % 2 === 0 ? digit * 2 : digit;
    sum += twice > 9 ? twice - 9 : twice;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Numbers that states give to people, with the check digits of their public descriptions. */
export const identities: Readonly<Record<string, Identity>> = {
  'us social security': {
    make: (r) =>
      `${r.between(101, 665)}-${two(r.between(1, 99))}-${String(r.between(1, 9999)).padStart(4, '0')}`,
    labels: [...bare, 'SSN: %', 'ssn %'],
  },
  'us social security, no dashes': {
    make: (r) =>
      `${r.between(101, 665)}${two(r.between(1, 99))}${String(r.between(1, 9999)).padStart(4, '0')}`,
    labels: ['SSN: %', 'Social Security Number: %', 'social security no. %'],
  },
  'us taxpayer': {
    make: (r) => `9${r.letters(digits, 2)}-${r.between(70, 88)}-${r.letters(digits, 4)}`,
    labels: [...bare, 'ITIN: %'],
  },
  'uk insurance': {
    make: (r) => {
      const n = r.letters(digits, 6);
      const s = r.pick(['AB', 'CE', 'HJ', 'JN', 'PW', 'SL', 'WM']);
      const e = r.pick(['A', 'B', 'C', 'D']);
      return r.next() < 0.5 ? `${s}${n}${e}` : `${s} ${n.slice(0, 2)} ${n.slice(2, 4)} ${n.slice(4)} ${e}`;
    },
    labels: [...bare, 'NI number: %'],
  },
  'uk health': {
    make: (r) =>
      until(() => {
        const p = r.letters('123456789', 1) + r.letters(digits, 8);
        const c = 11 - (weighed(p, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
        return c === 10 ? undefined : `${p.slice(0, 3)} ${p.slice(3, 6)} ${p.slice(6)}${c % 11}`;
      }),
    labels: ['NHS number: %', 'NHS no. %', 'nhs %'],
  },
  'germany tax': {
    make: (r) => {
      const list = [...'0123456789'].sort(() => r.next() - 0.5);
      if (list[0] === '0') list.push(list.shift()!);
      list[9] = list[r.between(0, 7)]!;
      const p = list.join('');
      let product = 10;
      for (const d of p) {
        let s = (Number(d) + product) % 10;
        if (s === 0) s = 10;
        product = (s * 2) % 11;
      }
      const c = 11 - product;
      const w = p + String(c === 10 ? 0 : c % 10);
      return r.next() < 0.5 ? w : w.replace(/(..)(...)(...)(...)/, '$1 $2 $3 $4');
    },
    labels: [
      'Steuer-ID: %',
      'Steuerliche Identifikationsnummer %',
      'IdNr. %',
      'Steueridentifikationsnummer: %',
      'tax id %',
    ],
  },
  'germany pension': {
    make: (r) => {
      const p = `${two(r.between(2, 89))}${two(r.between(1, 28))}${two(r.between(1, 12))}${two(r.between(40, 99))}${r.letters('ABCDEFGHKLMNPRSTW', 1)}${two(r.between(0, 99))}`;
      const full = p.replace(/[A-Z]/, (l) => two(l.charCodeAt(0) - 64));
      const f = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
      const sum = f.reduce((s, w, at) => {
        const v = w * Number(full[at]);
        return s + Math.floor(v / 10) + (v % 10);
      }, 0);
      return `${p}${sum % 10}`;
    },
    labels: ['Sozialversicherungsnummer: %', 'Rentenversicherungsnummer %', 'SV-Nummer: %', '%'],
  },
  'france insee': {
    make: (r) => {
      const p = `${r.between(1, 2)}${two(r.between(30, 99))}${two(r.between(1, 12))}${two(r.between(1, 95))}${String(r.between(1, 900)).padStart(3, '0')}${String(r.between(1, 999)).padStart(3, '0')}`;
      const k = two(97 - Number(BigInt(p) % 97n));
      return r.next() < 0.5
        ? p + k
        : `${p[0]} ${p.slice(1, 3)} ${p.slice(3, 5)} ${p.slice(5, 7)} ${p.slice(7, 10)} ${p.slice(10)} ${k}`;
    },
    labels: [...bare, 'NIR : %', 'n° de sécurité sociale %'],
  },
  'spain dni': {
    make: (r) => {
      const p = r.letters(digits, 8);
      return `${p}${r.next() < 0.3 ? '-' : ''}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(p) % 23]}`;
    },
    labels: [...bare, 'DNI: %', 'con DNI %'],
  },
  'spain nie': {
    make: (r) => {
      const s = r.pick(['X', 'Y', 'Z']);
      const p = r.letters(digits, 7);
      const n = Number(`${'XYZ'.indexOf(s)}${p}`);
      return `${s}${p}${'TRWAGMYFPDXBNJZSQVHLCKE'[n % 23]}`;
    },
    labels: [...bare, 'NIE: %'],
  },
  'italy fiscal code': {
    make: (r) => {
      const p = `${r.letters(consonants, 6)}${two(r.between(40, 99))}${r.letters('ABCDEHLMPRST', 1)}${two(r.between(1, 28))}${r.letters('ABCDEFGHIL', 1)}${r.letters(digits, 3)}`;
      const sum = [...p].reduce(
        (s, each, at) =>
          s + (at % 2 === 0 ? odd[each]! : /\d/.test(each) ? Number(each) : each.charCodeAt(0) - 65),
        0,
      );
      return p + String.fromCharCode(65 + (sum % 26));
    },
    labels: [...bare, 'codice fiscale: %', 'C.F. %'],
  },
  'brazil cpf': {
    make: (r) => {
      const p = r.letters('12345678', 1) + r.letters(digits, 8);
      const one = ((weighed(p, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
      const second = ((weighed(p + String(one), [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
      return `${p.slice(0, 3)}.${p.slice(3, 6)}.${p.slice(6)}-${one}${second}`;
    },
    labels: [...bare, 'CPF: %'],
  },
  'netherlands bsn': {
    make: (r) =>
      until(() => {
        const p = r.letters('123456789', 1) + r.letters(digits, 7);
        const c = weighed(p, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        return c === 10 ? undefined : `${p}${c}`;
      }),
    labels: ['BSN: %', 'burgerservicenummer %', 'bsn %', 'BSN-nummer: %'],
  },
  'poland pesel': {
    make: (r) => {
      const p = `${two(r.between(40, 99))}${two(r.between(1, 12))}${two(r.between(1, 28))}${r.letters(digits, 4)}`;
      return `${p}${(10 - (weighed(p, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10}`;
    },
    labels: ['PESEL: %', 'pesel %', 'nr PESEL %', '%'],
  },
  'sweden personnummer': {
    make: (r) => {
      const p = `${two(r.between(40, 99))}${two(r.between(1, 12))}${two(r.between(1, 28))}${r.letters(digits, 3)}`;
      const w = `${p.slice(0, 6)}-${p.slice(6)}${luhn(p)}`;
      return r.next() < 0.5 ? w : `19${w}`;
    },
    labels: [...bare, 'personnummer: %', 'pnr %'],
  },
  'finland hetu': {
    make: (r) => {
      const p = `${two(r.between(1, 28))}${two(r.between(1, 12))}${two(r.between(40, 99))}`;
      const n = String(r.between(2, 899)).padStart(3, '0');
      return `${p}-${n}${'0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(p + n) % 31]}`;
    },
    labels: [...bare, 'henkilötunnus: %', 'hetu %'],
  },
  'denmark cpr': {
    make: (r) =>
      `${two(r.between(1, 28))}${two(r.between(1, 12))}${two(r.between(40, 99))}-${r.letters(digits, 4)}`,
    labels: ['CPR: %', 'cpr-nummer %', 'CPR-nr. %', 'personnummer %'],
  },
  'norway birth number': {
    make: (r) =>
      until(() => {
        const p = `${two(r.between(1, 28))}${two(r.between(1, 12))}${two(r.between(40, 99))}${r.letters(digits, 3)}`;
        const one = (11 - (weighed(p, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11;
        const second = (11 - (weighed(p + String(one), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
        return one === 10 || second === 10 ? undefined : `${p}${one}${second}`;
      }),
    labels: ['fødselsnummer: %', 'fnr %', 'personnummer %', '%'],
  },
  'belgium national': {
    make: (r) => {
      const p = `${two(r.between(40, 99))}${two(r.between(1, 12))}${two(r.between(1, 28))}${String(r.between(1, 997)).padStart(3, '0')}`;
      const c = two(97 - (Number(p) % 97));
      return `${p.slice(0, 2)}.${p.slice(2, 4)}.${p.slice(4, 6)}-${p.slice(6)}.${c}`;
    },
    labels: [...bare, 'rijksregisternummer: %', 'numéro national %'],
  },
  'switzerland ahv': {
    make: (r) => {
      const p = `756${r.letters(digits, 9)}`;
      const c = (10 - ([...p].reduce((s, d, at) => s + Number(d) * (at % 2 === 0 ? 1 : 3), 0) % 10)) % 10;
      const w = p + String(c);
      return `756.${w.slice(3, 7)}.${w.slice(7, 11)}.${w.slice(11)}`;
    },
    labels: [...bare, 'AHV-Nummer: %', 'AVS %'],
  },
  'india aadhaar': {
    make: (r) => {
      const p = r.letters('23456789', 1) + r.letters(digits, 10);
      const w = p + verhoeff(p);
      return r.next() < 0.7 ? w.replace(/(....)(....)(....)/, '$1 $2 $3') : w;
    },
    labels: ['Aadhaar: %', 'aadhaar number %', 'UIDAI %', 'Aadhar no: %'],
  },
  'india pan': {
    make: (r) =>
      `${r.letters('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 3)}P${r.letters('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1)}${r.letters(digits, 4)}${r.letters('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1)}`,
    labels: ['PAN: %', 'PAN card %', 'pan no. %', '%'],
  },
  'canada sin': {
    make: (r) => {
      const p = r.letters('1234567', 1) + r.letters(digits, 7);
      const w = p + luhn(p);
      return r.pick(['-', ' ']) === '-'
        ? w.replace(/(...)(...)(...)/, '$1-$2-$3')
        : w.replace(/(...)(...)(...)/, '$1 $2 $3');
    },
    labels: ['SIN: %', 'Social Insurance Number %', 'sin %', 'NAS : %'],
  },
  'australia tfn': {
    make: (r) =>
      until(() => {
        const p = r.letters('123456789', 1) + r.letters(digits, 7);
        for (let c = 0; c < 10; c += 1)
          if (weighed(p + String(c), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0)
            return (p + String(c)).replace(/(...)(...)(...)/, '$1 $2 $3');
        return undefined;
      }),
    labels: ['TFN: %', 'tax file number %', 'tfn %'],
  },
  'china identity': {
    make: (r) => {
      const p = `${r.pick(['110101', '310104', '440305'])}19${two(r.between(50, 99))}${two(r.between(1, 12))}${two(r.between(1, 28))}${r.letters(digits, 3)}`;
      return p + '10X98765432'[weighed(p, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11]!;
    },
    labels: [...bare, '身份证号：%', '身份证 %'],
  },
  'korea resident': {
    make: (r) =>
      `${two(r.between(40, 99))}${two(r.between(1, 12))}${two(r.between(1, 28))}-${r.between(1, 2)}${r.letters(digits, 6)}`,
    labels: [...bare, '주민등록번호: %'],
  },
  'japan my number': {
    make: (r) => {
      const p = r.letters('123456789', 1) + r.letters(digits, 10);
      const sum = [...p].toReversed().reduce((s, d, at) => s + Number(d) * (at < 6 ? at + 2 : at - 4), 0);
      const m = sum % 11;
      return (p + String(m <= 1 ? 0 : 11 - m)).replace(/(....)(....)(....)/, '$1 $2 $3');
    },
    labels: ['マイナンバー: %', '個人番号 %', 'My Number: %'],
  },
  'mexico curp': {
    make: (r) =>
      `${r.letters('BCDFGHJKLMNP', 1)}${r.letters('AEIOU', 1)}${r.letters('BCDFGHJKLMNP', 2)}${two(r.between(40, 99))}${two(r.between(1, 12))}${two(r.between(1, 28))}${r.pick(['H', 'M'])}${r.pick(['DF', 'JC', 'NL', 'MC'])}${r.letters('BCDFGHJKLMNP', 3)}${r.letters(digits, 2)}`,
    labels: [...bare, 'CURP: %'],
  },
  'turkey identity': {
    make: (r) => {
      const p = r.letters('123456789', 1) + r.letters(digits, 8);
      const n = [...p].map(Number);
      const a = n[0]! + n[2]! + n[4]! + n[6]! + n[8]!;
      const b = n[1]! + n[3]! + n[5]! + n[7]!;
      const ten = (((a * 7 - b) % 10) + 10) % 10;
      const eleven = (n.reduce((s, d) => s + d, 0) + ten) % 10;
      return `${p}${ten}${eleven}`;
    },
    labels: ['TC Kimlik No: %', 'T.C. kimlik numarası %', 'TCKN %'],
  },
  'south africa identity': {
    make: (r) => {
      const p = `${two(r.between(40, 99))}${two(r.between(1, 12))}${two(r.between(1, 28))}${r.letters(digits, 4)}08`;
      return p + luhn(p);
    },
    labels: ['ID number: %', 'SA ID %', 'identity number %'],
  },
  'passport, labelled': {
    make: (r) =>
      r.pick([
        `${r.letters('CFGHJKLMNPRTVWXYZ', 1)}${r.letters('0123456789', 8)}`,
        r.letters(digits, 9),
        `${r.letters('ABCDEFGH', 2)}${r.letters(digits, 7)}`,
        `X${r.letters(digits, 7)}`,
      ]),
    labels: [
      'Passport number: %',
      'passport no. %',
      'Passport: %',
      'Reisepass %',
      'Reisepassnummer: %',
      'passeport n° %',
      'pasaporte: %',
      '护照号码：%',
    ],
  },
  'driving licence, labelled': {
    make: (r) =>
      r.pick([
        `${r.letters('ABCDEFGH', 1)}${r.letters(digits, 7)}`,
        `${r.letters('BCDFG', 5)}${r.letters(digits, 6)}${r.letters('BCDFG', 2)}9${r.letters('BCDFG', 2)}`,
      ]),
    labels: ["Driver's license: %", 'driving licence number %', 'Führerscheinnummer: %', 'DL number: %'],
  },
  'date of birth, labelled': {
    make: (r) =>
      r.pick([
        `${two(r.between(1, 28))}.${two(r.between(1, 12))}.19${two(r.between(40, 99))}`,
        `19${two(r.between(40, 99))}-${two(r.between(1, 12))}-${two(r.between(1, 28))}`,
        `${r.between(1, 28)} ${r.pick(['January', 'March', 'October'])} 19${two(r.between(40, 99))}`,
        `${two(r.between(1, 12))}/${two(r.between(1, 28))}/19${two(r.between(40, 99))}`,
      ]),
    labels: [
      'Date of birth: %',
      'DOB %',
      'born on %',
      'geboren am %',
      'Geburtsdatum: %',
      'née le %',
      'fecha de nacimiento: %',
      '出生日期：%',
      '"birthDate": "%"',
      'D.O.B.: %',
    ],
  },
  'postal address, labelled': {
    make: (r) =>
      r.pick([
        `${r.between(2, 998)} ${r.pick(['Maple', 'Oak', 'Station'])} ${r.pick(['Street', 'Avenue', 'Road'])}, ${r.pick(['Springfield', 'Riverton'])}, ${r.letters('123456789', 5)}`,
        `${r.pick(['Lindenstraße', 'Bahnhofstr.', 'Hauptstraße'])} ${r.between(2, 98)}, ${r.letters('123456789', 5)} ${r.pick(['Musterstadt', 'Neudorf'])}`,
        `${r.between(2, 98)} ${r.pick(['rue de la Gare', 'avenue des Fleurs'])}, ${r.letters('123456789', 5)} ${r.pick(['Villeneuve', 'Bellerive'])}`,
      ]),
    labels: [
      'Address: %',
      'address: %',
      'Ship to: %',
      'Anschrift: %',
      'Lieferadresse: %',
      'Adresse : %',
      'Home address: %',
      'billing address: %',
    ],
  },
};

/** For tests that want one number. */
export function identity(kind: string, seed: number): string {
  return identities[kind]!.make(createRandom(seed));
}
