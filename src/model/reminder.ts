/**
 * The proposer of what is only said again because the person asked to be reminded. It is no offer: what is answered to it
 * tells nothing about offers, so it gives no feedback row.
 */
export const REMINDER = 'reminder';
