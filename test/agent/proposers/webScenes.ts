import type { DayWriter } from './dayWriter.ts';
import { idle } from './dayWriter.ts';
import type { Scene } from './unseenDays.ts';

const sometimes = (day: DayWriter) => {
  if (day.chance(0.15)) idle(day);
};

/** Needs that show in the browser. */
export const WEB_SCENES: Readonly<Record<string, Scene>> = {
  'an example for what is being written'(day) {
    const [file, project, asked] = day.one([
      ['parser.rs', 'kiln', 'how to split a str by whitespace in rust'],
      ['invoice.js', 'shop', 'javascript format number as currency'],
      ['site.css', 'blog', 'how to center a grid css'],
      ['thesis.tex', 'thesis', 'latex how to put two figures side by side'],
    ] as const);
    day.file(file, project);
    day.pass(20, 120);
    day.type(day.between(6, 40));
    sometimes(day);
    day.search(asked);
    day.pass(10, 40);
  },
  'results that do not satisfy'(day) {
    const [asked, ...pages] = day.one([
      [
        'remove mould from bathroom ceiling',
        'Mould removal tips | HomeCare',
        'Bathroom mould: 9 methods',
        'Ask a painter: black spots on ceilings',
      ],
      [
        'postgres slow count query',
        'Counting rows faster',
        'Why is count slow? - Database Journal',
        'Counting large tables | Wiki',
      ],
    ] as const);
    day.search(asked);
    day.pass(6, 20);
    for (const page of pages) {
      day.page(page);
      day.pass(15, 50);
      day.search(asked);
      day.pass(4, 12);
    }
  },
  'options side by side'(day) {
    const [a, b, kind] = day.one([
      ['Fairphone 6', 'Pixel 10', 'battery life'],
      ['Gravel bike Canyon Grizl', 'Gravel bike Cube Nuroad', 'review'],
      ['Postgres', 'SQLite', 'full text search'],
    ] as const);
    if (day.chance(0.5)) day.search(`${a} vs ${b}`);
    else {
      day.search(`${a} ${kind}`);
      day.pass(10, 40);
      day.page(`${a}: ${kind} and price - TechShelf`);
      day.pass(20, 80);
      sometimes(day);
      day.search(`${b} ${kind}`);
      day.pass(10, 30);
      day.page(`${b}: ${kind} and price - TechShelf`);
    }
    day.pass(15, 40);
  },
  'many pages about one subject'(day) {
    const pages = day.one([
      [
        'Heat pumps explained - Energy Saving',
        'Heat pump or gas boiler? A guide',
        'Heat pumps in old houses | Which House',
        'What a heat pump costs to run',
        'Noise of heat pumps - Forum',
      ],
      [
        'Otters return to the river - Nature Today',
        'River otters: diet and habitat',
        'Where to see river otters | Trails',
        'River otter - Wikipedia',
      ],
    ] as const);
    for (const page of pages) {
      day.page(page);
      day.pass(25, 110);
      sometimes(day);
    }
  },
  'a concept that does not sink in'(day) {
    const concept = day.one(['eigenvalue', 'monad', 'compound interest', 'photorespiration']);
    day.search(`what is ${concept}`);
    day.pass(12, 40);
    day.page(`${concept[0]!.toUpperCase()}${concept.slice(1)} - Wikipedia`);
    day.pass(40, 120);
    sometimes(day);
    day.search(day.one([`${concept} explained simply`, `${concept} meaning`, `${concept} for beginners`]));
    day.pass(8, 30);
  },
  'many questions on one subject'(day) {
    const asked = day.one([
      [
        'excel pivot table group by month',
        'pivot table show percent of total',
        'pivot table sort by value',
        'pivot table hide zeros',
      ],
      ['blender bevel edges', 'blender mirror modifier', 'blender export glb', 'blender smooth shading'],
      [
        'lisbon tram 28 tickets',
        'lisbon museums free sunday',
        'lisbon airport to centre',
        'lisbon rooftop bars',
      ],
    ] as const);
    for (const each of asked) {
      day.search(each);
      day.pass(15, 60);
      day.page(`${day.one(['Guide', 'Tips', 'Answers'])}: ${each}`);
      day.pass(30, 150);
      sometimes(day);
    }
    day.search(
      `${asked[0].split(' ')[0]} cheat sheet`.replace(' cheat sheet', day.one([' tips', ' basics'])),
    );
  },
  'amounts converted again and again'(day) {
    const asked = day.one([
      ['180 usd in eur', '95 usd to eur', '240 usd in euro'],
      ['6 cups in ml', '2 tbsp to ml', '350 f to c'],
      ['5 miles in km', '26.2 miles to km', '12 miles in km'],
    ] as const);
    for (const each of asked) {
      day.search(each);
      day.pass(15, 70);
      sometimes(day);
    }
  },
  'an article read from the results'(day) {
    const [asked, page] = day.one([
      ['sleep and memory study', 'How sleep shapes memory - Science Weekly'],
      ['history of the zipper', 'The surprising history of the zipper | Museum Blog'],
      ['inheritance tax changes', 'What the inheritance tax reform means for families'],
    ] as const);
    day.search(asked);
    day.pass(6, 25);
    day.page(page);
    day.pass(150, 260);
    day.type(0, { chords: ['find'] });
  },
  'a thread that may hold the answer'(day) {
    const [asked, page] = day.one([
      ['rsync keep permissions', 'linux - rsync without changing permissions - Stack Overflow'],
      ['whatsapp backup stuck', 'backup stuck at 90% - Android Enthusiasts Stack Exchange'],
      ['leaking radiator valve', 'Radiator valve drips when off : r/DIYUK'],
    ] as const);
    day.search(asked);
    day.pass(5, 20);
    day.page(page);
    day.pass(25, 70);
  },
  'steps of a tutorial'(day) {
    const [asked, page] = day.one([
      ['set up home assistant', 'Getting started with Home Assistant - Tutorial'],
      ['sourdough first loaf', 'How to bake your first sourdough: a step-by-step guide'],
      ['django install', 'Writing your first Django app, part 1 | Django tutorial'],
    ] as const);
    day.search(asked);
    day.pass(5, 20);
    day.page(page);
    day.pass(35, 90);
  },
  'what changed in the new version'(day) {
    day.file('build.gradle', 'orders');
    day.type(8, { chords: ['save'] });
    day.copy(
      day.one([
        "TypeError: parse() got an unexpected keyword argument 'strict'",
        'error: no method named `spawn` found for struct `Pool`',
      ]),
    );
    day.pass(10, 30);
    day.page(
      day.one(['Release notes - Toolkit 4.0', 'Changelog | pool-rs', 'Migration guide: 3.x to 4.0 - Docs']),
    );
    day.pass(25, 60);
  },
};
