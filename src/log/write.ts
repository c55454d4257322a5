import type { Decision } from '../model/decision.ts';
import type { Event } from '../model/event.ts';
import type { Answer, AuditEntry, Feedback } from '../model/feedback.ts';
import type { KeptMute } from '../model/mute.ts';
import type { Observation } from '../model/observation.ts';
import type { StudyReply } from '../model/study.ts';
import { siteOfEvent } from '../model/site.ts';
import type { Suggestion } from '../model/suggestion.ts';
import type { Connection } from './cipher.ts';

/** Writes single rows; runs inside the queue's transaction. A row already there is left as it is, except where noted. */
export interface Writer {
  event(event: Event): void;
  /** Replaces the row of the same id, and its words in the index. */
  observation(observation: Observation): void;
  /** Replaces the row of the same id. */
  suggestion(suggestion: Suggestion): void;
  /** Replaces the answer to the same suggestion. */
  answer(answer: Answer): void;
  feedback(feedback: Feedback): void;
  /** Adds replies to the row of an answer that a study marked; false where there is none. */
  reply(feedback: string, at: number, replies: readonly StudyReply[]): boolean;
  decision(decision: Decision): void;
  audit(entry: AuditEntry): void;
  /** Replaces the row of the same kind and name. */
  mute(mute: KeptMute): void;
}

/** Prepares every writing statement once. */
export function createWriter(db: Connection): Writer {
  const event = db.prepare(
    'INSERT INTO events (id, at, kind, app, site, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const found = db.prepare<[string], { seq: number; sentence: string }>(
    'SELECT seq, sentence FROM observations WHERE id = ?',
  );
  const observe = db.prepare(
    'INSERT INTO observations (id, at, duration, kind, app, site, sentence, sources) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const replace = db.prepare(
    'UPDATE observations SET at = ?, duration = ?, kind = ?, app = ?, site = ?, sentence = ?, sources = ? WHERE seq = ?',
  );
  const index = db.prepare('INSERT INTO search (rowid, sentence) VALUES (?, ?)');
  const unindex = db.prepare("INSERT INTO search (search, rowid, sentence) VALUES ('delete', ?, ?)");
  const suggestion = db.prepare(
    `INSERT INTO suggestions (id, at, state, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET at = excluded.at, state = excluded.state, body = excluded.body`,
  );
  const answer = db.prepare(
    `INSERT INTO answers (id, at, body) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET at = excluded.at, body = excluded.body`,
  );
  const feedback = db.prepare(
    'INSERT INTO feedbacks (id, at, suggestion, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const reply = db.prepare(
    `UPDATE feedbacks SET body = json_set(body, '$.study.askedAt', ?, '$.study.replies', json(?))
     WHERE id = ? AND body -> '$.study' IS NOT NULL`,
  );
  const decision = db.prepare(
    `INSERT INTO decisions (id, at, observation, suggestion, body) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
  );
  const audit = db.prepare(
    'INSERT INTO audits (id, at, suggestion, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const mute = db.prepare(
    `INSERT INTO mutes (what, name, at, suggestion, body) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (what, name) DO UPDATE SET at = excluded.at, suggestion = excluded.suggestion, body = excluded.body`,
  );
  const unsee = db.prepare('DELETE FROM seen WHERE owner = ?');
  const see = db.prepare('INSERT OR IGNORE INTO seen (observation, owner) VALUES (?, ?)');

  const link = (owner: string, seen: readonly Observation[]) => {
    unsee.run(owner);
    for (const each of seen) see.run(each.id, owner);
  };

  return {
    event(each) {
      event.run(
        each.id,
        each.at,
        each.kind,
        each.app ?? null,
        siteOfEvent(each) ?? null,
        JSON.stringify(each),
      );
    },
    observation(each) {
      const sources = JSON.stringify(each.sources);
      const row = found.get(each.id);
      const app = each.app ?? null;
      const site = each.site ?? null;
      if (!row) {
        const { lastInsertRowid } = observe.run(
          each.id,
          each.time,
          each.duration,
          each.kind,
          app,
          site,
          each.event,
          sources,
        );
        index.run(lastInsertRowid, each.event);
        return;
      }
      if (row.sentence !== each.event) {
        unindex.run(row.seq, row.sentence);
        index.run(row.seq, each.event);
      }
      replace.run(each.time, each.duration, each.kind, app, site, each.event, sources, row.seq);
    },
    suggestion(each) {
      suggestion.run(each.id, each.at, each.state, JSON.stringify(each));
      link(each.id, each.seen);
    },
    answer(each) {
      answer.run(each.suggestion, each.at, JSON.stringify(each));
    },
    feedback(each) {
      const { changes } = feedback.run(each.id, each.at, each.suggestion ?? null, JSON.stringify(each));
      if (changes > 0) link(each.id, each.seen);
    },
    reply: (id, at, replies) => reply.run(at, JSON.stringify(replies), id).changes > 0,
    decision(each) {
      decision.run(each.id, each.at, each.observation ?? null, each.suggestion ?? null, JSON.stringify(each));
    },
    audit(each) {
      audit.run(each.id, each.at, each.suggestion, JSON.stringify(each));
    },
    mute(each) {
      mute.run(each.what, each.name, each.at, each.suggestion ?? null, JSON.stringify(each));
    },
  };
}
