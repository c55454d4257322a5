// An independent recount of what `bench reward` would show, written from the definitions and importing nothing of the program:
//   node test/bench/recountShowing.mjs OFFERS VARIANCE  ->  JSON {ways, earlier}
//
// OFFERS    JSON list of {trace, window, order, accepted, votes, need, judgement, score}
// ways      at a fifth of the windows (rounded) one task: the candidate with the highest judgement (or score), at the windows
//           where its height is highest; the share that most people accepted, and the mean share of votes
// earlier   person n of a trace casts vote n; windows in their order; each vote foretold by logit(score) plus the one bias that
//           maximises likelihood and a Gaussian prior of that variance over all votes on earlier windows; share right at 0
import { readFileSync } from 'node:fs';

const offers = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const variance = Number(process.argv[3]);
const odds = (p) => Math.log(p) - Math.log(1 - p);
const average = (list) => list.reduce((a, b) => a + b, 0) / list.length;

const windows = {};
for (const offer of offers) (windows[offer.window] ??= []).push(offer);
const share = (offer) => offer.votes.filter((vote) => vote).length / offer.votes.length;

function way(pick, height) {
  const list = Object.values(windows).map((own) => {
    const best = own.slice().sort((a, b) => b[pick] - a[pick])[0];
    return { best, height: height(best) };
  });
  list.sort((a, b) => b.height - a.height);
  const top = list.slice(0, Math.round(list.length / 5)).map(({ best }) => best);
  return {
    accepted: top.filter((offer) => offer.accepted).length / top.length,
    votes: average(top.map(share)),
  };
}

function biasOf(known) {
  // The derivative falls all the way, so halving finds its zero.
  const slope = (bias) =>
    known.reduce((sum, { x, yes }) => sum + (yes ? 1 : 0) - 1 / (1 + Math.exp(-x - bias)), -bias / variance);
  let [low, high] = [-20, 20];
  for (let n = 0; n < 100; n += 1) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

let [right, all] = [0, 0];
for (const trace of new Set(offers.map((offer) => offer.trace))) {
  const own = offers.filter((offer) => offer.trace === trace);
  for (let person = 0; person < 5; person += 1) {
    const days = {};
    for (const offer of own)
      if (offer.votes.length > person)
        (days[offer.order] ??= []).push({ x: odds(offer.score), yes: offer.votes[person] });
    const times = Object.keys(days).map(Number);
    if (times.length < 10) continue;
    times.sort((a, b) => a - b);
    for (const time of times) {
      const bias = biasOf(times.filter((other) => other < time).flatMap((other) => days[other]));
      for (const { x, yes } of days[time]) {
        all += 1;
        if (x + bias >= 0 === yes) right += 1;
      }
    }
  }
}

process.stdout.write(
  JSON.stringify({
    ways: {
      'gate, the best candidate': way('judgement', ({ need }) => odds(need)),
      'logit(gate) + logit(judge)': way('judgement', ({ need, judgement }) => odds(need) + odds(judgement)),
      'judge alone': way('judgement', ({ judgement }) => odds(judgement)),
      'the score': way('score', ({ score }) => odds(score)),
    },
    earlier: { votes: all, accuracy: right / all },
  }),
);
