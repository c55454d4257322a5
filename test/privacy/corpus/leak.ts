/**
 * True if a piece of a secret is left in what came out: six characters of it in a row, all of it where it is shorter
 * (four and five are allowed to stay only if they are part of more: a card's last digits, a prefix that says whose key it was).
 */
export function leaks(out: string, secret: string, around = ''): boolean {
  const length = Math.min(secret.length, 6);
  for (let at = 0; at + length <= secret.length; at += 1) {
    const piece = secret.slice(at, at + length);
    // Line ends and blanks are nobody's secret, nor is an armour's edge, nor what stands in the text around it as well.
    if (/^[\s\\n-]+$/.test(piece) || armour.includes(piece) || around.includes(piece)) continue;
    if (out.includes(piece)) return true;
  }
  return false;
}

const armour =
  '-----BEGIN SSH2 RSA EC DSA PGP OPENSSH ENCRYPTED PRIVATE KEY BLOCK OpenVPN Static key V1 END-----';
