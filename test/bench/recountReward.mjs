// An independent recount for `bench reward`, written from the definitions and importing nothing of the program:
//   node test/bench/recountReward.mjs FOLDER  ->  JSON {majority, lookup, leak}
//
// majority   every row gets the commoner label of the training rows (a tie is false)
// lookup     a silence is right when the training rows of the same window say that no help was needed; a proposal gets
//            the label of the training row of its window whose task shares most words (Jaccard), the commoner label of
//            several equally near ones; otherwise, and on a tie, the commoner label of the training rows
// splits     paper: train_data -> test_data. trace-disjoint: all rows, each by the rows of the other traces; a trace is
//            all rows with the same first observation
// positive   `valid`
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
const read = (part) =>
  readFileSync(join(folder, 'reward_data', `${part}_data.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const row = JSON.parse(line);
      return { ...row, window: JSON.stringify(row.obs.map((o) => [o.time, o.event])) };
    });
const train = read('train');
const test = read('test');

const windowOf = (row) => row.window;
const traceOf = (row) => JSON.stringify([row.obs[0].time, row.obs[0].event]);
const commoner = (rows) => rows.filter((row) => row.valid).length > rows.length / 2;

function tokens(text) {
  const found = new Set();
  let word = '';
  for (const letter of `${text.normalize('NFKC').toLowerCase()} `) {
    if (/[\p{L}\p{N}]/u.test(letter)) word += letter;
    else {
      if (word.length >= 2) found.add(word);
      word = '';
    }
  }
  return found;
}

function common(a, b) {
  let both = 0;
  for (const word of a) if (b.has(word)) both += 1;
  const either = new Set([...a, ...b]).size;
  return either === 0 ? 0 : both / either;
}

function lookUp(row, known) {
  const same = known.filter((other) => windowOf(other) === windowOf(row));
  if (row.pred_task === null) {
    return same.length === 0 ? commoner(known) : same.every((other) => other.help_needed === false);
  }
  const tasks = same.filter((other) => other.pred_task !== null);
  let best = -1;
  let near = [];
  for (const other of tasks) {
    const score = common(tokens(row.pred_task), tokens(other.pred_task));
    if (score > best) [best, near] = [score, []];
    if (score === best) near.push(other);
  }
  const right = near.filter((other) => other.valid).length;
  if (right * 2 === near.length) return commoner(known);
  return right * 2 > near.length;
}

function count(rows, said) {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  const categories = {};
  rows.forEach((row, at) => {
    if (said[at] && row.valid) tp += 1;
    else if (said[at]) fp += 1;
    else if (row.valid) fn += 1;
    else tn += 1;
    const short = row.category.slice(row.category.indexOf('(') + 1, -1);
    categories[short] ??= { entries: 0, right: 0 };
    categories[short].entries += 1;
    categories[short].right += said[at] === row.valid ? 1 : 0;
  });
  const precision = tp + fp === 0 ? 0 : tp / (tp + fp);
  const recall = tp + fn === 0 ? 0 : tp / (tp + fn);
  return {
    entries: rows.length,
    accuracy: (tp + tn) / rows.length,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    categories,
  };
}

const all = [...train, ...test];
const others = new Map(
  [...new Set(all.map(traceOf))].map((trace) => [trace, all.filter((row) => traceOf(row) !== trace)]),
);
const byBoth = (judge) => ({
  paper: count(
    test,
    test.map((row) => judge(row, train)),
  ),
  'trace-disjoint': count(
    all,
    all.map((row) => judge(row, others.get(traceOf(row)))),
  ),
});
const seen = new Set(train.map(windowOf));
const testWindows = [...new Set(test.map(windowOf))];
const silences = test.filter((row) => row.pred_task === null);

process.stdout.write(
  `${JSON.stringify({
    majority: byBoth((_row, known) => commoner(known)),
    lookup: byBoth(lookUp),
    leak: {
      testWindows: testWindows.length,
      testWindowsInTrain: testWindows.filter((window) => seen.has(window)).length,
      testEntries: test.length,
      testEntriesInTrain: test.filter((row) => seen.has(windowOf(row))).length,
      silences: silences.length,
      silencesRight: silences.filter((row) => lookUp(row, train) === row.valid).length,
    },
  })}\n`,
);
