/** Bits of entropy, by how often each character occurs: less can be guessed. */
const MIN_BITS = 60;
/** The share of characters that follow from the one before (`aaa`, `abc`, `321`) in what nobody made at random. */
const MAX_PREDICTABLE = 0.5;

/** Whether the random part of a key looks as if it was made up, or too short, rather than drawn at random. */
export const isWeak = (secret: string): boolean =>
  entropyBits(secret) < MIN_BITS || predictableShare(secret) > MAX_PREDICTABLE || isRepetition(secret);

function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits += count * Math.log2(text.length / count);
  return bits;
}

function predictableShare(text: string): number {
  let predictable = 0;
  for (let index = 1; index < text.length; index += 1) {
    if (Math.abs(text.charCodeAt(index) - text.charCodeAt(index - 1)) <= 1) predictable += 1;
  }
  return predictable / text.length;
}

/** Whether it is one shorter text again and again. */
function isRepetition(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period += 1) {
    if (text.startsWith(text.slice(period))) return true;
  }
  return false;
}
