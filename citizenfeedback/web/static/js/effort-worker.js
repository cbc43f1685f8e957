// Tries numbers until one gives the hash that was asked for.

const AT_ONCE = 16;
const text = new TextEncoder();
const hex = (bits) => [...new Uint8Array(bits)].map((one) => one.toString(16).padStart(2, "0")).join("");

async function solved(task) {
  const key = await crypto.subtle.importKey("raw", text.encode(task.salt), "PBKDF2", false, ["deriveBits"]);
  const tried = async (number) => {
    const how = { name: "PBKDF2", hash: "SHA-256", salt: text.encode(number), iterations: task.rounds };
    return hex(await crypto.subtle.deriveBits(how, key, task.target.length * 4)) === task.target;
  };
  for (let first = 0; first < task.most; first += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, place) => first + place);
    const found = (await Promise.all(numbers.map(tried))).indexOf(true);
    if (found >= 0) return first + found;
  }
  return null;
}

// Null: none fits, or this browser cannot do it.
self.onmessage = ({ data }) => solved(data).catch(() => null).then((found) => self.postMessage(found));
