// The proof of work, as ALTCHA describes it: which number, added to the salt, gives the hash? It takes a phone about a
// second. Where the browser has no hashing of its own (a page without HTTPS), ours does it.

const encoder = new TextEncoder();
const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");

const K = Uint32Array.from(
  (() => {
    const primes = [];
    for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
    return primes.map((p) => ((Math.cbrt(p) % 1) * 2 ** 32) | 0);
  })(),
);

function sha256(text) {
  const data = encoder.encode(text);
  const words = new Uint32Array((((data.length + 8) >> 6) + 1) * 16);
  data.forEach((byte, n) => {
    words[n >> 2] |= byte << (24 - (n % 4) * 8);
  });
  words[data.length >> 2] |= 0x80 << (24 - (data.length % 4) * 8);
  words[words.length - 1] = data.length * 8;
  const h = Uint32Array.of(
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  );
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  const w = new Uint32Array(64);
  for (let at = 0; at < words.length; at += 16) {
    for (let n = 0; n < 64; n += 1) {
      if (n < 16) w[n] = words[at + n];
      else {
        const [a, b] = [w[n - 15], w[n - 2]];
        const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
        const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
        w[n] = w[n - 16] + s0 + w[n - 7] + s1;
      }
    }
    let [a, b, c, d, e, f, g, i] = h;
    for (let n = 0; n < 64; n += 1) {
      const one = i + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[n] + w[n];
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [i, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, i].forEach((each, n) => {
      h[n] += each;
    });
  }
  return [...h].map((each) => each.toString(16).padStart(8, "0")).join("");
}

async function hashed(text) {
  return crypto.subtle ? hex(await crypto.subtle.digest("SHA-256", encoder.encode(text))) : sha256(text);
}

export async function solve({ algorithm, challenge, salt, maxnumber, signature }) {
  for (let number = 0; number <= maxnumber; number += 1) {
    if ((await hashed(`${salt}${number}`)) === challenge) {
      return btoa(JSON.stringify({ algorithm, challenge, salt, number, signature }));
    }
    if (number % 500 === 499) await new Promise((go) => setTimeout(go));
  }
  return "";
}

export { sha256 };
