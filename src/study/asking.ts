import type { Feedback } from '../model/feedback.ts';
import type { StudyFile, StudyQuestion, StudyReply } from '../model/study.ts';

/** Whether the questions may be put after this answer. `asked` are the times (epoch ms) at which they were put before. */
export function mayAsk(file: StudyFile, feedback: Feedback, asked: readonly number[]): boolean {
  const { questions, asks } = file;
  const label = feedback.label === 'edited' ? 'accepted' : feedback.label;
  if (questions.length === 0 || !asks.after.some((each) => each === label)) return false;
  const day = new Date(feedback.at).toDateString();
  const today = asked.filter((at) => new Date(at).toDateString() === day);
  if (today.length >= asks.perDay) return false;
  // A clock that was set back must not silence the questions for ever.
  const since = asked.filter((at) => at <= feedback.at).map((at) => feedback.at - at);
  return since.every((each) => each >= asks.minutes * 60_000);
}

/** The replies that fit the questions, each question once; the rest is left out. */
export function fitting(questions: readonly StudyQuestion[], replies: readonly StudyReply[]): StudyReply[] {
  return questions.flatMap((question) => {
    const reply = replies.find((each) => each.question === question.id);
    return reply && fits(question, reply.value) ? [reply] : [];
  });
}

function fits(question: StudyQuestion, value: StudyReply['value']): boolean {
  switch (question.kind) {
    case 'choice':
      return typeof value === 'string' && question.choices.includes(value);
    case 'scale':
      return typeof value === 'number';
    case 'text':
      return typeof value === 'string';
  }
}
